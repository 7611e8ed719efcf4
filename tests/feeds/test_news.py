"""What was new in a look tells when the feed is due, and whether it has fallen silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.news import NOW, article
from watcher.article import Article
from watcher.feeds import Fetched, Rhythm, first_state, reckon
from watcher.feeds.look import Partly, settle
from watcher.feeds.pace import Pace
from watcher.source import Health, SourceState

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)
RHYTHM = Rhythm(**{"from": "15m", "to": "6h"})


def look(
    state: SourceState, at: datetime, *fresh: Article, old: int = 0, pace: Pace | None = None
) -> SourceState:
    """The memory after a look that brought these, and so many that were known."""
    well = settle(state, at, at)
    pace = pace or Pace(RHYTHM, 0.5)
    return reckon(state, Fetched((*fresh, *(article(),) * old), well, "", pace), fresh, at)


def dated(*dates: datetime | None) -> tuple[Article, ...]:
    return tuple(article(number, published=date) for number, date in enumerate(dates))


NEW = first_state("k", "News", NOW)


def test_much_news_is_looked_for_sooner_and_little_later():
    state = replace(NEW, wait=HOUR)
    assert look(state, NOW, *dated(None)).due == NOW + HOUR / 2
    after = look(state, NOW, old=9)
    assert (after.due, after.wait) == (NOW + 1.5 * HOUR, 1.5 * HOUR)
    assert after.because == "every 90 min just now, by how much was new"


def test_what_has_no_pace_of_its_own_only_remembers_when_it_brought_something():
    fetched = Fetched(dated(None), settle(NEW, NOW, NOW + HOUR))
    assert reckon(NEW, fetched, fetched.articles, NOW) == replace(fetched.state, last_new=NOW)
    assert reckon(NEW, fetched, (), NOW) == fetched.state


def test_the_usual_pause_is_the_longest_of_late():
    state = look(NEW, NOW, *dated(None))
    assert (state.last_new, state.usual) == (NOW, None)
    state = look(state, NOW + 10 * HOUR, *dated(None))
    assert state.usual == 10 * HOUR
    state = look(state, NOW + 12 * HOUR, *dated(None))
    assert 9 * HOUR < state.usual < 10 * HOUR
    assert look(state, NOW + 400 * DAY, *dated(None)).usual == 30 * DAY


def test_the_usual_pause_of_a_new_feed_is_guessed_by_its_dates():
    dates = dated(NOW - HOUR, NOW - 4 * HOUR, NOW - 5 * HOUR)
    assert look(NEW, NOW, *dates).usual == 3 * HOUR
    assert look(NEW, NOW, *dates[:2]).usual is None


def test_a_feed_that_brings_nothing_for_much_longer_than_usual_is_silent():
    state = replace(NEW, health=Health.OK, last_new=NOW, usual=2 * DAY)
    assert look(state, NOW + 5 * DAY).health is Health.OK
    silent = look(state, NOW + 7 * DAY)
    assert (silent.health, silent.since) == (Health.SILENT, NOW + 7 * DAY)
    assert silent.reason == "nothing new has come since 2026-03-05; a pause of 2 days is usual"
    still = look(silent, NOW + 9 * DAY)
    assert (still.health, still.since, still.reason) == (
        Health.SILENT,
        NOW + 7 * DAY,
        silent.reason,
    )
    assert look(still, NOW + 10 * DAY, *dated(None)).health is Health.OK


def test_a_long_weekend_is_no_silence_and_nobody_is_known_at_once():
    busy = replace(NEW, health=Health.OK, last_new=NOW, usual=HOUR)
    assert look(busy, NOW + 4 * DAY).health is Health.OK
    strange = replace(busy, usual=None)
    assert look(strange, NOW + 29 * DAY).health is Health.OK
    assert look(strange, NOW + 31 * DAY).reason == "nothing new has come since 2026-03-05"


def test_a_feed_that_was_dead_when_it_was_added_is_told_at_once():
    dead = look(NEW, NOW, *dated(NOW - 500 * DAY, NOW - 501 * DAY))
    assert (dead.health, dead.reason) == (Health.SILENT, "its newest article is of 2024-10-21")
    more = look(dead, NOW + DAY, *dated(NOW - 490 * DAY))
    assert (more.health, more.since) == (Health.SILENT, NOW)
    assert look(NEW, NOW, *dated(NOW - 500 * DAY, None)).health is Health.OK


def test_a_feed_in_trouble_is_not_called_silent_besides():
    garbled = replace(settle(NEW, NOW, NOW, partly=Partly("one in ten")), last_new=NOW - 90 * DAY)
    fetched = Fetched((), garbled, "", Pace(RHYTHM, 0.5))
    assert reckon(garbled, fetched, (), NOW).health is Health.GARBLED
