"""The pages of articles: fetched one after another behind the looks, from the queue on record.

What a feed itself says was matched when it was read, so no alert waits for a page; what only the
page says is told when it comes. The queue is on record: what was wanted when the program died is
fetched at the next start, and what was read is never fetched again.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit

from watcher.errors import FeedError, StoreError
from watcher.feeds import PageReader
from watcher.pipeline import take_page
from watcher.service.house import House
from watcher.service.look import tell_taken
from watcher.source import Health
from watcher.store import Wish

EAR = timedelta(seconds=1)
"""How soon a page that is wanted is noticed."""

AT_ONCE = 8
"""Pages fetched at the same time over all hosts, so that feeds have most of the line."""

HOURLY = 120
"""Pages of one host in an hour."""

HOUR = timedelta(hours=1)

PATIENCE = timedelta(days=1)
"""A page that could not have its turn for so long is no news any more."""

AGAIN = (timedelta(minutes=10), timedelta(hours=1), timedelta(hours=6))
"""When a page is tried again that could not be had."""

WORTH = frozenset({Health.SLOW, Health.UNREACHABLE})
"""Reasons that may pass."""


class Pager:
    """Fetches what is wanted, within a budget for each host.

    Args:
        house: with the store.
        wake: told the name of each channel for which there is something new to send.

    Attributes:
        reader: by which pages are fetched; None while no source asks for them.
        read: pages that were read so far.
        alerts: what was raised because of them.
    """

    def __init__(self, house: House, wake: Callable[[str], None]) -> None:
        self.reader: PageReader | None = None
        self.read = self.alerts = 0
        self._house = house
        self._wake = wake
        self._rations: dict[str, _Ration] = {}
        self._reading: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Fetch what is wanted, until cancelled."""
        while True:
            with suppress(StoreError):  # whoever needs the store will tell
                await self._begin()
            await asyncio.sleep(EAR.total_seconds())

    async def drain(self, bound: timedelta) -> None:
        """Fetch what is wanted now, but for so long only; the rest stays wanted."""
        with suppress(TimeoutError):
            async with asyncio.timeout(bound.total_seconds()):
                while await self._begin() or self._reading:
                    await asyncio.wait(self._reading.values(), return_when=asyncio.FIRST_COMPLETED)
        await self.stop()

    async def stop(self) -> None:
        """Fetch nothing any more; what was under way is still wanted."""
        reading = tuple(self._reading.values())
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)

    async def _begin(self) -> int:
        """Begin with what may be fetched now; how many pages that are.

        Raises:
            StoreError: the store cannot say what is wanted.
        """
        reader = self.reader
        if reader is None:
            return 0
        begun = 0
        for wish in await self._house.do(lambda store: store.pages.next(self._now())):
            host = urlsplit(wish.link).hostname or ""
            if len(self._reading) >= AT_ONCE:
                break
            if host not in self._reading and self._ration(host).take():
                task = asyncio.create_task(self._read(wish, host, reader), name=f"page {wish.link}")
                self._reading[host] = task
                task.add_done_callback(partial(self._ended, host))
                begun += 1
        return begun

    async def _read(self, wish: Wish, host: str, reader: PageReader) -> None:
        """Fetch one page and take it in. Whatever goes wrong is noted."""
        house = self._house
        try:
            await self._take(wish, host, reader)
        except FeedError as error:
            await self._leave(wish, host, str(error), _again(wish, error, self._now()))
        except StoreError as error:
            self._spare(wish, host, error)
        except Exception as error:  # noqa: BLE001 - one page's fault is not the others'
            house.log.error("page_failed", page=wish.link, error=error)  # noqa: TRY400 - our own
            reason = f"watcher failed to read it ({type(error).__name__}); please report this fault"
            await self._leave(wish, host, reason, None)

    async def _take(self, wish: Wish, host: str, reader: PageReader) -> None:
        house = self._house
        if self._now() - wish.asked > PATIENCE:
            raise FeedError("its turn did not come within a day", state=Health.FAULTY)
        text = await house.do(lambda store: store.pages.text_at(wish.link))
        if not text:
            text, delay = await reader.read(wish.link)
            self._ration(host).rest(delay)
        taken = await house.do(take_page, wish, text, house.knowledge, self._now())
        self.read += 1
        self.alerts += len(tell_taken(taken, house, self._wake))
        house.log.debug("page_read", page=wish.link, letters=len(text))

    async def _leave(self, wish: Wish, host: str, reason: str, until: datetime | None) -> None:
        try:
            await self._house.do(lambda store: store.pages.fail(wish.article, reason, until))
        except StoreError as error:
            self._spare(wish, host, error)
        self._house.log.info("page_left", page=wish.link, reason=reason, again=until)

    def _spare(self, wish: Wish, host: str, error: StoreError) -> None:
        """Ask a host for nothing while nothing can be noted: it would be the same page for ever."""
        self._ration(host).rest(AGAIN[0])
        self._house.tell_store_failed(error, source=wish.link)

    def _ended(self, host: str, task: asyncio.Task[None]) -> None:
        del task, self._reading[host]

    def _ration(self, host: str) -> _Ration:
        if host not in self._rations:
            self._rations = {name: each for name, each in self._rations.items() if each.counts}
            self._rations[host] = _Ration()
        return self._rations[host]

    def _now(self) -> datetime:
        return self._house.world.clock()


class _Ration:
    """What one host gives, on the event loop's clock."""

    def __init__(self) -> None:
        self._taken: deque[float] = deque(maxlen=HOURLY)
        self._free = 0.0

    @property
    def counts(self) -> bool:
        """Whether it still limits anything."""
        last = self._taken[-1] if self._taken else 0.0
        return max(last + HOUR.total_seconds(), self._free) > _clock()

    def take(self) -> bool:
        """Take one more, if there is one left."""
        now = _clock()
        is_spent = len(self._taken) == HOURLY and self._taken[0] + HOUR.total_seconds() > now
        if is_spent or self._free > now:
            return False
        self._taken.append(now)
        return True

    def rest(self, wait: timedelta) -> None:
        """Give none for so long."""
        self._free = max(self._free, _clock() + wait.total_seconds())


def _clock() -> float:
    return asyncio.get_running_loop().time()


def _again(wish: Wish, error: FeedError, now: datetime) -> datetime | None:
    """When a page is tried again; None for never."""
    if Health(error.state) not in WORTH or wish.tries >= len(AGAIN):
        return None
    return now + max(AGAIN[wish.tries], error.retry_after or timedelta(0))
