"""When a source is due again: jitter so that feeds part, patience where it is asked for or fails.

The result is stored with the source, so a restart polls nothing early. No failure ends a source:
feeds come back from what looks like death, so the longest wait is a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from watcher.feeds.rhythm import Rhythm
from watcher.source import SourceState

DAY = timedelta(days=1)
SPREAD = 0.1  # of the interval, to both sides
DOUBLINGS = 17  # from one second to past a day
HINTED = 2  # a feed's own hint stretches the interval in force at most so far
HOURS = 24
NOT_KEPT = re.compile(r"\bno-(?:cache|store)\b", re.IGNORECASE)
MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True, slots=True)
class Hint:
    """How long a feed says that it does not change, and by what it says so."""

    span: timedelta
    by: str


@dataclass(frozen=True, slots=True)
class Pace:
    """All that says when a feed that is well is looked at again.

    Attributes:
        rhythm: the operator's limits.
        jitter: 0 to 1, by chance.
        hint: the longest of the feed's own hints; None if it gives none.
    """

    rhythm: Rhythm
    jitter: float
    hint: Hint | None = None

    def plan(self, state: SourceState, now: datetime) -> tuple[datetime, str]:
        """When to look next, and why then.

        The feed's own hint stretches the interval to its double, or to the operator's upper limit,
        at most; the hours that it asks to be left alone in are passed over, within the same bound.
        """
        wait = self.rhythm.begin(state.wait)
        bound = max(self.rhythm.longest, HINTED * wait)
        why = f"every {worded(wait)}"
        if self.rhythm.shortest != self.rhythm.longest:
            why = f"every {worded(wait)} just now, by how much was new"
        if self.hint is not None and self.hint.span > wait:
            wait = min(self.hint.span, bound)
            why = f"its {self.hint.by} asks for {worded(self.hint.span)}"
            why += "" if wait == self.hint.span else f", of which {worded(wait)} is given"
        due = now + _spread(wait, self.jitter)
        woken = _awake(due, state.rests, now + bound)
        return (due, why) if woken == due else (woken, "its skipHours ask for quiet until then")


def worded(span: timedelta) -> str:
    """A length of time in the largest unit that shows it, such as "15 min"."""
    seconds = span.total_seconds()
    seconds = round(seconds) if seconds >= 59.5 else seconds
    for size, unit in ((86400, "days"), (3600, "h"), (60, "min")):
        if seconds >= size and (seconds >= 2 * size or seconds % size == 0):
            return "1 day" if seconds == 86400 else f"{round(seconds / size, 1):g} {unit}"
    return f"{round(seconds, 1):g} s"


def _awake(due: datetime, rests: frozenset[int], latest: datetime) -> datetime:
    """The first time from `due` on that lies in none of these hours, but no later than `latest`."""
    if len(rests) >= HOURS:
        return due
    while due.astimezone(UTC).hour in rests and due < latest:
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(due, latest)


def after_success(
    now: datetime, every: timedelta, jitter: float, hint: timedelta | None = None
) -> datetime:
    """When to look again after a look that went well.

    Args:
        now: an aware time.
        every: the interval the operator chose.
        jitter: 0 to 1, by chance; moves the time by up to a tenth of the interval to either side.
        hint: how long the feed says it does not change; stretches the interval to its double at
            most, and never shortens it.
    """
    wait = max(every, min(hint or every, HINTED * every))
    return now + _spread(wait, jitter)


def latest(last_look: datetime, every: timedelta) -> datetime:
    """The latest time that `after_success` could have given with this interval.

    An operator who shortens an interval is then not kept waiting for a date set by the former one.
    """
    return last_look + _spread(HINTED * every, 1.0)


def after_failure(
    now: datetime,
    every: timedelta,
    jitter: float,
    failures: int,
    retry_after: timedelta | None = None,
) -> datetime:
    """When to look again after a look that failed.

    Args:
        now: an aware time.
        every: the interval the operator chose.
        jitter: 0 to 1, by chance.
        failures: how many in a row, at least 1; each after the first doubles the wait, up to a day
            (or `every`, if that is longer).
        retry_after: how long the host asked us to wait; never cut short.
    """
    doubled = min(every, DAY) * 2 ** min(failures - 1, DOUBLINGS)
    wait = _spread(max(every, min(doubled, DAY)), jitter)
    if retry_after is not None:
        wait = max(wait, after_rest(now, retry_after, jitter) - now)
    return now + wait


def after_rest(now: datetime, asked: timedelta, jitter: float) -> datetime:
    """When to look again if a host asked for a wait: never sooner, and not all at once."""
    return now + asked * (1 + SPREAD * jitter)


def _spread(wait: timedelta, jitter: float) -> timedelta:
    """The wait moved by chance, so that sources of one interval do not meet for ever."""
    return wait * (1 - SPREAD + 2 * SPREAD * jitter)


def freshness(headers: Mapping[str, str], now: datetime) -> Hint | None:
    """How long an answer says that it stays fresh; None if it does not.

    `Cache-Control: max-age` counts more than `Expires`, which counts from the answer's own `Date`
    (RFC 9111, 5.3).
    """
    control = headers.get("cache-control", "")
    if found := MAX_AGE.search(control):
        return Hint(timedelta(seconds=int(found[1])), "Cache-Control")
    until = _moment(headers.get("expires", ""))
    if until is None or NOT_KEPT.search(control):
        return None
    return Hint(max(until - (_moment(headers.get("date", "")) or now), timedelta(0)), "Expires")


def _moment(value: str) -> datetime | None:
    """A date of HTTP; None if it is none, such as the `0` of many an Expires."""
    try:
        at = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
