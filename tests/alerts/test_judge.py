from __future__ import annotations

from dataclasses import replace
from datetime import datetime, time, timedelta

from tests.news import HOUR, NOW, Nothing, article, dossiers, mention, rule, rulebook
from watcher.alerts import Alert, Decision, Dossier, Judged, Past, Reason, file_away, judge, tell
from watcher.watchlist import Quiet, Rhythm, Status, Watchlist

COPY = article(2, link="https://copy.example/9", source="Copy")
COOL = rule(cool_down=6 * HOUR)


class Archive(Nothing):
    """A memory of what one batch raised, first seen at its time."""

    def __init__(self, *told: Dossier, seen: datetime = NOW) -> None:
        self.told = told
        self.seen = seen
        self.asked: list[datetime] = []

    def first_seen(self, article_id: str) -> datetime | None:
        return self.seen if any(d.article.id == article_id for d in self.told) else None

    def past(self, alert: Alert, since: datetime) -> tuple[Past, ...]:
        self.asked.append(since)
        return tuple(
            Past(
                alert=judged.alert.id,
                rule=judged.alert.rule,
                entity=judged.alert.entity,
                score=judged.alert.score,
                raised=judged.alert.raised,
                reason=judged.decision.reason,
                story=tell(dossier.article),
            )
            for dossier in self.told
            for judged in dossier.judged
        )


def reasons(*told: Dossier) -> list[Reason]:
    return [judged.decision.reason for dossier in told for judged in dossier.judged]


def test_a_dossier_holds_all_that_was_made_of_an_article():
    (dossier,) = dossiers(article())
    (judged,) = dossier.judged
    assert dossier == Dossier(
        article=article(),
        mentions=(mention(article()),),
        judged=(
            Judged(alert=judged.alert, decision=Decision(Reason.FIRST), send_to=("desk", "soc")),
        ),
        story=tell(article()),
    )


def test_an_article_that_raises_nothing_is_seen_all_the_same():
    plain = article(text="Nothing of interest.")
    assert dossiers(plain) == (Dossier(article=plain),)


def test_copies_that_arrive_together_know_of_each_other():
    told = dossiers(article(), COPY, rules=(COOL,))
    assert reasons(*told) == [Reason.FIRST, Reason.SAME_STORY]
    assert told[1].judged[0].decision.earlier == told[0].judged[0].alert.id
    assert told[1].judged[0].send_to == ()


def test_copies_are_held_against_the_memory():
    earlier = Archive(*dossiers(article(), now=NOW - HOUR))
    assert reasons(*dossiers(COPY, rules=(COOL,), memory=earlier)) == [Reason.SAME_STORY]
    assert earlier.asked == [NOW - 12 * HOUR]


def test_an_edited_article_alerts_for_what_is_new_only():
    earlier = Archive(*dossiers(article(), rules=(rule("one"),)))
    edited = article(text="وبعد التعديل: قاسم سليماني غادر.")
    told = dossiers(edited, rules=(rule("one"), rule("two")), memory=earlier)
    assert reasons(*told) == [Reason.KNOWN, Reason.FIRST]
    assert told[0].judged[0].send_to == ()


def test_age_counts_from_when_the_article_was_first_seen():
    old = article(published=NOW - timedelta(days=9))
    assert reasons(*dossiers(old)) == [Reason.TOO_OLD]
    fresh_then = Archive(Dossier(article=old), seen=NOW - timedelta(days=8))
    assert reasons(*dossiers(old, memory=fresh_then)) == [Reason.FIRST]


def test_what_is_found_in_an_archive_is_held_whatever_it_is():
    found, plain = article(), article(2, text="Nothing of interest.")
    told = file_away([(found, [mention(found)]), (plain, ())], rulebook(), NOW)
    (judged,) = told[0].judged
    assert (judged.decision, judged.send_to) == (Decision(Reason.ARCHIVE), ())
    assert told[0].story == tell(found)
    assert told[1] == Dossier(article=plain, seen=plain.published)
    assert not Reason.ARCHIVE.sends


def test_an_article_of_an_archive_counts_as_seen_when_it_was_published():
    published = (NOW - timedelta(days=900), NOW + timedelta(days=1), None)
    told = file_away([(article(published=when), ()) for when in published], rulebook(), NOW)
    assert [each.seen for each in told] == [published[0], NOW, None]


def test_what_was_found_in_an_archive_silences_nobody():
    earlier = Archive(*file_away([(COPY, [mention(COPY)])], rulebook(COOL), NOW))
    assert reasons(*dossiers(article(), rules=(COOL,), memory=earlier)) == [Reason.FIRST]


def test_a_rule_on_test_and_an_entity_on_test_are_recorded_and_told_to_nobody():
    assert reasons(*dossiers(article(), rules=(rule(status=Status.TEST),))) == [Reason.TEST]
    entities = (replace(each, status=Status.TEST) for each in rulebook().watchlist)
    book = replace(rulebook(), watchlist=Watchlist(tuple(entities)))
    (dossier,) = judge([(article(), [mention(article())])], book, Nothing(), now=NOW)
    assert [(each.decision.reason, each.send_to) for each in dossier.judged] == [(Reason.TEST, ())]


def test_quiet_hours_and_digests_say_when_it_is_told():
    night = Quiet(start=time(8), end=time(10), zone="UTC")
    rules = (
        rule("now"),
        rule("quiet", quiet_hours=(night,)),
        rule("hourly", digest=Rhythm(every=HOUR)),
        rule("test", quiet_hours=(night,), status=Status.TEST),
    )
    (dossier,) = dossiers(article(), rules=rules)
    ten, nine = NOW.replace(hour=10, minute=0), NOW.replace(hour=9, minute=0)
    assert [(each.release, each.bundle) for each in dossier.judged] == [
        (None, ""),
        (ten, ""),
        (nine, "hourly"),
        (None, ""),
    ]
