"""Dates as feeds write them: RFC 822 and ISO 8601, and what publishers make of them.

Months are known by their names in the languages of the table, digits of every script count, and
the years of Iran, of the Islamic calendar and of Thailand are told from ours by their size. A date
that can be read in two ways is not read at all: an article dated wrongly may be held as too old,
one without a date never is.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from importlib import resources

from watcher.feeds.calendars import Calendar, calendar_of, to_date
from watcher.text.table import read_table

LONGEST = 120  # characters of a date; what is longer is no date
DAY = timedelta(days=1)
CENTURY = 2000
PIVOT = 70  # two digits from here on are of the last century, as POSIX has it

MONTHS = {
    row["name"].casefold(): (int(row["month"]), Calendar(row["calendar"]))
    for row in read_table(resources.files("watcher.feeds"), "months")
}
MONTH = re.compile(
    rf"(?<![^\W\d_])(?:{'|'.join(map(re.escape, sorted(MONTHS, key=len, reverse=True)))})"
    r"(?![^\W\d_])"
)
# Minutes east of Greenwich. RFC 5322, 4.3, and the names that feeds of the regions we read use;
# those that mean several zones stand for none.
ZONES = {
    "z": 0, "ut": 0, "utc": 0, "gmt": 0, "est": -300, "edt": -240, "cst": -360, "cdt": -300,
    "mst": -420, "mdt": -360, "pst": -480, "pdt": -420, "wet": 0, "west": 60, "bst": 60,
    "cet": 60, "cest": 120, "met": 60, "mest": 120, "eet": 120, "eest": 180, "msk": 180,
    "msd": 240, "trt": 180, "idt": 180, "irst": 210, "irdt": 270, "pkt": 300, "hkt": 480,
    "sgt": 480, "jst": 540, "kst": 540, "aest": 600, "aedt": 660, "nzst": 720, "nzdt": 780,
    "sast": 120,
}  # fmt: skip
HALVES = {
    "am": 0, "a.m.": 0, "ص": 0, "صباحا": 0, "صباحاً": 0, "ق.ظ": 0, "오전": 0, "上午": 0,
    "pm": 12, "p.m.": 12, "م": 12, "مساء": 12, "مساءً": 12, "ب.ظ": 12, "오후": 12, "下午": 12,
}  # fmt: skip
HALF = "|".join(map(re.escape, sorted(HALVES, key=len, reverse=True)))
TIME = re.compile(
    rf"(?:({HALF})\s*)?(?<!\d)(\d{{1,2}}):(\d{{2}})(?::(\d{{2}})(?:[.,]\d{{1,9}})?)?(?!\d)"
    rf"(?:\s*({HALF})(?!\w))?"
)
ZONE = re.compile(
    rf"\s*(?:\(?(?:gmt|utc)?\s?([+-])(\d{{1,2}}):?(\d{{2}})?(?!\d)\)?"
    rf"|\(?({'|'.join(sorted(ZONES, key=len, reverse=True))})(?![^\W_])\)?)"
)
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:t?(\d\d)(\d\d)(\d\d)?)?(?!\d)")
SECONDS = re.compile(r"(1\d{9})(\d{3})?")
YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
YEAR_LAST = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
DOTTED = re.compile(r"(?<!\d)(\d{1,2})\.(\d{1,2})\.(\d{2})(?!\d)")
NUMBER = re.compile(r"(?<!\d)\d{1,4}(?!\d)")
EASTERN = (
    (re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]?"), r"\1-\2-\3 "),
    (re.compile(r"(\d{1,2})\s*[时時시點点]\s*(\d{1,2})\s*[分분]"), r"\1:\2"),
    (re.compile(r"(?<!\d)(\d{1,2})h(\d{2})(?!\d)"), r"\1:\2"),
)
BESIDE = re.compile(
    "[\u0640\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|(?<=[^\\W\\d_])\\.(?!\\w)"
)


def parse_when(value: str) -> datetime | None:
    """A moment in UTC; UTC is meant where no zone is said.

    Returns:
        None if it is no date, has no day or no year, or can be read in two ways.
    """
    said = _normal(value)
    if not said or len(said) > LONGEST:
        return None
    if stamp := SECONDS.fullmatch(said):
        return datetime.fromtimestamp(int(stamp[1]), UTC)
    said = COMPACT.sub(_spread, said, count=1)
    clock, zone, rest = _time(said)
    day = _day(rest)
    return _moment(day, clock, zone) if day else None


def _normal(value: str) -> str:
    """Small letters, plain digits, one space between words, dots of abbreviations left out."""
    said = "".join(_digit(character) for character in value[: 2 * LONGEST])
    said = BESIDE.sub("", " ".join(said.casefold().split()))
    for pattern, plain in EASTERN:
        said = pattern.sub(plain, said)
    return said


def _digit(character: str) -> str:
    """A digit of any script as ours; other characters as they are."""
    if character.isascii() or not character.isdecimal():
        return character
    return str(unicodedata.decimal(character))


def _spread(compact: re.Match[str]) -> str:
    """A date written without marks, with marks."""
    year, month, day, hour, minute, second = compact.groups()
    clock = f" {hour}:{minute}:{second or '00'} " if hour else ""
    return f"{year}-{month}-{day}{clock}"


def _time(said: str) -> tuple[timedelta, timedelta, str]:
    """The time of day, how far its zone is ahead of UTC, and what else is said."""
    clock = TIME.search(said)
    if clock is None:
        return timedelta(0), timedelta(0), said
    zone = ZONE.match(said, clock.end())
    end = zone.end() if zone else clock.end()
    return _since_midnight(clock), _ahead(zone), f"{said[: clock.start()]} {said[end:]}"


def _since_midnight(clock: re.Match[str]) -> timedelta:
    """The time of day; nothing if there is none such."""
    hour, minute, second = int(clock[2]), int(clock[3]), int(clock[4] or 0)
    half = clock[1] or clock[5]
    if half and 1 <= hour <= 12:
        hour = hour % 12 + HALVES[half]
    if hour > 24 or minute > 59 or second > 60:
        return timedelta(0)
    return timedelta(hours=hour, minutes=minute, seconds=second)


def _ahead(zone: re.Match[str] | None) -> timedelta:
    if zone is None:
        return timedelta(0)
    if zone[4]:
        return timedelta(minutes=ZONES[zone[4]])
    ahead = timedelta(hours=int(zone[2]), minutes=int(zone[3] or 0))
    return timedelta(0) if ahead > DAY else ahead if zone[1] == "+" else -ahead


def _moment(day: date, clock: timedelta, ahead: timedelta) -> datetime | None:
    try:
        return datetime.combine(day, time(), UTC) + clock - ahead
    except OverflowError:
        return None


def _day(said: str) -> date | None:
    """The day in what is left when the time is taken out."""
    if named := MONTH.search(said):
        return _named(said, named)
    if found := YEAR_FIRST.search(said):
        calendar, year = calendar_of(int(found[1]))
        return to_date(calendar, year, int(found[3]), int(found[4]))
    if found := YEAR_LAST.search(said):
        return _year_last(int(found[1]), int(found[3]), int(found[4]), found[2])
    if found := DOTTED.search(said):
        return to_date(Calendar.GREGORIAN, _full(found[3]), int(found[2]), int(found[1]))
    return None


def _named(said: str, name: re.Match[str]) -> date | None:
    """A day whose month is named; of its two numbers the year is the longer, or else the last."""
    month, calendar = MONTHS[name[0]]
    numbers = NUMBER.findall(said[: name.start()]) + NUMBER.findall(said[name.end() :])
    if len(numbers) < 2:
        return None
    first, second = numbers[:2]
    day, written = (second, first) if len(first) > 2 or int(first) > 31 else (first, second)
    year = _full(written)
    if calendar is Calendar.GREGORIAN:
        _, year = calendar_of(year)
    return to_date(calendar, year, month, int(day))


def _year_last(first: int, second: int, year: int, mark: str) -> date | None:
    """A day in figures, year last; with dots the day is first, else only where it must be."""
    calendar, year = calendar_of(year)
    if mark == "." or first > 12 or first == second:
        return to_date(calendar, year, second, first)
    return to_date(calendar, year, first, second) if second > 12 else None


def _full(written: str) -> int:
    """A year of two digits as it is meant."""
    year = int(written)
    if len(written) > 2:
        return year
    return year + CENTURY - (100 if year >= PIVOT else 0)
