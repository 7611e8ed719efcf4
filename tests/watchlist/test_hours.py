from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.watchlist import Quiet, Rhythm, release
from watcher.watchlist.hours import is_endless

BERLIN = "Europe/Berlin"
NIGHT = Quiet(start=time(22), end=time(7), zone=BERLIN)
HOUR = timedelta(hours=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-01-15 20:59", None),  # 21:59 in Berlin
        ("2026-01-15 21:00", "2026-01-16 06:00"),
        ("2026-01-16 05:59", "2026-01-16 06:00"),
        ("2026-01-16 06:00", None),
        ("2026-07-15 20:00", "2026-07-16 05:00"),  # summer time
        ("2026-03-28 22:00", "2026-03-29 05:00"),  # the night that loses an hour
        ("2026-10-24 21:00", "2026-10-25 06:00"),  # the night that gains one
    ],
)
def test_a_quiet_night_ends_by_the_clocks_of_its_place(now, until):
    assert NIGHT.until(utc(now)) == (utc(until) if until else None)


@pytest.mark.parametrize(
    ("end", "until"),
    [
        ("02:30", "2026-03-29 01:30"),  # leapt over: 03:30 summer time
        ("03:00", "2026-03-29 01:00"),
    ],
)
def test_an_end_that_the_clock_leaps_over_counts_as_if_it_had_not(end, until):
    quiet = Quiet(start=time(22), end=time.fromisoformat(end), zone=BERLIN)
    assert quiet.until(utc("2026-03-29 00:30")) == utc(until)


def test_of_an_hour_that_comes_twice_the_first_ends_the_quiet():
    quiet = Quiet(start=time(22), end=time(2, 30), zone=BERLIN)
    assert quiet.until(utc("2026-10-25 00:29")) == utc("2026-10-25 00:30")
    assert quiet.until(utc("2026-10-25 00:45")) is None
    assert quiet.until(utc("2026-10-25 01:15")) is None  # 02:15 once more


def test_days_are_those_on_which_it_begins():
    friday = Quiet(start=time(22), end=time(7), zone="UTC", days=frozenset({4}))
    assert friday.until(utc("2026-01-16 23:00")) == utc("2026-01-17 07:00")
    assert friday.until(utc("2026-01-17 06:00")) == utc("2026-01-17 07:00")
    assert friday.until(utc("2026-01-17 23:00")) is None


def test_a_weekend_is_told_on_monday():
    weekend = Quiet(start=time(0), end=time(0), zone="UTC", days=frozenset({5, 6}))
    assert release(utc("2026-01-17 12:00"), None, [weekend]) == utc("2026-01-19 00:00")
    late = Quiet(start=time(23), end=time(8), zone="UTC")
    assert release(utc("2026-01-17 12:00"), None, [weekend, late]) == utc("2026-01-19 08:00")
    assert release(utc("2026-01-19 08:00"), None, [weekend, late]) is None


@pytest.mark.parametrize(
    ("rhythm", "due"),
    [
        (Rhythm(every=HOUR), "2026-01-16 13:00"),
        (Rhythm(every=6 * HOUR), "2026-01-16 18:00"),
        (Rhythm(every=24 * HOUR), "2026-01-17 00:00"),
        (Rhythm(at=(time(9), time(15)), zone=BERLIN), "2026-01-16 14:00"),
        (Rhythm(at=(time(9),), zone="Asia/Tehran"), "2026-01-17 05:30"),
        (Rhythm(at=(time(12),)), "2026-01-17 12:00"),  # now is over
    ],
)
def test_a_digest_goes_at_its_next_time(rhythm, due):
    assert rhythm.next(utc("2026-01-16 12:00")) == utc(due)


def test_a_digest_that_falls_into_the_quiet_goes_when_that_ends():
    assert release(utc("2026-01-16 20:30"), Rhythm(every=HOUR), [NIGHT]) == utc("2026-01-17 06:00")
    assert release(utc("2026-01-16 12:30"), Rhythm(every=HOUR), [NIGHT]) == utc("2026-01-16 13:00")
    assert release(utc("2026-01-16 12:30"), None, [NIGHT]) is None
    assert release(utc("2026-01-16 12:30"), None, []) is None


def test_quiet_that_never_ends_is_known():
    always = Quiet(start=time(8), end=time(8), zone="UTC")
    day = Quiet(start=time(7), end=time(22), zone="UTC")
    assert is_endless([always])
    assert is_endless([NIGHT, day])
    assert not is_endless([NIGHT])
    assert not is_endless([])


clocks = st.times().map(lambda at: at.replace(second=0, microsecond=0))
zones = st.sampled_from((BERLIN, "UTC", "Asia/Tehran", "America/St_Johns", "Pacific/Apia"))
days = st.frozensets(st.integers(0, 6), min_size=1)
weeks = zones.flatmap(
    lambda zone: st.lists(
        st.builds(Quiet, start=clocks, end=clocks, zone=st.just(zone), days=days), max_size=3
    )
)
moments = st.datetimes(
    min_value=datetime(2005, 1, 1),  # noqa: DTZ001
    max_value=datetime(2035, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)


@given(moments, weeks)
def test_what_is_released_meets_no_quiet_and_never_waits_for_ever(now, quiet):
    if is_endless(quiet):
        return
    at = release(now, None, quiet)
    assert at is None or now < at <= now + timedelta(days=9)
    assert not any(each.until(at or now) for each in quiet)


@given(moments, st.lists(clocks, min_size=1, max_size=3))
def test_a_digest_is_never_more_than_a_day_and_its_hour_away(now, at):
    due = Rhythm(at=tuple(at), zone=BERLIN).next(now)
    assert now < due <= now + timedelta(hours=25)
