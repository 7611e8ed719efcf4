"""What a look at a source gives, and how its memory changes by it: the same for every kind."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from watcher.article import Article
from watcher.errors import FeedError
from watcher.feeds.pace import Pace, after_failure, after_rest, after_success, worded
from watcher.source import Health, SourceState

# Doublings of the wait ahead of other failures: these hosts want fewer visits, not more.
HEAD_START = {Health.BLOCKED: 2, Health.GONE: 2}


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a look gave; a failed look is one too.

    Attributes:
        articles: what was read, in the source's order, known or not; empty if nothing changed.
        state: the memory of the source from now on; to be stored together with the articles.
        note: what happened, in words for a log; "" if nothing worth a line.
        pace: how to reckon the next look once it is known what was new; None if that has no say.
        doubts: what of the articles was not understood, a line of a log each.
    """

    articles: tuple[Article, ...]
    state: SourceState
    note: str = ""
    pace: Pace | None = None
    doubts: tuple[str, ...] = ()


def first_state(key: str, name: str, now: datetime) -> SourceState:
    """The memory of a source never looked at; it is due at once."""
    return SourceState(key=key, name=name, due=now)


@dataclass(frozen=True, slots=True)
class Partly:
    """Why what came could be read in part only.

    Attributes:
        reason: in words.
        health: what it is called.
    """

    reason: str
    health: Health = Health.GARBLED


def settle(
    state: SourceState,
    now: datetime,
    due: datetime,
    because: str = "",
    *,
    partly: Partly | None = None,
) -> SourceState:
    """The memory after a look that went well.

    Args:
        state: before it.
        now: when it was.
        due: when to look next.
        because: why then, in words.
        partly: why not all that came could be read; None if it could.
    """
    health = partly.health if partly else Health.OK
    return replace(
        state,
        due=due,
        because=because,
        health=health,
        reason=partly.reason if partly else "",
        since=_since(state, health, now),
        failures=0,
        last_look=now,
        last_ok=now,
    )


def give_up(
    state: SourceState, now: datetime, every: timedelta, jitter: float, error: FeedError
) -> Fetched:
    """The memory after a look that failed: the validators stay, and the next look is later."""
    health = Health(error.state)
    failures = state.failures + 1
    slow = failures + HEAD_START.get(health, 0)
    failed = replace(
        state,
        due=after_failure(now, every, jitter, slow, error.retry_after),
        because=_patience(failures, error.retry_after),
        health=health,
        reason=str(error),
        since=_since(state, health, now),
        failures=failures,
        last_look=now,
    )
    return Fetched((), failed, str(error))


def put_off(state: SourceState, now: datetime, rest: timedelta, jitter: float) -> Fetched:
    """The memory when there was no look, because the host asked all its feeds for rest."""
    due, because = after_rest(now, rest, jitter), f"its host asks for {worded(rest)} of rest"
    return Fetched((), replace(state, due=due, because=because), f"not asked: {because}")


def miss(
    state: SourceState, now: datetime, every: timedelta, jitter: float, error: FeedError
) -> Fetched:
    """As `give_up`, for a place on this machine, which is tried again at its interval.

    No host is to be spared there, and a disk that is away for an hour may come back any time.
    """
    failed = give_up(state, now, every, jitter, error)
    due, because = after_success(now, every, jitter), f"every {worded(every)}"
    return replace(failed, state=replace(failed.state, due=due, because=because))


def _patience(failures: int, asked: timedelta | None) -> str:
    """Why a source that failed is looked at when it is."""
    if asked:
        return f"it asks for {worded(asked)}"
    return "it failed" if failures == 1 else f"it failed {failures} times in a row"


def _since(state: SourceState, health: Health, now: datetime) -> datetime:
    """When the source came to be as it is."""
    return state.since if state.since is not None and state.health is health else now
