"""What was new in a look, and what that says of its feed: when it is due, whether it is silent.

Only whoever keeps the record knows what was new, so this comes after the look itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

from watcher.article import Article
from watcher.feeds.look import Fetched
from watcher.feeds.pace import worded
from watcher.source import Health, SourceState

QUIET = timedelta(days=4)
"""No feed is called silent before: a long weekend is none."""

UNKNOWN = timedelta(days=10)
"""What is taken for usual of a feed that nobody knows yet."""

LONGEST = timedelta(days=30)
"""What counts at most as usual, or a feed that slept for a year would be missed after three."""

TIMES = 3
"""So many times its usual pause a feed is quiet before it is called silent."""

FADES = 0.05
"""How much of the longest pause is forgotten with each shorter one."""

PAUSES = 20
"""From the dates of so many articles the usual pause of a new feed is guessed."""


def reckon(
    before: SourceState, fetched: Fetched, fresh: Sequence[Article], now: datetime
) -> SourceState:
    """The memory of a source when it is known how much of a look was new.

    Args:
        before: the memory before the look.
        fetched: what the look gave.
        fresh: the new and changed ones of its articles.
        now: aware, in UTC.
    """
    former, pace = fetched.state, fetched.pace
    last_new = now if fresh else former.last_new
    if pace is None:
        return replace(former, last_new=last_new)
    wait = pace.rhythm.adapt(former.wait, len(fresh), len(fetched.articles))
    state = replace(former, last_new=last_new, usual=_usual(before, fresh, now), wait=wait)
    due, because = pace.plan(state, now)
    return _hush(before, replace(state, due=due, because=because), fresh, now)


def _usual(before: SourceState, fresh: Sequence[Article], now: datetime) -> timedelta | None:
    """How long the feed is used to bring nothing: its longest pause of late."""
    if not fresh:
        return before.usual
    if before.last_new is None:
        return _guess(fresh)
    pause = min(now - before.last_new, LONGEST)
    usual = before.usual or timedelta(0)
    return max(pause, usual - (usual - pause) * FADES)


def _guess(articles: Sequence[Article]) -> timedelta | None:
    """The longest pause between the newest of these articles, by their dates; None if unknown."""
    dates = sorted((each.published for each in articles if each.published), reverse=True)
    newest = dates[: PAUSES + 1]
    pauses = [late - early for late, early in pairwise(newest)]
    return min(max(pauses), LONGEST) if len(pauses) > 1 else None


def _hush(
    before: SourceState, state: SourceState, fresh: Sequence[Article], now: datetime
) -> SourceState:
    """Call a feed that is well silent if nothing new has come for much longer than usual."""
    if state.health is not Health.OK:
        return state
    bound = max(QUIET, TIMES * (state.usual or UNKNOWN))
    if fresh:
        last = _newest(fresh, now)
        reason = f"its newest article is of {last:%Y-%m-%d}"
    elif before.health is Health.SILENT:
        return replace(state, health=Health.SILENT, reason=before.reason, since=before.since)
    else:
        last = before.last_new or before.last_ok or now
        pause = f"; a pause of {worded(state.usual)} is usual" if state.usual else ""
        reason = f"nothing new has come since {last:%Y-%m-%d}{pause}"
    if now - last <= bound:
        return state
    since = before.since if before.health is Health.SILENT else now
    return replace(state, health=Health.SILENT, reason=reason, since=since)


def _newest(fresh: Sequence[Article], now: datetime) -> datetime:
    """The date of the newest of these articles; now, unless each of them has one."""
    return max(min(each.published or now, now) for each in fresh)
