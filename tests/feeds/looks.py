"""Looks at a feed on loopback, each with the memory of the last."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import UTC, datetime, timedelta

from tests.feeds.samples import RSS
from tests.servers import Reply, Server
from watcher.feeds import Fetched, Parsed, Rhythm, first_state, look_at_feed
from watcher.feeds.parse import parse_feed
from watcher.net import Gate, Guard, Load, Manners, Room, open_client
from watcher.source import SourceState

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
EVERY = timedelta(minutes=15)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FEED = Reply(200, {"ETag": 'W/"1"', "Last-Modified": "Fri, 01 May 2026"}, RSS.encode())
NOT_MODIFIED = Reply(304)


class Here:
    """A parser in this process: the other maker of `Parsed`, without the limits."""

    def load(self) -> AbstractAsyncContextManager[Load]:
        return Room().load()

    async def parse(
        self, data: bytes, content_type: str = "", url: str = "", charset: str = ""
    ) -> Parsed:
        return parse_feed(data, content_type, url, charset)


def visit(
    url: str,
    state: SourceState | None = None,
    at: datetime = NOW,
    guard: Guard | None = None,
    clock: Callable[[], datetime] | None = None,
) -> Fetched:
    return asyncio.run(look(url, state, at, guard, clock))


async def look(
    url: str,
    state: SourceState | None = None,
    at: datetime = NOW,
    guard: Guard | None = None,
    clock: Callable[[], datetime] | None = None,
    *,
    gate: Gate | None = None,
    charset: str = "",
) -> Fetched:
    async with open_client(guard or Guard(("127.0.0.0/8",))) as client:
        return await look_at_feed(
            url,
            "News",
            Rhythm.fixed(EVERY),
            state or first_state(url, "News", NOW),
            client=client,
            gate=gate or Gate(default=Manners(timedelta(0))),
            parser=Here(),
            clock=clock or (lambda: at),
            jitter=0.5,
            charset=charset,
        )


def visits(server: Server, *moments: datetime) -> list[Fetched]:
    """One look at each of these moments, each with the memory of the last."""
    url, state, found = server.at("/feed"), None, []
    for moment in moments:
        found.append(visit(url, state, moment))
        state = found[-1].state
    return found
