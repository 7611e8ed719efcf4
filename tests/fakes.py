"""Small stand-ins where two makers are natural: a list is a channel, and a list is a source."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watcher.alerts import Alert, Delivery
from watcher.article import Article
from watcher.feeds import Fetched
from watcher.feeds.look import settle
from watcher.source import SourceState


@dataclass
class ListChannel:
    """Keeps what it is sent; what it is given in `troubles` it raises first, one a send.

    Attributes:
        name: as the operator's file would call it.
        pace: least time between two sends.
        troubles: errors to raise, the first one first; None is a send that works.
        sent: each delivery that arrived, with its time.
        digest_over: more waiting alerts than this go as one digest; None for never.
        most: alerts that one digest takes.
    """

    name: str = "list"
    pace: timedelta = timedelta(0)
    troubles: list[Exception | None] = field(default_factory=list)
    sent: list[tuple[Delivery, datetime]] = field(default_factory=list)
    digest_over: int | None = None
    most: int = 100

    def room(self, alerts: Sequence[Alert]) -> int:
        """As many as it was made for."""
        return min(self.most, len(alerts))

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Keep it, or raise what is next."""
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append((delivery, now))
        return "kept"


@dataclass
class ListSource:
    """Brings the articles of `looks`, one list a look; an error there is raised instead.

    Attributes:
        key: what identifies it.
        name: what people call it.
        every: how long between two looks.
        looks: what is brought, the first one first; nothing when they are used up.
        gate: a look waits for it before it ends.
        full_text: whether pages are to be read too.
        seen: the state that each look was given.
        closed: whether it was let go.
        busiest: the most looks at one time.
    """

    key: str = "list"
    name: str = "List"
    every: timedelta = timedelta(minutes=15)
    looks: list[tuple[Article, ...] | Exception] = field(default_factory=list)
    gate: asyncio.Event | None = None
    full_text: bool = False
    seen: list[SourceState] = field(default_factory=list)
    closed: bool = False
    busiest: int = 0
    _busy: int = 0

    @property
    def longest(self) -> timedelta:
        """As the fixed interval that it has."""
        return self.every

    async def look(
        self, state: SourceState, clock: Callable[[], datetime], jitter: float
    ) -> Fetched:
        """Bring what is next."""
        now = clock()
        self.seen.append(state)
        self._busy += 1
        self.busiest = max(self.busiest, self._busy)
        try:
            if self.gate:
                await self.gate.wait()
        finally:
            self._busy -= 1
        brought = self.looks.pop(0) if self.looks else ()
        if isinstance(brought, Exception):
            raise brought
        after = settle(state, now, now + self.every)
        return Fetched(brought, after)

    def close(self) -> None:
        """Be let go."""
        self.closed = True
