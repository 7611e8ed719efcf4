"""Looking again at the articles of late for entities that are watched only since now.

It is done beside the watch, a portion of articles at a time, so that news never waits for it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from typing import TypeVar

from watcher.errors import StoreError
from watcher.pipeline import PORTION, Taken, look_back
from watcher.service.house import House
from watcher.service.look import tell_taken
from watcher.store import LookBack, Store, Stored
from watcher.watchlist import Rulebook, read_items

T = TypeVar("T")

PATIENCE = timedelta(seconds=30)
"""After so long what the store could not do is tried again: it may be full."""


def newcomers(before: Rulebook, now: Rulebook) -> frozenset[str]:
    """The entities that were not watched before, and those that have a name they had not."""
    return frozenset(
        entity.id
        for entity in now.watchlist
        if entity.id not in before.watchlist
        or not {*entity.names, *entity.weak, *entity.short}
        <= {*(was := before.watchlist[entity.id]).names, *was.weak, *was.short}
    )


def newcomers_since(store: Store, now: Rulebook) -> frozenset[str]:
    """The analysts' own entities that were not watched when the last daemon ended."""
    reign = store.reigns.in_force()
    if reign is None or not reign.files:
        return frozenset()
    known = {item.name for item in read_items(reign.files) if item.what == "entity"}
    return frozenset(e.id for e in now.watchlist if not e.origin and e.id not in known)


class Retrospect:
    """Looks back, for one set of entities after the other.

    Args:
        house: with the store.
        wake: told the name of each channel for which there is something new to send.
        on_fault: told what ended a look back that should never end so.
    """

    def __init__(
        self,
        house: House,
        wake: Callable[[str], None],
        on_fault: Callable[[BaseException], None],
    ) -> None:
        self._house = house
        self._wake = wake
        self._on_fault = on_fault
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()

    def begin(self, entities: Collection[str], span: timedelta | None) -> None:
        """Look for these in what was first seen within a span before now; None looks at nothing."""
        if span is None or not entities:
            return
        until = self._house.world.clock()
        self._start(self._look_first(entities, until - span, until))

    def resume(self, span: timedelta | None) -> None:
        """Go on with what was not ended before the last stop; None forgets it."""
        self._start(self._resume(forgets=span is None))

    def stop(self) -> None:
        """Look back no more; what is left is gone on with at the next start."""
        for task in self._tasks:
            task.cancel()

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            self._on_fault(error)

    def _start(self, looking: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(looking, name="look back")
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    async def _look_first(
        self, entities: Collection[str], since: datetime, until: datetime
    ) -> None:
        await self._look(await self._do(lambda store: store.errands.add(entities, since, until)))

    async def _resume(self, *, forgets: bool) -> None:
        for errand in await self._do(lambda store: store.errands.all()):
            if forgets:
                await self._do(partial(_end, errand.number))
            else:
                await self._look(errand)

    async def _look(self, errand: LookBack) -> None:
        house, entities, until = self._house, errand.entities, errand.until
        async with self._turn:
            articles = alerts = 0
            at, last = errand.since, ""
            while shelved := await self._do(partial(_portion, at, until, last)):
                articles += len(shelved)
                alerts += len(tell_taken(await self._take(shelved, entities), house, self._wake))
                if shelved[-1].first_seen != at:
                    at = shelved[-1].first_seen
                    await self._do(partial(_go_on, errand.number, at))
                last = shelved[-1].article.id
            await self._do(partial(_end, errand.number))
            house.log.info(
                "looked_back",
                entities=len(entities),
                since=errand.since,
                articles=articles,
                alerts=alerts,
            )

    async def _take(self, shelved: Sequence[Stored], entities: Collection[str]) -> Taken:
        knowledge, now = self._house.knowledge, self._house.world.clock()
        return await self._do(lambda store: look_back(store, shelved, entities, knowledge, now))

    async def _do(self, step: Callable[[Store], T]) -> T:
        """The result of a step, tried again as long as the store cannot do it."""
        while True:
            try:
                return await self._house.do(step)
            except StoreError as error:
                self._house.tell_store_failed(error, what="look_back")
                await asyncio.sleep(PATIENCE.total_seconds())


def _go_on(number: int, since: datetime, store: Store) -> None:
    store.errands.go_on(number, since)


def _end(number: int, store: Store) -> None:
    store.errands.end(number)


def _portion(since: datetime, until: datetime, last: str, store: Store) -> tuple[Stored, ...]:
    """The next articles; read anew each time, for the store may have failed in between."""
    return tuple(islice(store.shelf(since, until, last), PORTION))
