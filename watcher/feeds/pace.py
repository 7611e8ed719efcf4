"""When a source is due again: jitter so that feeds part, patience where it is asked for or fails.

The result is stored with the source, so a restart polls nothing early. No failure ends a source:
feeds come back from what looks like death, so the longest wait is a day.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta

DAY = timedelta(days=1)
SPREAD = 0.1  # of the interval, to both sides
DOUBLINGS = 17  # from one second to past a day
HINTED = 2  # a feed's own hint stretches the interval the operator chose at most so far
MAX_AGE = re.compile(r"(?:^|[,\s])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE | re.ASCII)


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
        wait = max(wait, retry_after * (1 + SPREAD * jitter))
    return now + wait


def _spread(wait: timedelta, jitter: float) -> timedelta:
    """The wait moved by chance, so that sources of one interval do not meet for ever."""
    return wait * (1 - SPREAD + 2 * SPREAD * jitter)


def freshness(headers: Mapping[str, str]) -> timedelta | None:
    """How long `Cache-Control: max-age` says that an answer stays fresh; None if it does not."""
    found = MAX_AGE.search(headers.get("cache-control", ""))
    return timedelta(seconds=int(found[1])) if found else None
