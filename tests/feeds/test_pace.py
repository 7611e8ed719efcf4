"""A source is due when it should be, and never not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds import Rhythm, after_failure, after_success, first_state, latest
from watcher.feeds.pace import Hint, Pace, freshness, worded

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
intervals = st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=2))
chances = st.floats(0, 1)


@pytest.mark.parametrize(("jitter", "minutes"), [(0.0, 13.5), (0.5, 15), (1.0, 16.5)])
def test_chance_moves_the_time_by_a_tenth(jitter, minutes):
    assert after_success(NOW, QUARTER, jitter) - NOW == timedelta(minutes=minutes)


@pytest.mark.parametrize(("hint", "minutes"), [(5, 15), (20, 20), (600, 30)])
def test_a_hint_stretches_the_interval_to_its_double_at_most(hint, minutes):
    due = after_success(NOW, QUARTER, 0.5, timedelta(minutes=hint))
    assert due - NOW == timedelta(minutes=minutes)


@given(intervals, chances, st.none() | intervals)
def test_no_success_is_followed_later_than_the_latest(every, jitter, hint):
    assert NOW < after_success(NOW, every, jitter, hint) <= latest(NOW, every)


@pytest.mark.parametrize(
    ("failures", "wait"), [(1, QUARTER), (2, 2 * QUARTER), (4, 8 * QUARTER), (99, DAY)]
)
def test_each_failure_doubles_the_wait_up_to_a_day(failures, wait):
    assert after_failure(NOW, QUARTER, 0.5, failures) - NOW == wait


@pytest.mark.parametrize("days", [2, 36_500])
def test_an_interval_longer_than_a_day_stays(days):
    assert after_failure(NOW, days * DAY, 0.5, 99) - NOW == days * DAY


@given(intervals, chances, st.integers(1, 10**9), st.none() | intervals)
def test_a_wait_asked_for_is_never_cut_short_and_always_ends(every, jitter, failures, asked):
    wait = after_failure(NOW, every, jitter, failures, asked) - NOW
    assert wait >= (asked or timedelta(0))
    assert timedelta(0) < wait <= timedelta(days=2.2)


@pytest.mark.parametrize(
    ("headers", "seconds", "by"),
    [
        ({"cache-control": "max-age=60"}, 60, "Cache-Control"),
        ({"cache-control": "public, Max-Age = 60"}, 60, "Cache-Control"),
        ({"cache-control": 'max-age="60"', "expires": "x"}, 60, "Cache-Control"),
        ({"expires": "Fri, 01 May 2026 13:00:00 GMT"}, 3600, "Expires"),
        ({"expires": "Fri, 01 May 2026 13:00:00"}, 3600, "Expires"),
        ({"expires": "Fri, 01 May 2020 13:00:00 GMT"}, 0, "Expires"),
        (
            {
                "expires": "Fri, 01 May 2020 13:00:00 GMT",
                "date": "Fri, 01 May 2020 12:30:00 GMT",
                "cache-control": "public",
            },
            1800,
            "Expires",
        ),
    ],
)
def test_how_long_an_answer_stays_fresh(headers, seconds, by):
    assert freshness(headers, NOW) == Hint(timedelta(seconds=seconds), by)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"expires": "0"},
        {"expires": "Fri, 01 May 2026 13:00:00 GMT", "cache-control": "no-cache"},
        *({"cache-control": said} for said in ("no-cache", "s-maxage=60", "max-age=x")),
    ],
)
def test_no_freshness_is_made_up(headers):
    assert freshness(headers, NOW) is None


def planned(rhythm: Rhythm, hint: Hint | None = None, **known: object) -> tuple[datetime, str]:
    state = replace(first_state("k", "n", NOW), **known)
    return Pace(rhythm, 0.5, hint).plan(state, NOW)


WIDE = Rhythm(**{"from": "5m", "to": "6h"})


@pytest.mark.parametrize(
    ("rhythm", "wait", "hint", "minutes", "because"),
    [
        (Rhythm.fixed(QUARTER), None, None, 15, "every 15 min"),
        (Rhythm.fixed(QUARTER), DAY, None, 15, "every 15 min"),
        (WIDE, None, None, 5, "every 5 min just now, by how much was new"),
        (WIDE, 6 * QUARTER, None, 90, "every 90 min just now, by how much was new"),
        (Rhythm.fixed(QUARTER), None, 5, 15, "every 15 min"),
        (Rhythm.fixed(QUARTER), None, 20, 20, "its ttl asks for 20 min"),
        (Rhythm.fixed(QUARTER), None, 600, 30, "its ttl asks for 10 h, of which 30 min is given"),
        (WIDE, None, 600, 360, "its ttl asks for 10 h, of which 6 h is given"),
    ],
)
def test_a_feeds_own_hint_counts_within_the_operators_limits(rhythm, wait, hint, minutes, because):
    said = Hint(timedelta(minutes=hint), "ttl") if hint else None
    assert planned(rhythm, said, wait=wait) == (NOW + timedelta(minutes=minutes), because)


@pytest.mark.parametrize(
    ("rests", "due"),
    [
        ({11}, NOW + HOUR),
        ({13}, NOW + 2 * HOUR),
        ({13, 14}, NOW + 2 * HOUR),  # its bound: the double of the interval
        (set(range(24)), NOW + HOUR),  # a publisher who never wants to be asked is mistaken
    ],
)
def test_hours_of_quiet_are_passed_over_within_the_same_bound(rests, due):
    assert planned(Rhythm.fixed(HOUR), rests=frozenset(rests))[0] == due


@pytest.mark.parametrize(
    ("seconds", "said"),
    [
        (0.25, "0.2 s"),
        (90, "90 s"),
        (60, "1 min"),
        (5400, "90 min"),
        (7200, "2 h"),
        (86400, "1 day"),
        (200_000, "2.3 days"),
    ],
)
def test_a_length_of_time_in_words(seconds, said):
    assert worded(timedelta(seconds=seconds)) == said
