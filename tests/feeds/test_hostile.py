"""Whatever a server sends, the good feeds are read and the reason is told of the others."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

from tests.feeds.hostile.case import MAN, MANN, Case
from tests.feeds.hostile.every import cases
from tests.servers import serve
from watcher import Watchlist, find
from watcher.feeds import Fetched, Parser, Rhythm, fetch, first_state, look_at_feed
from watcher.match import compile_index
from watcher.net import Gate, Guard, Limits, Manners, open_client
from watcher.watchlist import Entity

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
EVERY = Rhythm.fixed(timedelta(minutes=15))
INDEX = compile_index(Watchlist((Entity(id="qasem", names=(MAN, MANN)),)))


async def look_at_all(urls: list[str], netloc: str) -> list[Fetched]:
    """One look at each, eight at a time."""
    gate = Gate(default=Manners(timedelta(0), at_once=8))
    async with open_client(Guard((netloc,))) as client, Parser() as parser:
        return await asyncio.gather(
            *(
                look_at_feed(
                    url,
                    "News",
                    EVERY,
                    first_state(url, "News", NOW),
                    client=client,
                    gate=gate,
                    parser=parser,
                    clock=lambda: NOW,
                    jitter=0.5,
                )
                for url in urls
            )
        )


def complaint(case: Case, fetched: Fetched) -> str:
    """What is not as it must be; "" if all is."""
    state = fetched.state
    finds = any(find(article, INDEX) for article in fetched.articles)
    if (state.health, finds) != (case.health, case.finds):
        return f"{state.health}, finds: {finds}: {state.reason or fetched.note}"
    if not state.reason.startswith(case.reason):
        return state.reason
    return ""


def test_whatever_comes_the_good_is_read_and_the_rest_is_told(monkeypatch):
    monkeypatch.setattr(fetch, "LIMITS", Limits(deadline=timedelta(seconds=3), salvage=True))
    with serve() as server:
        wanted = cases(server)
        urls = [server.at(path) for path in wanted]
        looks = asyncio.run(look_at_all(urls, server.netloc))
        assert server.connections >= len(wanted)
    complaints = {
        path: wrong
        for (path, case), fetched in zip(wanted.items(), looks, strict=True)
        if (wrong := complaint(case, fetched))
    }
    assert not complaints, "\n".join(f"{path}: {wrong}" for path, wrong in complaints.items())
    assert len(wanted) > 240
