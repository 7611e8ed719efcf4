"""Dates on the real scheduler: a few hundredths of a second, waited for by condition."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue

from watcher.service.schedule import TICK, Schedule

HOUR = timedelta(hours=1)


def now() -> datetime:
    return datetime.now(UTC)


def nothing() -> None:
    """A tick that only keeps the scheduler awake."""


def run(scene: Callable[[Schedule], object], tick: Callable[[], None] = nothing) -> None:
    async def play() -> None:
        schedule = Schedule(tick, timedelta(seconds=0.02) if tick is not nothing else HOUR)
        schedule.start()
        try:
            async with asyncio.timeout(5):
                await scene(schedule)  # type: ignore[misc]
        finally:
            schedule.stop()

    asyncio.run(play())


def test_a_date_that_has_passed_is_kept_at_once_and_once() -> None:
    async def scene(schedule: Schedule) -> None:
        done, later, kept = asyncio.Event(), asyncio.Event(), []

        def act() -> None:
            kept.append(now())
            done.set()

        schedule.set("feed", now() - timedelta(days=3), act)
        await done.wait()
        schedule.set("later", now() + timedelta(milliseconds=30), later.set)
        await later.wait()
        assert (len(kept), schedule.next()) == (1, None)

    run(scene)


def test_a_key_has_one_date_the_last_one_set() -> None:
    async def scene(schedule: Schedule) -> None:
        due = now() + HOUR
        schedule.set("feed", now() + 2 * HOUR, nothing)
        schedule.set("feed", due, nothing)
        schedule.set("other", due + HOUR, nothing)
        assert schedule.next() == due
        schedule.drop("feed")
        schedule.drop("never set")
        assert schedule.next() == due + HOUR

    run(scene)


def test_an_act_may_set_its_own_next_date_at_once_many_times() -> None:
    async def scene(schedule: Schedule) -> None:
        done, count = asyncio.Event(), 0

        def act() -> None:
            nonlocal count
            count += 1
            if count == 20:
                done.set()
            else:
                schedule.set("feed", now(), act)

        schedule.set("feed", now(), act)
        await done.wait()
        assert count == 20

    run(scene)


def test_the_tick_comes_again_and_again() -> None:
    ticks: SimpleQueue[str] = SimpleQueue()

    async def scene(schedule: Schedule) -> None:
        for _ in range(3):
            await asyncio.to_thread(ticks.get, timeout=5)
        assert schedule.next() is None

    run(scene, lambda: ticks.put("tick"))


def test_the_tick_comes_again_though_the_clock_was_set_back() -> None:
    ticks: SimpleQueue[str] = SimpleQueue()

    async def scene(schedule: Schedule) -> None:
        schedule.set(TICK, now() + HOUR, nothing)  # as a clock that was an hour ahead left it
        for _ in range(2):
            await asyncio.to_thread(ticks.get, timeout=5)

    run(scene, lambda: ticks.put("tick"))


def test_after_the_end_nothing_is_done_that_was_due() -> None:
    async def scene(schedule: Schedule) -> None:
        ended, acts = asyncio.Event(), []

        def end() -> None:
            acts.append("end")
            schedule.stop()
            ended.set()

        due = now()
        schedule.set("one", due, end)
        schedule.set("two", due, lambda: acts.append("two"))
        await ended.wait()
        await asyncio.sleep(0)
        assert acts == ["end"]

    run(scene)
