"""Once a day, what is old is forgotten, in small steps between which everybody has his turn."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta

from watcher.config import KeepSettings
from watcher.errors import StoreError
from watcher.service.house import House
from watcher.store import Forgotten

FIRST = timedelta(minutes=10)
"""After the start, which has enough to do."""

EVERY = timedelta(days=1)

STEP = 200
"""Rows of each kind in one step: some tens of milliseconds, so that no message waits for it."""

PAUSE = timedelta(seconds=0.1)


class Upkeep:
    """Keeps the record from growing for ever.

    Args:
        house: with the store.
        keep: how long things are kept, whenever it is asked.
    """

    def __init__(self, house: House, keep: Callable[[], KeepSettings]) -> None:
        self._house = house
        self._keep = keep

    async def run(self) -> None:
        """Forget what is old, every day."""
        await asyncio.sleep(FIRST.total_seconds())
        while True:
            try:
                await self.clear()
            except StoreError as error:
                self._house.tell_store_failed(error, what="upkeep")
            await asyncio.sleep(EVERY.total_seconds())

    async def clear(self) -> None:
        """Forget all that is old now.

        Raises:
            StoreError: the store cannot; what was forgotten before is.
        """
        house, keep, total = self._house, self._keep(), Forgotten()
        now = house.world.clock()
        articles = now - keep.articles if keep.articles else None
        # What a rule with a longer cool-down still compares with must stay.
        recalled = 2 * max((r.cool_down for r in house.knowledge.rulebook.rules), default=PAUSE)
        alerts = now - max(keep.alerts, recalled) if keep.alerts else None
        while some := await house.do(lambda store: store.attic.clear(now, articles, alerts, STEP)):
            total += some
            await asyncio.sleep(PAUSE.total_seconds())
        if total:
            told = {"articles": total.articles, "alerts": total.alerts, "others": total.others}
            house.log.info("forgot", **told)
