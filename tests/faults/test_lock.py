"""A database that another program locks for longer than we wait: told once, and nothing lost."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.fakes import ListChannel
from tests.service.scene import play, scene, until
from watcher.service import courier as module
from watcher.service.courier import Courier
from watcher.store import PATIENCE, Standing, Store


def test_a_lock_is_waited_for_half_a_minute() -> None:
    assert timedelta(seconds=30) == PATIENCE
    with Store.open(Path(":memory:")) as store:
        (row,) = store._database.read("PRAGMA busy_timeout")
    assert row == {"timeout": 30_000}


def test_a_lock_that_outlasts_our_patience_is_told_once_and_nothing_is_sent_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", timedelta(seconds=0.01))
    database, patience = tmp_path / "w.db", timedelta(seconds=0.02)

    class Locking(ListChannel):
        """Somebody locks the database just while a message is under way."""

        async def send(self, *args: object) -> str:
            other.execute("BEGIN IMMEDIATE")
            return await super().send(*args)  # type: ignore[arg-type]

    async def act() -> None:
        async with scene(lambda: Store.open(database, patience=patience)) as played:
            await played.raise_alerts(1)
            channel = Locking()
            courier = Courier(channel, played.house)
            run = asyncio.create_task(courier.run())
            await until(lambda: len(played.logged("store_failed")) > 3)
            told = [e for e in played.logged("store_failed") if e["level"] == "error"]
            assert len(told) == 1
            assert "is locked by another program; stop that program" in told[0]["reason"]
            other.execute("ROLLBACK")

            def stands() -> Standing:
                with Store.open(database) as store:
                    return store.outbox()[0].standing

            await until(lambda: stands() is Standing.DELIVERED)
            courier.leave()
            await run
            assert len(channel.sent) == 1

    with closing(sqlite3.connect(database, isolation_level=None)) as other:
        play(act)
