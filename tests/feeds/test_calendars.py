"""Days of other calendars fall on the days that their countries had."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from watcher.feeds.calendars import Calendar, calendar_of, to_date

IRANIAN, ISLAMIC = Calendar.IRANIAN, Calendar.ISLAMIC


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((1357, 11, 22), date(1979, 2, 11)),  # the revolution
        ((1375, 1, 1), date(1996, 3, 20)),
        ((1398, 10, 13), date(2020, 1, 3)),
        ((1399, 12, 30), date(2021, 3, 20)),  # of a leap year
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1404, 1, 1), date(2025, 3, 21)),
        ((1405, 7, 1), date(2026, 9, 23)),
        ((1408, 12, 30), date(2030, 3, 20)),
    ],
)
def test_days_of_iran(day, ours):
    assert to_date(IRANIAN, *day) == ours


@pytest.mark.parametrize(
    ("day", "ours"),
    [
        ((1400, 1, 1), date(1979, 11, 20)),
        ((1444, 9, 1), date(2023, 3, 23)),
        ((1446, 12, 10), date(2025, 6, 6)),
        ((1447, 1, 1), date(2025, 6, 26)),
        ((1448, 1, 1), date(2026, 6, 16)),
    ],
)
def test_days_of_the_islamic_calendar_are_right_to_a_day(day, ours):
    assert abs(to_date(ISLAMIC, *day) - ours) <= timedelta(days=1)


@pytest.mark.parametrize("calendar", [IRANIAN, ISLAMIC])
def test_every_day_has_its_own_and_they_follow_each_other(calendar):
    days = [
        found
        for year in range(1398, 1432)
        for month in range(1, 13)
        for day in range(1, 32)
        if (found := to_date(calendar, year, month, day))
    ]
    assert days == [days[0] + timedelta(days=number) for number in range(len(days))]


@pytest.mark.parametrize(
    "day", [(1404, 12, 30), (1403, 7, 31), (1403, 13, 1), (1403, 0, 1), (0, 1, 1), (3001, 1, 1)]
)
def test_there_are_no_such_days(day):
    assert to_date(IRANIAN, *day) is None


def test_our_own_days_may_not_be_either():
    assert to_date(Calendar.GREGORIAN, 2026, 5, 1) == date(2026, 5, 1)
    assert to_date(Calendar.GREGORIAN, 2026, 4, 31) is None
    assert to_date(ISLAMIC, 1447, 2, 30) is None


@pytest.mark.parametrize(
    ("year", "meant"),
    [
        (1404, (IRANIAN, 1404)),
        (1447, (ISLAMIC, 1447)),
        (2568, (Calendar.GREGORIAN, 2025)),
        (2026, (Calendar.GREGORIAN, 2026)),
    ],
)
def test_a_year_tells_its_calendar(year, meant):
    assert calendar_of(year) == meant
