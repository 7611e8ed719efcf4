"""When alerts may be told: quiet hours and the hours of digests, on the clocks of a place.

Hours are said as people say them, and each end is found on the calendar of its zone, so the hour
that summer time takes or gives moves nothing but itself. A time that a clock leaps over counts as
if it had not leapt (02:30 is then 03:30); of one that comes twice the first counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
"""The days of the week as files spell them, in the order of `date.weekday`."""

_DAY = timedelta(days=1)
_WEEK_MINUTES = 7 * 24 * 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A part of the day in which nobody is told.

    Attributes:
        start: when it begins, by the clocks of the zone.
        end: when it ends; on the next day if that is not later than `start`.
        zone: a zone of the IANA database, such as "Europe/Berlin".
        days: on which days it begins, 0 for Monday.
    """

    start: time
    end: time
    zone: str
    days: frozenset[int] = frozenset(range(7))

    def until(self, now: datetime) -> datetime | None:
        """When the quiet that reigns now ends, in UTC; None if none does."""
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        for day in (today - _DAY, today):
            last = day if self.end > self.start else day + _DAY
            begins = datetime.combine(day, self.start, zone).astimezone(UTC)
            ends = datetime.combine(last, self.end, zone).astimezone(UTC)
            if day.weekday() in self.days and begins <= now < ends:
                return ends
        return None

    def minutes(self) -> Iterator[int]:
        """The minutes of a week (0 is Monday 00:00) that it covers, clocks left as they are."""
        first, last = _minute(self.start), _minute(self.end)
        length = last - first if last > first else last - first + 24 * 60
        for day in self.days:
            begin = day * 24 * 60 + first
            yield from (minute % _WEEK_MINUTES for minute in range(begin, begin + length))


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """When alerts that are told together go out; one of `every` and `at` is given.

    Attributes:
        every: at each multiple of this, counted from midnight of 1 January 1970 in UTC.
        at: at these times of day, by the clocks of the zone; at least one.
        zone: a zone of the IANA database.
    """

    every: timedelta | None = None
    at: tuple[time, ...] = ()
    zone: str = "UTC"

    def next(self, now: datetime) -> datetime:
        """The first time after now, in UTC."""
        if self.every is not None:
            return now + self.every - (now - datetime.fromtimestamp(0, UTC)) % self.every
        zone = ZoneInfo(self.zone)
        today = now.astimezone(zone).date()
        # Yesterday too: a time the clock leaps over around midnight may still be to come.
        days = (today + number * _DAY for number in (-1, 0, 1, 2))
        times = [datetime.combine(day, at, zone).astimezone(UTC) for day in days for at in self.at]
        return min(each for each in times if each > now)


def release(now: datetime, rhythm: Rhythm | None, quiet: Sequence[Quiet]) -> datetime | None:
    """When what is raised now may be told, in UTC; None if at once.

    Args:
        now: aware.
        rhythm: when alerts go together; None if they go singly.
        quiet: parts of the day in which nobody is told, by one zone's clocks; never the whole week
            (see `is_endless`).
    """
    at = rhythm.next(now) if rhythm else now
    # Each step leads past one quiet at least, and a week has no more than these.
    for _ in range(8 * len(quiet)):
        ends = [end for each in quiet if (end := each.until(at))]
        if not ends:
            break
        at = max(ends)
    return at if at > now else None


def is_endless(quiet: Sequence[Quiet]) -> bool:
    """Whether these, of one zone, leave no minute of the week."""
    return len({minute for each in quiet for minute in each.minutes()}) == _WEEK_MINUTES


def _minute(at: time) -> int:
    return at.hour * 60 + at.minute
