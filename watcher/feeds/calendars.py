"""Days of other calendars as days of ours.

The Iranian calendar goes by the 33-year cycle of leap years, which is what the observed one has
been since 1925 and stays until 2087 (K. M. Borkowski, The Persian calendar for 3000 years, 1996).
The Islamic one is the tabular one, eleven leap years in thirty (E. M. Reingold and N. Dershowitz,
Calendrical Calculations, 2018, ch. 7): what a country sees in the sky may differ by a day or two.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum


class Calendar(StrEnum):
    """How the years, months and days of a date are counted."""

    GREGORIAN = "gregorian"
    IRANIAN = "iranian"
    ISLAMIC = "islamic"


IRANIAN_START = date(622, 3, 21)  # 1 Farvardin 1 as the cycle counts back, Gregorian likewise
ISLAMIC_START = date(622, 7, 18)  # 1 Muharram 1, the Thursday: nearest to what Mecca announces
LEAP_33 = frozenset({1, 5, 9, 13, 17, 22, 26, 30})
BUDDHIST = 543  # years that Thailand counts more than we do


def to_date(calendar: Calendar, year: int, month: int, day: int) -> date | None:
    """The day of our calendar; None if the other one has no such day, or ours cannot say it."""
    try:
        if calendar is Calendar.GREGORIAN:
            return date(year, month, day)
        known = _from_iranian if calendar is Calendar.IRANIAN else _from_islamic
        return known(year, month, day)
    except (ValueError, OverflowError):
        return None


def calendar_of(year: int) -> tuple[Calendar, int]:
    """The calendar by which a bare year is counted if it is one of the last decades, and the year.

    Iran writes 1404 where Saudi Arabia writes 1447 and Thailand 2568.
    """
    if 1360 <= year <= 1429:
        return Calendar.IRANIAN, year
    if 1430 <= year <= 1500:
        return Calendar.ISLAMIC, year
    if 2500 <= year <= 2643:
        return Calendar.GREGORIAN, year - BUDDHIST
    return Calendar.GREGORIAN, year


def _from_iranian(year: int, month: int, day: int) -> date:
    longest = 31 if month <= 6 else 30
    if month == 12 and year % 33 not in LEAP_33:
        longest = 29
    _check(year, month, day, longest)
    cycles, rest = divmod(year - 1, 33)
    leaps = 8 * cycles + sum(1 for each in LEAP_33 if each <= rest)
    days = 365 * (year - 1) + leaps + 30 * (month - 1) + min(month - 1, 6) + day - 1
    return IRANIAN_START + timedelta(days=days)


def _from_islamic(year: int, month: int, day: int) -> date:
    is_leap = (11 * year + 14) % 30 < 11
    longest = 30 if month % 2 or (month == 12 and is_leap) else 29
    _check(year, month, day, longest)
    days = 354 * (year - 1) + (3 + 11 * year) // 30 + 29 * (month - 1) + month // 2 + day - 1
    return ISLAMIC_START + timedelta(days=days)


def _check(year: int, month: int, day: int, longest: int) -> None:
    if not (1 <= year <= 3000 and 1 <= month <= 12 and 1 <= day <= longest):
        raise ValueError("no such day")
