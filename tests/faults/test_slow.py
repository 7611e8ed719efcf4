"""Receivers that take their time: half a minute at most, and only for their own channel.

The bound is the real one; the clock of the loop runs fast.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.channels.posting import OPENED, TRUST
from tests.faults.hasty import SPEED, hurry
from tests.faults.test_receiver import desk
from tests.net.test_door import PEM
from tests.servers import Reply, Server, serve
from watcher.channels import Channel
from watcher.channels.post import post
from watcher.channels.slack import SlackChannel
from watcher.channels.webhook import WebhookChannel
from watcher.net import open_client
from watcher.pipeline import Fate
from watcher.service.crew import Crew

BOUND = 30


@pytest.mark.parametrize("make", [WebhookChannel, SlackChannel])
@pytest.mark.parametrize(
    "reply",
    [
        Reply(silent=True),
        Reply(raw=b"HTTP/1.1 200 OK\r\nX-Long: ", silent=False, delay=3 * BOUND / SPEED),
        Reply(503, body=b"x" * 10_000, chunk=1, pause=0.02),
        Reply(400, body=b"x" * 10_000, chunk=1, pause=0.02),
        Reply(500, body=b"x" * 65_536, endless=True),
    ],
    ids=["silent", "late", "drip", "drip twice", "endless"],
)
def test_one_attempt_takes_half_a_minute_at_most(
    make: Callable[..., Channel], reply: Reply
) -> None:
    async def act(url: str) -> tuple[list[Fate], float]:
        async with desk(url, url, make) as made:
            await made.publish(1)
            clock = asyncio.get_running_loop().time
            begun = clock()
            fates = await made.carry()
            return fates, clock() - begun

    with serve(reply) as server:
        fates, took = hurry(lambda: act(server.url))
    refused = make is SlackChannel and reply.status == 400
    assert fates == [Fate.DEAD if refused else Fate.POSTPONED]
    assert took < BOUND * 1.2, "and a fifth for this machine, whose second is so short here"


def test_a_handshake_without_an_end_takes_half_a_minute_at_most() -> None:
    async def act(server: Server) -> tuple[list[Fate], float]:
        async with desk(f"https://{server.netloc}/", server.url) as made:
            await made.publish(1)
            clock = asyncio.get_running_loop().time
            begun = clock()
            fates = await made.carry()
            return fates, clock() - begun

    with serve() as server:  # waits for the rest of what it takes for an HTTP request
        fates, took = hurry(lambda: act(server))
    assert (fates, took < BOUND * 1.2) == ([Fate.POSTPONED], True)


def test_a_certificate_of_a_stranger_gets_no_message_and_is_tried_again() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)

    async def act(server: Server) -> None:
        async with desk(f"https://{server.netloc}/", server.url) as made:
            await made.publish(1)
            assert await made.carry() == [Fate.POSTPONED]
            (told,) = made.played.logged("postponed")
            assert "sick: TLS with 127.0.0.1 failed: " in told["says"]

    with serve(Reply(204), tls=context) as server:
        asyncio.run(act(server))
        assert server.requests == []


def test_another_channel_is_not_delayed_by_one_that_hangs() -> None:
    async def act(server: Server) -> None:
        sick = server.script("/sick", Reply(silent=True))
        well = server.script("/well", Reply(204))
        async with desk(sick, well) as made:
            channels = {name: courier.channel for name, courier in made.couriers.items()}
            crew = Crew(made.played.house, lambda error: None)
            await made.publish(1, 2, 3)
            begun = asyncio.get_running_loop().time()
            crew.employ(channels)
            await asyncio.to_thread(server.wait, 4)
            took = asyncio.get_running_loop().time() - begun
            await crew.leave(timedelta(seconds=0.01))
            assert took < 5
        assert len(server.of("/well")) == 3

    with serve() as server:
        asyncio.run(act(server))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, body=b"x" * 1_000_000),
        Reply(500, body=b"x" * 4096, endless=True),
        Reply(500, body=b"x" * 30_000_000).gzipped(),
    ],
    ids=["huge", "endless", "packed"],
)
def test_no_more_than_64_kb_of_an_answer_are_read(reply: Reply) -> None:
    async def act(url: str) -> int:
        async with open_client(OPENED, trust=TRUST) as client:
            answer = await post(client, url, {}, b"{}", channel="sick")
            return len(answer.body)

    with serve(reply) as server:
        assert asyncio.run(act(server.url)) <= 65_536
