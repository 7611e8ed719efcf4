"""A list of feeds as a source: it brings no articles, and tells when its feeds are others.

So a list that is away or broken is a source in trouble like any other: it is tried again at its
interval, and its feeds are followed as soon as it can be read.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from watcher.alerts import amount
from watcher.errors import FeedError
from watcher.feeds import Fetched, Opml, after_success, read_opml
from watcher.feeds.look import miss, settle
from watcher.feeds.settings import OpmlSource
from watcher.service.known import Called, Known
from watcher.service.worker import Worker
from watcher.source import SourceState

Renew = Callable[[], Awaitable[None]]
"""What is done when a list has changed."""

Clock = Callable[[], datetime]
"""The time, aware, in UTC."""


@dataclass(frozen=True, slots=True)
class Listed(Called[OpmlSource]):
    """A list of feeds as it was read last; its feeds have its interval.

    Attributes:
        settings: what the operator's file says of it.
        opml: what it holds; nothing if it could not be read yet.
    """

    settings: OpmlSource
    opml: Opml


class FeedList(Known[Listed]):
    """A list of feeds, read in a thread of its own.

    Args:
        settings: the list whose feeds are followed.
        renew: called when it is found to be another.
    """

    def __init__(self, settings: Listed, renew: Renew) -> None:
        super().__init__(settings)
        self._renew = renew
        self._worker = Worker(f"list {settings.name}")

    async def look(self, state: SourceState, clock: Clock, jitter: float) -> Fetched:
        """Read the list again; while that cannot be, its feeds go on as they were."""
        try:
            opml = await self._worker.do(read_opml, self.settings.settings.path)
        except FeedError as error:
            return miss(state, clock(), self.every, jitter, error)
        if opml != self.settings.opml:
            await self._renew()
        now = clock()
        note = f"lists {amount(len(opml.feeds), 'feed')}"
        return Fetched((), settle(state, now, after_success(now, self.every, jitter)), note)

    def close(self) -> None:
        """Let the thread end."""
        self._worker.close()
