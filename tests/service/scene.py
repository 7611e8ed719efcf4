"""A house with an open store in memory, and a log that can be asked what happened."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests import news
from watcher.article import Article
from watcher.config import LogFormat, LogLevel
from watcher.match import compile_index
from watcher.pipeline import Knowledge, take_in
from watcher.service.house import House, World
from watcher.service.log import Masks, open_log
from watcher.store import Store

RULEBOOK = news.rulebook(news.rule(send_to=("list",)))
KNOWLEDGE = Knowledge(rulebook=RULEBOOK, index=compile_index(RULEBOOK.watchlist))


def now() -> datetime:
    return datetime.now(UTC)


def article(number: int = 1) -> Article:
    """An article that names somebody of the watchlist."""
    text = f"Report {number} says that Qasem Soleimani was there."
    return news.article(number, text=text, published=None)


class Scene:
    """A house and what it logs."""

    def __init__(self) -> None:
        self.written = io.StringIO()
        self.shown = io.StringIO()
        self.world = World(
            environ={}, stdout=self.shown, stderr=self.written, clock=now, chance=lambda: 0.0
        )
        masks = Masks()
        form, level = LogFormat.JSON, LogLevel.DEBUG
        log = open_log(self.written, masks, now=now, form=form, level=level)
        self.house = House(self.world, log, masks, KNOWLEDGE)

    @property
    def events(self) -> list[dict[str, Any]]:
        """What was logged."""
        return [json.loads(line) for line in self.written.getvalue().splitlines()]

    def logged(self, event: str) -> list[dict[str, Any]]:
        """What was logged under this word."""
        return [line for line in self.events if line["event"] == event]

    async def raise_alerts(self, count: int) -> None:
        """Record so many articles, each with one alert for the channel `list`."""
        articles = [article(number) for number in range(count)]
        await self.house.do(take_in, articles, None, KNOWLEDGE, now())


@asynccontextmanager
async def scene(make: Callable[[], Store] | None = None) -> AsyncIterator[Scene]:
    """A scene, until the block ends."""
    played = Scene()
    await played.house.open(make or (lambda: Store.open(Path(":memory:"))))
    try:
        yield played
    finally:
        await played.house.close()


async def until(condition: Callable[[], object], seconds: float = 5.0) -> None:
    """Wait for a condition, which must come true in this time."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - any condition, of any thread
            await asyncio.sleep(0.002)


def play(act: Callable[[], Awaitable[None]]) -> None:
    """Run a test's coroutine, for ten seconds at most."""

    async def bounded() -> None:
        async with asyncio.timeout(10):
            await act()

    asyncio.run(bounded())
