"""A source is due when it should be, and never not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds import after_failure, after_success, latest
from watcher.feeds.pace import freshness

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)
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
    ("header", "seconds"),
    [("max-age=60", 60), ("public, Max-Age = 60", 60), ('max-age="60"', 60)],
)
def test_how_long_an_answer_stays_fresh(header, seconds):
    assert freshness({"cache-control": header}) == timedelta(seconds=seconds)


@pytest.mark.parametrize("header", ["", "no-cache", "s-maxage=60", "max-age=x", "max-age=-1"])
def test_no_freshness_is_made_up(header):
    assert freshness({"cache-control": header}) is None
