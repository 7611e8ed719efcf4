"""The past gone through again: each article judged at its time, by the daemon's own steps."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests import news
from tests.alerts.roads import COMMANDERS, book, strict
from tests.news import HOUR, NOW
from watcher.alerts import (
    AsOf,
    Dossier,
    Effect,
    Reason,
    Recall,
    Side,
    alert_id,
    backtest,
    compile_rules,
    effects,
)
from watcher.article import Article
from watcher.watchlist import Rule

STORY = "Qasem Soleimani was there. He said that the war had ended for good, and left."


def past(*hours: float, text: str = STORY) -> list[tuple[Article, datetime]]:
    """A story told again and again by others, so many hours after the first time."""
    return [
        (
            news.article(n, text=text, title="", link=f"https://{n}.example", published=None),
            NOW + at * HOUR,
        )
        for n, at in enumerate(hours)
    ]


def side(*rules: Rule) -> Side:
    rulebook = book(*rules)
    return Side(rulebook, compile_rules(rulebook))


def reasons(articles: list[tuple[Article, datetime]], one: Side) -> list[Reason]:
    return [
        judged.decision.reason
        for (dossier,) in backtest(articles, [one])
        for judged in dossier.judged
    ]


def test_the_silence_of_a_story_counts_in_the_time_of_its_articles() -> None:
    articles = past(0, 1, 5, 7, 8, 40)
    assert reasons(articles, side()) == [
        Reason.FIRST,
        Reason.SAME_STORY,
        Reason.SAME_STORY,
        Reason.REPEAT,
        Reason.SAME_STORY,
        Reason.FIRST,
    ]


def test_articles_are_read_some_at_a_time() -> None:
    articles = past(*range(105), text="Qasem Soleimani")
    asked: list[Article] = []

    def reading() -> Iterator[tuple[Article, datetime]]:
        for article, at in articles:
            asked.append(article)
            yield article, at

    run = backtest(reading(), [side()])
    first = next(run)
    assert len(asked) < 105
    assert [first[0].article, *(dossier.article for (dossier,) in run)] == asked


def test_what_edited_rules_add_and_drop_is_told_alert_by_alert() -> None:
    edited, in_force = side(COMMANDERS, strict(cool_down=0 * HOUR)), side()
    told = [
        (judged.alert.rule, judged.alert.article.id, effect)
        for new, old in backtest(past(0, 1), [edited, in_force])
        for judged, effect in effects(new, old)
    ]
    assert told == [
        ("commanders", "a0", Effect.KEPT),
        ("strict", "a0", Effect.ADDED),
        ("strict", "a1", Effect.ADDED),
    ]
    back = [
        effect
        for new, old in backtest(past(0, 1), [side(), side(COMMANDERS, strict())])
        for _, effect in effects(new, old)
    ]
    assert back == [Effect.KEPT, Effect.DROPPED]


def test_articles_too_old_when_they_came_are_held() -> None:
    rulebook = book()
    one = Side(rulebook, compile_rules(rulebook), max_age=HOUR)
    articles = [(news.article(1, text=STORY, published=NOW - 2 * HOUR), NOW)]
    assert reasons(articles, one) == [Reason.TOO_OLD]


def test_a_memory_as_of_a_time_knows_nothing_later_and_not_the_article_itself() -> None:
    recall = Recall()
    for (article, at), (dossier,) in zip(
        past(0, 10, 20), backtest(past(0, 10, 20), [side()]), strict=True
    ):
        assert recall.first_seen(article.id) is None
        recall.learn(dossier)
        last = dossier.judged[0].alert
        assert at == last.raised
    recall.learn(Dossier(article=news.article(9)))
    then = AsOf(recall, NOW + 10 * HOUR, "a1")
    assert then.first_seen("a1") == NOW + 10 * HOUR
    assert then.first_seen("a2") is None
    own = [judged.alert for (d,) in backtest(past(0, 10), [side()]) for judged in d.judged][1]
    assert own.id == alert_id("commanders", "qasem", "a1")
    found = then.past(own, NOW)
    assert [old.alert for old in found] == [alert_id("commanders", "qasem", "a0")]


def test_a_story_told_a_thousand_times_is_remembered_once() -> None:
    recall = Recall()
    articles = past(*(number / 1000 for number in range(9)))
    for (dossier,) in backtest(articles, [side()]):
        recall.learn(dossier)
    assert [old.alert for old in recall.past(dossier.judged[0].alert, NOW)] == [
        alert_id("commanders", "qasem", "a0")
    ]


def test_of_one_moment_what_was_told_later_did_not_hold_what_was_told_first() -> None:
    rule, recall = news.rule(cool_down=HOUR), Recall()
    alerts = []
    for number, score in enumerate((0.85, 0.96)):
        told = news.article(number, link=f"https://{number}.example")
        (dossier,) = news.dossiers(told, rules=(rule,), memory=recall, score=score)
        recall.learn(dossier)
        alerts.append(dossier.judged[0])
    assert [each.decision.reason for each in alerts] == [Reason.FIRST, Reason.STRONGER]
    first, second = (each.alert for each in alerts)
    assert AsOf(recall, NOW, first.article.id).past(first, NOW) == ()
    (before,) = AsOf(recall, NOW, second.article.id).past(second, NOW)
    assert before.alert == first.id
