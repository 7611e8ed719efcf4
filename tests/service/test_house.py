"""The house before it is open, and orders where nobody can obey."""

from __future__ import annotations

import asyncio

import pytest

from tests.service.scene import Scene
from watcher.service.orders import listening
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
