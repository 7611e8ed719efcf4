from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.news import HOUR, NOW, article, dossiers
from watcher.alerts import Alert, Decision, Limits, Past, Reason, decide, tell
from watcher.alerts.decide import STRONGER_BY
from watcher.article import Article

COPY = article(2, link="https://copy.example/9", source="Copy")
ELSEWHERE = article(
    3, "وفي مقابلة أخرى قال قاسم سليماني إن الحرب في الشمال لن تنتهي هذا العام أبدا"
)
SIX_HOURS = Limits(cool_down=6 * HOUR)


def alert(of: Article = COPY, score: float = 0.9) -> Alert:
    return dossiers(of, score=score)[0].judged[0].alert


def past(of: Article | None = None, ago: timedelta = HOUR, reason: Reason = Reason.FIRST) -> Past:
    of = of or article()
    return Past(
        alert=alert(of).id,
        rule="irgc",
        entity="qasem",
        score=0.9,
        raised=NOW - ago,
        reason=reason,
        story=tell(of),
    )


def judged(
    *earlier: Past, of: Alert | None = None, limits: Limits = SIX_HOURS, seen: datetime = NOW
) -> Decision:
    return decide(of or alert(), tell(COPY), earlier, limits=limits, first_seen=seen)


def test_what_was_never_told_is_the_first():
    assert judged() == Decision(Reason.FIRST)


def test_the_same_story_stays_silent_within_the_cool_down():
    assert judged(past()) == Decision(Reason.SAME_STORY, past().alert)


def test_of_those_told_in_one_moment_the_surest_was_the_last():
    weaker = replace(past(), alert="alert_0", score=0.7)
    for earlier in ((weaker, past()), (past(), weaker)):
        assert judged(*earlier) == Decision(Reason.SAME_STORY, past().alert)


def test_another_story_is_told():
    assert judged(past(ELSEWHERE)) == Decision(Reason.FIRST)


def test_without_a_cool_down_nothing_is_held():
    assert judged(past(), limits=Limits()) == Decision(Reason.FIRST)


@pytest.mark.parametrize(
    ("ago", "reason"),
    [
        (6 * HOUR - timedelta(milliseconds=1), Reason.SAME_STORY),
        (6 * HOUR, Reason.REPEAT),
    ],
)
def test_after_the_cool_down_it_is_told_again(ago: timedelta, reason: Reason):
    assert judged(past(ago=ago)).reason is reason


@pytest.mark.parametrize(
    ("score", "reason"),
    [(0.9 + STRONGER_BY, Reason.STRONGER), (0.99, Reason.SAME_STORY), (0.8, Reason.SAME_STORY)],
)
def test_only_a_clearly_surer_name_breaks_the_silence(score: float, reason: Reason):
    assert judged(past(), of=alert(score=score)).reason is reason


def test_held_copies_do_not_prolong_the_silence():
    held = past(article(4), ago=HOUR, reason=Reason.SAME_STORY)
    assert judged(past(ago=7 * HOUR), held) == Decision(Reason.REPEAT, past().alert)


def test_the_last_alert_of_the_story_counts():
    last = past(article(4), ago=HOUR)
    assert judged(last, past(ago=5 * HOUR), past(ELSEWHERE)) == Decision(
        Reason.SAME_STORY, last.alert
    )


def test_an_alert_that_exists_is_known_even_if_it_was_held():
    held = past(COPY, ago=100 * HOUR, reason=Reason.TOO_OLD)
    assert judged(held, limits=Limits()) == Decision(Reason.KNOWN, alert().id)


def test_other_rules_and_entities_have_their_own_silence():
    theirs = past()
    others = (
        Past(
            alert=theirs.alert,
            rule=rule,
            entity=entity,
            score=0.9,
            raised=theirs.raised,
            reason=Reason.FIRST,
            story=theirs.story,
        )
        for rule, entity in (("irgc", "esmail"), ("other", "qasem"))
    )
    assert judged(*others) == Decision(Reason.FIRST)


@pytest.mark.parametrize(
    ("age", "max_age", "reason"),
    [
        (3 * HOUR, 3 * HOUR, Reason.FIRST),
        (4 * HOUR, 3 * HOUR, Reason.TOO_OLD),
        (4 * HOUR, None, Reason.FIRST),
        (-4 * HOUR, 3 * HOUR, Reason.FIRST),
    ],
)
def test_what_was_published_long_ago_is_no_news(
    age: timedelta, max_age: timedelta | None, reason: Reason
):
    old = alert(article(5, published=NOW - age))
    assert judged(of=old, limits=Limits(max_age=max_age)) == Decision(reason)


def test_an_article_without_a_date_is_never_too_old():
    assert judged(of=alert(article(5, published=None)), limits=Limits(max_age=HOUR)) == Decision(
        Reason.FIRST
    )


def test_an_edit_does_not_make_an_article_old():
    edited = alert(article(5, published=NOW - 50 * HOUR))
    seen = NOW - 49 * HOUR
    assert judged(of=edited, limits=Limits(max_age=2 * HOUR), seen=seen).reason is Reason.FIRST


def test_the_reasons_that_send():
    assert [reason.value for reason in Reason if reason.sends] == ["first", "stronger", "repeat"]


def test_of_what_is_on_test_nobody_is_told():
    on_test = Limits(on_test=True, max_age=3 * HOUR)
    assert judged(limits=on_test) == Decision(Reason.TEST)
    assert not Reason.TEST.sends
    old = alert(article(2, published=NOW - 9 * HOUR))
    assert judged(of=old, limits=on_test) == Decision(Reason.TOO_OLD)
    assert judged(past(COPY), limits=on_test).reason is Reason.KNOWN


def test_what_was_on_test_silences_nobody():
    assert judged(past(reason=Reason.TEST)) == Decision(Reason.FIRST)
