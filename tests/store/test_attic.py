"""What is old goes, what somebody may need stays, and what was seen is never new again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests import news
from tests.store.memory import dump
from watcher.alerts import About, Dossier, Event, write_notice
from watcher.store import Forgotten, Gathering, Standing, Store, Wanted

DAY = timedelta(days=1)
LATER = news.NOW + 10 * DAY


def clear(
    store: Store, *, articles: bool = True, alerts: bool = True, most: int = 100
) -> Forgotten:
    """Forget all that is older than the end of the first day."""
    before = news.NOW + DAY
    return store.attic.clear(LATER, before if articles else None, before if alerts else None, most)


def seen(store: Store, *numbers: int, at: datetime = news.NOW) -> None:
    """Record articles that raised no alert."""
    articles = [news.article(number) for number in numbers]
    store.record([Dossier(article=each, mentions=()) for each in articles], None, at)


def text(store: Store, number: int) -> str:
    kept = store.stored(f"a{number}")
    assert kept is not None
    return kept.article.text


def test_an_article_loses_its_text_and_is_not_new_again(store: Store) -> None:
    seen(store, 1)
    seen(store, 2, at=LATER)
    assert clear(store) == Forgotten(articles=1)
    assert (text(store, 1), bool(text(store, 2))) == ("", True)
    assert store.unseen([news.article(1), news.article(2)]) == ()
    assert [kept.article.id for kept in store.shelf(news.NOW - DAY, LATER + DAY)] == ["a2"]
    assert store.count(news.NOW - DAY, LATER + DAY) == 1
    assert not clear(store)


def test_one_that_was_forgotten_and_is_edited_is_there_again(store: Store) -> None:
    seen(store, 1)
    clear(store)
    edited = replace(news.article(1), text="Other words.")
    assert store.unseen([edited]) == (edited,)
    store.record([Dossier(article=edited, mentions=())], None, LATER)
    assert text(store, 1) == "Other words."
    assert store.count(news.NOW - DAY, LATER + DAY) == 1
    assert not clear(store), "it was changed after that day"


def test_an_alert_goes_with_all_that_belongs_to_it_and_then_its_article(store: Store) -> None:
    store.record(news.dossiers(news.article(1)), None, news.NOW)
    for dispatch in store.outbox():
        store.delivered(dispatch.key, news.NOW, "200 ok")
    assert clear(store, alerts=False) == Forgotten(), "its article is still needed"
    assert clear(store) == Forgotten(articles=1, alerts=1)
    left = dump(store)
    assert [name for name in ("alerts", "deliveries", "attempts", "mentions") if left[name]] == []


def test_what_waits_or_was_given_up_stays_whatever_its_age(store: Store) -> None:
    store.record(news.dossiers(news.article(1), news.article(2)), None, news.NOW)
    first, *others, last = store.outbox()
    store.dead(first.key, news.NOW, "404")
    for dispatch in others:
        store.delivered(dispatch.key, news.NOW, "200 ok")
    before = dump(store)
    assert clear(store) == Forgotten()
    assert dump(store) == before
    assert {first.alert, last.alert} == {filed.alert.id for filed in store.alerts(Wanted())}


def test_a_digest_goes_when_its_alerts_are_gone_and_notices_when_they_arrived(store: Store) -> None:
    store.record(news.dossiers(*map(news.article, range(3))), None, news.NOW)
    store.tell(write_notice(Event.HEARTBEAT, About.WATCH, "", "fine", news.NOW), ["soc", "desk"])
    store.due("soc", news.NOW, Gathering(1, len))
    for dispatch in store.outbox():
        if dispatch.notice and dispatch.channel == "desk":
            continue
        store.delivered(dispatch.key, news.NOW, "200 ok")
    total = sum((clear(store) for _ in range(3)), Forgotten())
    assert (total.alerts, total.articles, total.others) == (3, 3, 2)
    (left,) = store.outbox()
    assert (left.channel, left.standing) == ("desk", Standing.WAITING)
    store.delivered(left.key, news.NOW, "200 ok")
    assert clear(store) == Forgotten(others=1)
    assert store.last_notice(Event.HEARTBEAT) is None


def test_it_goes_in_steps(store: Store) -> None:
    seen(store, *range(5))
    assert [clear(store, most=2).articles for _ in range(4)] == [2, 2, 1, 0]


def test_nothing_goes_that_shall_be_kept_for_ever(store: Store) -> None:
    seen(store, 1)
    store.record(news.dossiers(news.article(2)), None, news.NOW)
    assert clear(store, articles=False, alerts=False) == Forgotten()
