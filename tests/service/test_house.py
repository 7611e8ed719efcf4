"""The house before it is open, and orders where nobody can obey."""

from __future__ import annotations

import asyncio
import signal
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tests.service.scene import Scene, now
from watcher.errors import StoreError
from watcher.service.orders import listening
from watcher.service.schedule import Schedule
from watcher.store import Store


def test_a_store_that_is_not_open_cannot_be_asked() -> None:
    async def ask() -> None:
        await Scene().house.do(Store.source_states)

    with pytest.raises(RuntimeError, match="before it is open"):
        asyncio.run(ask())


def test_a_house_that_was_never_open_closes() -> None:
    asyncio.run(Scene().house.close())


def test_orders_are_taken_for_a_task_only() -> None:
    async def play() -> None:
        told: asyncio.Future[str] = asyncio.get_running_loop().create_future()

        def outside() -> None:
            try:
                with listening():
                    told.set_result("listening")
            except RuntimeError as error:
                told.set_result(str(error))

        asyncio.get_running_loop().call_soon(outside)
        assert await told == "orders are taken for a task"

    asyncio.run(play())


def test_a_part_that_breaks_during_the_end_does_not_cut_it_short() -> None:
    async def live() -> tuple[str, int | None]:
        with listening() as orders:
            try:
                orders.stop(signal.SIGTERM)
                await asyncio.sleep(60)
            except asyncio.CancelledError:
                orders.give_up()
                await asyncio.sleep(0)
            return orders.by, orders.code

    assert asyncio.run(live()) == ("SIGTERM", 0)


def test_a_schedule_that_never_started_stops() -> None:
    async def stop() -> None:
        Schedule(lambda: None, timedelta(seconds=1)).stop()

    asyncio.run(stop())


def test_a_trouble_of_the_store_that_goes_on_is_told_aloud_now_and_then() -> None:
    played, start, full = Scene(), now(), StoreError("the disk is full")
    minutes = iter([0, 1, 9, 11, 5, 6, 7])  # the clock was set back before the fifth

    def clock() -> datetime:
        return start + timedelta(minutes=next(minutes))

    played.house.world = replace(played.world, clock=clock)
    for _ in range(6):
        played.house.tell_store_failed(full, channel="list")
    played.house.tell_store_failed(StoreError("locked"))
    levels = [line["level"] for line in played.logged("store_failed")]
    assert levels == ["error", "debug", "debug", "error", "error", "debug", "error"]
