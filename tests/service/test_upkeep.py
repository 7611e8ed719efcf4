"""Every day, what is old is forgotten, whatever else goes on."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests import news
from tests.service.scene import KNOWLEDGE, article, now, play, scene, until
from watcher.alerts import Dossier
from watcher.config import KeepSettings
from watcher.pipeline import take_in
from watcher.service import upkeep as module
from watcher.service.upkeep import Upkeep
from watcher.store import Store, Wanted

DAY = timedelta(days=1)
AGO = timedelta(days=2000)


def remember(store: Store) -> None:
    """Three old articles without an alert, an old alert that arrived, and a new one that waits."""
    old = [Dossier(article=news.article(number), mentions=()) for number in range(10, 13)]
    store.record(old, None, now() - AGO)
    take_in(store, [article(1)], None, KNOWLEDGE, now() - AGO)
    store.delivered(store.outbox()[0].key, now() - AGO, "200 ok")
    take_in(store, [article(2)], None, KNOWLEDGE, now())


def test_what_is_old_is_forgotten_in_steps_and_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STEP", 2)
    monkeypatch.setattr(module, "PAUSE", timedelta(0))

    async def act() -> None:
        async with scene() as played:
            await played.house.do(remember)
            await Upkeep(played.house, KeepSettings).clear()
            (line,) = played.logged("forgot")
            assert (line["articles"], line["alerts"]) == (4, 1)
            left = await played.house.do(lambda store: store.alerts(Wanted()))
            assert [filed.alert.article.id for filed in left] == ["a2"]
            await Upkeep(played.house, KeepSettings).clear()
            assert len(played.logged("forgot")) == 1

    play(act)


def test_what_is_kept_for_ever_stays() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.house.do(remember)
            await Upkeep(played.house, lambda: KeepSettings(articles=None, alerts=None)).clear()
            assert played.logged("forgot") == []

    play(act)


def test_it_runs_again_after_the_store_has_failed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FIRST", "EVERY", "PAUSE"):
        monkeypatch.setattr(module, name, timedelta(seconds=0.02))
    database = tmp_path / "w.db"

    async def act() -> None:
        patience = timedelta(seconds=0.01)
        async with scene(lambda: Store.open(database, patience=patience)) as played:
            await played.house.do(remember)
            run = asyncio.create_task(Upkeep(played.house, KeepSettings).run())
            with closing(sqlite3.connect(database, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                await until(lambda: played.logged("store_failed"))
                assert played.logged("store_failed")[0]["what"] == "upkeep"
                other.execute("ROLLBACK")
            await until(lambda: played.logged("forgot"))
            run.cancel()

    play(act)
