"""Dates of sources and looks at them, with lists as sources and a real store and scheduler."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.fakes import ListSource
from tests.service.scene import Scene, article, now, play, scene, until
from watcher.errors import StoreError
from watcher.feeds import first_state
from watcher.service import look as module
from watcher.service.look import Look, look
from watcher.service.lookout import Lookout
from watcher.service.schedule import Schedule
from watcher.source import Health, SourceState
from watcher.store import Store

HOUR = timedelta(hours=1)


class Watched:
    """A lookout on its schedule."""

    def __init__(self, played: Scene) -> None:
        self.woken: list[str] = []
        self.faults: list[BaseException] = []
        self.schedule = Schedule(lambda: None, HOUR)
        self.lookout = Lookout(played.house, self.schedule, self.woken.append, self.faults.append)
        self.schedule.start()

    async def stop(self) -> None:
        self.schedule.stop()
        await self.lookout.stop()


async def look_at(source: ListSource, played: Scene, woken: list[str] | None = None) -> Look:
    state = first_state(source.key, source.name, now())
    return await look(source, state, played.house, (woken if woken is not None else []).append)


def test_a_look_takes_in_what_is_new_and_wakes_the_channels() -> None:
    async def act() -> None:
        async with scene() as played:
            source, woken = ListSource(looks=[(article(1), article(2)), (article(1),)]), []
            done = await look_at(source, played, woken)
            assert (done.new, done.alerts, woken) == (2, 2, ["list"])
            assert done.state.last_new is not None
            (stored,) = (await played.house.do(Store.source_states)).values()
            assert (stored.health, stored.key) == (Health.OK, "list")
            assert [e["entity"] for e in played.logged("alerted")] == ["qasem", "qasem"]
            assert [e["new"] for e in played.logged("looked")] == [2]
            again = await look(source, done.state, played.house, woken.append)
            assert (again.new, again.alerts, woken) == (0, 0, ["list"])

    play(act)


def test_a_long_look_is_recorded_in_portions_and_the_state_with_the_last() -> None:
    async def act() -> None:
        async with scene() as played:
            source = ListSource(looks=[tuple(article(number) for number in range(50))])
            done = await look_at(source, played)
            assert (done.new, done.alerts) == (50, 50)
            assert list(await played.house.do(Store.source_states)) == ["list"]

    play(act)


def test_a_fault_of_ours_is_remembered_and_told_and_the_next_look_is_later() -> None:
    async def act() -> None:
        async with scene() as played:
            done = await look_at(ListSource(looks=[ZeroDivisionError("by zero")]), played)
            assert done.state.health is Health.FAULTY
            assert "ZeroDivisionError: by zero" in done.state.reason
            assert done.state.due > now()
            assert (await played.house.do(Store.source_states))["list"].failures == 1
            assert "trace" in played.logged("look_failed")[0]
            assert played.logged("health")[0]["now"] == "faulty"

    play(act)


def test_what_cannot_be_recorded_is_looked_at_again_soon_as_if_never_seen() -> None:
    class Full(Store):
        def record(self, *_: object) -> tuple[str, ...]:
            raise StoreError("the disk is full")

    async def act() -> None:
        async with scene(lambda: Full.open(Path(":memory:"))) as played:
            source = ListSource(looks=[(article(),)])
            done = await look_at(source, played)
            assert replace(done.state, due=now()).health is Health.NEW
            assert done.unrecorded == "the disk is full"
            assert now() < done.state.due <= now() + module.PATIENCE
            assert played.logged("store_failed")[0]["source"] == "List"

    play(act)


def test_a_fault_is_remembered_though_it_cannot_be_recorded() -> None:
    class Full(Store):
        def settle(self, state: SourceState) -> None:
            raise StoreError("the disk is full")

    async def act() -> None:
        async with scene(lambda: Full.open(Path(":memory:"))) as played:
            done = await look_at(ListSource(looks=[KeyError("x")]), played)
            assert done.state.failures == 1
            assert played.logged("store_failed")

    play(act)


@pytest.mark.parametrize(
    ("was", "level"), [(Health.GONE, "info"), (Health.NEW, None), (Health.OK, None)]
)
def test_a_change_of_health_is_told_once(was: Health, level: str | None) -> None:
    async def act() -> None:
        async with scene() as played:
            source = ListSource()
            state = replace(first_state("list", "List", now()), health=was)
            done = await look(source, state, played.house, print)
            await look(source, done.state, played.house, print)
            told = [(e["level"], e["was"], e["now"]) for e in played.logged("health")]
            assert told == ([(level, was.value, "ok")] if level else [])

    play(act)


def test_a_source_is_looked_at_when_it_is_due_again_and_again_and_never_twice_at_once() -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            source = ListSource(every=timedelta(milliseconds=10))
            watched.lookout.follow([source], {})
            await until(lambda: len(source.seen) >= 4)
            await watched.stop()
            assert source.busiest == 1
            assert watched.faults == []

    play(act)


def test_a_restart_looks_at_nothing_early() -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            early, late = ListSource("early"), ListSource("late", name="New name")
            stored = {
                "early": first_state("early", "List", now() - HOUR),
                "late": first_state("late", "Old name", now() + HOUR),
            }
            watched.lookout.follow([early, late], stored)
            await until(lambda: early.seen)
            assert late.seen == []
            assert watched.schedule.next() is not None
            await watched.stop()

    play(act)


@pytest.mark.parametrize(
    ("failures", "last_look", "moved"),
    [(0, now(), True), (3, now(), False), (0, None, False)],
    ids=["well", "failing", "never"],
)
def test_a_shorter_interval_counts_at_once_unless_the_host_asked_for_patience(
    failures: int, last_look: datetime | None, *, moved: bool
) -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            due, source = now() + 24 * HOUR, ListSource(every=HOUR)
            state = SourceState(
                key="list",
                name="List",
                due=due,
                failures=failures,
                last_look=last_look,
            )
            watched.lookout.follow([source], {"list": state})
            planned = watched.schedule.next()
            assert planned
            assert (planned < due) == moved
            await watched.stop()

    play(act)


def test_sources_that_leave_are_let_go_and_those_that_stay_keep_their_memory() -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            gate = asyncio.Event()
            stays, leaves = ListSource("stays"), ListSource("leaves", gate=gate)
            watched.lookout.follow([stays, leaves], {})
            await until(lambda: stays.seen and leaves.seen)
            watched.lookout.follow([stays], {})
            gate.set()
            await until(lambda: not leaves._busy)
            await asyncio.sleep(0.02)
            assert (stays.closed, leaves.closed) == (False, True)
            assert list(watched.lookout.sources) == ["stays"]
            planned = watched.schedule.next()
            assert planned
            assert planned > now() + timedelta(minutes=10)
            await watched.stop()

    play(act)


def test_a_source_that_changed_while_it_was_looked_at_is_planned_when_the_look_ends() -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            gate = asyncio.Event()
            before, after = ListSource(gate=gate), ListSource(every=timedelta(milliseconds=10))
            watched.lookout.follow([before], {})
            await until(lambda: before.seen)
            watched.lookout.follow([after], {})
            assert watched.schedule.next() is None
            gate.set()
            await until(watched.schedule.next)
            await watched.stop()

    play(act)


def test_stopping_drops_what_is_being_looked_at() -> None:
    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            source = ListSource(gate=asyncio.Event(), looks=[(article(),)])
            watched.lookout.follow([source], {})
            await until(lambda: source.seen)
            await watched.stop()
            assert await played.house.do(Store.source_states) == {}
            assert watched.faults == []

    play(act)


def test_a_look_that_breaks_is_told_of() -> None:
    class Absurd(ListSource):
        @property
        def every(self) -> timedelta:  # type: ignore[override]
            raise KeyError("every")

        @every.setter
        def every(self, value: timedelta) -> None:
            pass

    async def act() -> None:
        async with scene() as played:
            watched = Watched(played)
            source = Absurd(looks=[ZeroDivisionError()])
            watched.lookout.follow([source], {"list": first_state("list", "List", now())})
            await until(lambda: watched.faults)
            assert isinstance(watched.faults[0], KeyError)
            await watched.stop()

    play(act)


def test_the_operator_hears_of_a_source_that_fails_for_long_and_when_it_is_read_again() -> None:
    async def act() -> None:
        async with scene() as played:
            played.house.admin = ("screen",)
            source, woken = ListSource(looks=[KeyError("x")] * 4), []
            state = first_state(source.key, source.name, now())
            for _ in range(6):
                state = (await look(source, state, played.house, woken.append)).state
            assert woken == ["screen", "screen"]

    play(act)


def test_what_cannot_be_told_of_a_source_is_told_in_the_log() -> None:
    class Full(Store):
        def healed(self, *_: object) -> tuple[str, ...]:
            raise StoreError("the disk is full")

    async def act() -> None:
        async with scene(lambda: Full.open(Path(":memory:"))) as played:
            state = replace(first_state("list", "List", now()), failures=1)
            done = await look(ListSource(), state, played.house, print)
            assert done.state.health is Health.OK
            assert played.logged("store_failed")[0]["source"] == "List"

    play(act)


def test_a_source_does_not_wait_for_a_clock_that_was_set_back() -> None:
    async def act() -> None:
        async with scene() as played:
            watched, source = Watched(played), ListSource(every=HOUR)
            watched.lookout.follow([source], {})
            soon = now() + HOUR / 2
            await until(lambda: (watched.schedule.next() or soon) > soon)
            planned = watched.schedule.next()
            watched.lookout.reckon()
            assert watched.schedule.next() == planned
            back = now() - 3 * HOUR
            played.house.world = replace(played.world, clock=lambda: back)
            watched.lookout.reckon()
            assert back < watched.schedule.next() <= back + HOUR
            await watched.stop()

    play(act)


def test_a_source_that_was_looked_at_in_the_future_is_looked_at_when_it_should_be() -> None:
    async def act() -> None:
        async with scene() as played:
            watched, source, later = Watched(played), ListSource(), now() + 9000 * HOUR
            state = first_state(source.key, source.name, later)
            state = replace(state, last_look=later, due=later + HOUR)
            watched.lookout.follow([source], {source.key: state})
            assert now() < watched.schedule.next() <= now() + HOUR
            await watched.stop()

    play(act)
