"""What becomes of a delivery that failed: when it is tried again, and when it is given up.

Pure: attempts and answers in, a decision with its reason out. The state is in the store.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from watcher.errors import DeliveryError

SCHEDULE = (
    timedelta(0),
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
"""How long each attempt waits after the one before: the example of Standard Webhooks 1.0.0.
Ten attempts over about 75 hours, so that a broken receiver may stay broken for a weekend."""

LONGEST = timedelta(days=1)
SPREAD = 0.1
"""A wait grows by up to a tenth, by chance, so that a healed receiver is not met by all at once."""


@dataclass(frozen=True, slots=True)
class Retry:
    """Try again.

    Attributes:
        at: not before this time, aware, in UTC.
        reason: what went wrong, for the log and `watcher outbox`.
        asked: the receiver wants nothing before this time; None if it did not say.
    """

    at: datetime
    reason: str
    asked: datetime | None = None


@dataclass(frozen=True, slots=True)
class GiveUp:
    """Put it among the dead letters, where people see it and can send it again.

    Attributes:
        reason: what went wrong, for people.
        suspend: send nothing else to this channel either until somebody looks at it.
    """

    reason: str
    suspend: bool = False


def after_failure(
    attempts: int,
    error: DeliveryError,
    now: datetime,
    jitter: float,
    planned: datetime | None = None,
) -> Retry | GiveUp:
    """Decide what to do after an attempt that failed.

    A receiver that asks for time gets at least that (but never more than a day and the jitter),
    and never less than the schedule: many short waits would use up the attempts in a minute.

    Args:
        attempts: tries so far, this one included; at least 1.
        error: how it failed.
        now: aware, in UTC.
        jitter: 0.0 to 1.0; it only ever lengthens the wait.
        planned: when the schedule wants the next try, if this one was beside it: then it uses up
            nothing, and the schedule goes on as if it had not been made.
    """
    if error.permanent or error.suspend:
        return GiveUp(str(error), suspend=error.suspend)
    wait = min(error.retry_after or timedelta(0), LONGEST)
    asked = now + wait if error.retry_after else None
    if planned:
        return Retry(max(planned, asked or planned), str(error), asked)
    if attempts >= len(SCHEDULE):
        return GiveUp(f"{attempts} attempts failed; the last: {error}")
    return Retry(now + max(SCHEDULE[attempts], wait) * (1 + SPREAD * jitter), str(error), asked)
