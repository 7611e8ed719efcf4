"""When things are done: the only module that knows APScheduler.

Each key has at most one date; whoever acts on it sets the next one when done, so nothing overlaps
and nothing piles up. A date that was missed, because the machine slept or was busy, is kept as
soon as possible, once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from apscheduler.executors.base import BaseExecutor
from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

NEVER = datetime(9999, 1, 1, tzinfo=UTC)
Act = Callable[[], None]
TICK = "tick"  # a key that no source can have: sources have addresses or paths


class Schedule:
    """Dates in wall-clock time, each with an act, on the running event loop.

    Args:
        tick: an act done again and again. Besides its own purpose it makes the scheduler look at
            the wall clock, whose leaps (sleep, a corrected clock) no timer notices.
        every: the time between two ticks, on a clock that never leaps.
    """

    def __init__(self, tick: Act, every: timedelta) -> None:
        self._scheduler = AsyncIOScheduler(
            timezone=UTC,
            executors={"default": _Here()},
            # A key's date may be set anew while its act is still being booked as done.
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 8},
        )
        self._acts: dict[str, Act] = {}
        self._tick, self._every = tick, every.total_seconds()
        self._timer: asyncio.TimerHandle | None = None

    def start(self) -> None:
        """Begin; dates that have passed are kept at once."""
        self._scheduler.start()
        self._wind()

    def _wind(self) -> None:
        """Have the scheduler tick after a while, now by the wall clock of then.

        A date set for then would lie far ahead if the clock were set back meanwhile.
        """
        self._timer = asyncio.get_running_loop().call_later(self._every, self._strike)

    def _strike(self) -> None:
        self.set(TICK, datetime.now(UTC), self._tick)
        self._wind()

    def stop(self) -> None:
        """Keep no more dates; acts that have begun are not touched."""
        self._acts.clear()
        if self._timer:
            self._timer.cancel()
        if self._scheduler.running:  # the order to stop may come before the start is done
            self._scheduler.shutdown(wait=False)

    def set(self, key: str, when: datetime, act: Act) -> None:
        """Do the act at this aware time, instead of what the key had before."""
        if key in self._acts:
            self._scheduler.modify_job(key, next_run_time=when)
        else:
            self._scheduler.add_job(self._keep, _Set(), (key,), id=key, next_run_time=when)
        self._acts[key] = act

    def drop(self, key: str) -> None:
        """Forget the key's date, if it has one."""
        if self._acts.pop(key, None):
            self._scheduler.remove_job(key)

    def next(self) -> datetime | None:
        """The next date, aware, in UTC; None if there is none. Ticks do not count."""
        dates = (job.next_run_time for job in self._scheduler.get_jobs() if job.id != TICK)
        return min((date for date in dates if date < NEVER), default=None)

    def _keep(self, key: str) -> None:
        if act := self._acts.get(key):
            act()


class _Set(BaseTrigger):  # type: ignore[misc]
    """A date that is set from outside, and has passed once it was kept.

    The job of a key then stays from date to date: to make a new one each time, APScheduler reads
    the signature of its function, which was a tenth of what a poll cost.
    """

    def get_next_fire_time(self, _: datetime | None, __: datetime) -> datetime:
        """None, until it is set."""
        return NEVER


class _Here(BaseExecutor):  # type: ignore[misc]
    """Acts on the event loop itself: they begin something and are done."""

    def _do_submit_job(self, job: Job, _: list[datetime]) -> None:
        asyncio.get_running_loop().call_soon(self._run, job)

    def _run(self, job: Job) -> None:
        try:
            job.func(*job.args)
        finally:
            self._run_job_success(job.id, [])
