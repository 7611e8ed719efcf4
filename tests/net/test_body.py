"""Bodies are read as far as they may be, and only one large one is in memory at a time."""

from __future__ import annotations

import asyncio
import gc
import gzip
from contextlib import suppress
from datetime import timedelta

import pytest

from tests.net.asking import LOOPBACK, ask, trouble
from tests.servers import Reply, serve
from watcher.net import Answer, Limits, NetworkError, Room, Trouble, body, exchange, open_client
from watcher.net.body import SMALL
from watcher.net.inflate import Inflater

SALVAGE = Limits(size=1000, salvage=True)
LARGE = Reply(body=b"x" * (SMALL + 1))


@pytest.mark.parametrize(
    ("reply", "size", "why", "kind"),
    [
        (Reply(body=b"x" * 400, endless=True), 1000, "sent over 0.001 MB", Trouble.TOO_LARGE),
        (Reply(body=bytes(9000)).gzipped(), 1000, "sent over 0.001 MB", Trouble.TOO_LARGE),
        (Reply(body=b"x" * 100, cut=50), 50, "broke the connection off", Trouble.RESET),
        (
            Reply(200, {"Content-Encoding": "gzip"}, gzip.compress(b"x" * 100)[:-6]),
            100,
            "half a gzip stream",
            Trouble.UNREADABLE,
        ),
    ],
)
def test_the_beginning_of_a_body_is_saved_with_the_reason(reply, size, why, kind):
    with serve(reply) as server:
        answer = ask(server.url, limits=SALVAGE)
    assert len(answer.body) == size
    assert why in str(answer.cut)
    assert answer.cut.trouble is kind


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 100, cut=0),
        Reply(200, {"Content-Encoding": "gzip"}, b"\x1f\x8bx"),
        Reply(200, {"Content-Encoding": "br"}, b"x"),
    ],
)
def test_of_nothing_nothing_is_saved(reply):
    with serve(reply) as server:
        assert trouble(server.url, limits=SALVAGE)[0] in {Trouble.RESET, Trouble.UNREADABLE}


def test_a_whole_body_is_not_cut():
    with serve(Reply(body=b"x" * 1000)) as server:
        assert ask(server.url, limits=SALVAGE).cut is None


def test_a_large_body_waits_for_the_one_before_it_and_a_small_one_does_not():
    async def fetch(room: Room, url: str, held: asyncio.Event, over: asyncio.Event) -> Answer:
        async with open_client(LOOPBACK) as client, room.load() as load:
            answer = await exchange(client, "GET", url, load=load)
            held.set()
            await over.wait()
            return answer

    async def run(large: str, small: str) -> None:
        room, over = Room(), asyncio.Event()
        first, second, third = asyncio.Event(), asyncio.Event(), asyncio.Event()
        before = asyncio.create_task(fetch(room, large, first, over))
        await first.wait()
        behind = asyncio.create_task(fetch(room, large, second, over))
        beside = asyncio.create_task(fetch(room, small, third, over))
        await third.wait()
        await asyncio.sleep(0.05)
        assert not second.is_set()
        over.set()
        answers = await asyncio.gather(before, behind, beside)
        assert [len(answer.body) for answer in answers] == [SMALL + 1, SMALL + 1, 1]

    with serve() as server:
        server.script("/large", LARGE)
        server.script("/small", Reply(body=b"x"))
        asyncio.run(run(server.at("/large"), server.at("/small")))


def test_waiting_for_room_takes_no_time_of_its_own_but_has_an_end(monkeypatch):
    async def run(url: str) -> None:
        room = Room()
        limits = Limits(deadline=timedelta(seconds=0.5))
        async with open_client(LOOPBACK) as client, room.load() as first, room.load() as second:
            await exchange(client, "GET", url, load=first)
            behind = asyncio.create_task(exchange(client, "GET", url, load=second, limits=limits))
            await asyncio.sleep(0.7)
            first.drop()
            assert len((await behind).body) == SMALL + 1
            monkeypatch.setattr(body, "PATIENCE_S", 0.05)
            async with room.load() as third:
                with pytest.raises(NetworkError, match="had to wait for others"):
                    await exchange(client, "GET", url, load=third, limits=limits)

    with serve(LARGE) as server:
        asyncio.run(run(server.url))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 400, endless=True),
        Reply(body=b"x" * 100, cut=50),
        Reply(body=b"x" * 100, chunk=50, pause=2),
        Reply(body=b"x" * 100, cut=0),
        Reply(body=bytes(9000)).gzipped(),
    ],
)
@pytest.mark.parametrize("salvage", [True, False])
def test_what_was_read_is_let_go_at_once(reply, salvage):
    limits = Limits(deadline=timedelta(seconds=0.2), size=1000, salvage=salvage)

    async def run(url: str) -> None:
        async with open_client(LOOPBACK) as client:
            with suppress(NetworkError):
                await exchange(client, "GET", url, limits=limits)

    gc.collect()
    gc.disable()  # ten megabytes would lie about until it next runs
    try:
        with serve(reply) as server:
            asyncio.run(run(server.url))
        assert not [each for each in gc.get_objects() if isinstance(each, Inflater)]
    finally:
        gc.enable()
