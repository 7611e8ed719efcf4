"""Receivers that fail in every way, clocks that leap: all arrives, in order, and never early.

The messenger, the store and the channel are the real ones, and the receiver is a real server; only
the wall clock is the test's, so that hours pass at once.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime

import pytest

from tests import news
from tests.channels.posting import OPENED, TRUST
from tests.servers import Reply, Server, serve, unused_port
from tests.service.scene import Scene, article, now, play, scene
from watcher.channels import Channel
from watcher.channels.slack import SlackChannel
from watcher.channels.webhook import WebhookChannel
from watcher.match import compile_index
from watcher.net import open_client
from watcher.pipeline import Fate, Knowledge, take_in
from watcher.service.courier import Courier
from watcher.store import Standing, Store
from watcher.written import Secret

RULEBOOK = news.rulebook(news.rule(send_to=("sick", "well")))
KNOWLEDGE = Knowledge(rulebook=RULEBOOK, index=compile_index(RULEBOOK.watchlist))
DAY = timedelta(days=1)
JITTER = 1.1


@dataclass
class Desk:
    """A sick and a well channel at one store, under a clock that the test sets."""

    played: Scene
    couriers: dict[str, Courier]
    at: datetime = field(default_factory=now)

    async def publish(self, *numbers: int) -> None:
        """Record articles, each with an alert for both channels."""
        articles = [article(number) for number in numbers]
        await self.played.house.do(take_in, articles, None, KNOWLEDGE, self.at)

    async def carry(self, channel: str = "sick") -> list[Fate]:
        """Carry what is due now."""
        return [outcome.fate for outcome in await self.couriers[channel].carry_due()]

    async def due(self) -> datetime | None:
        """When the sick channel is tried next."""
        return await self.played.house.do(lambda store: store.next_due("sick"))

    async def live_on(self) -> list[timedelta]:
        """Let time pass until nothing waits; how long each wait was."""
        waits = []
        while (due := await self.due()) and len(waits) < 30:
            waits.append(due - self.at)
            self.at = due - timedelta(milliseconds=1)
            assert await self.carry() == []  # never early
            self.at = due
            await self.carry()
        return waits


@asynccontextmanager
async def desk(
    url: str, well: str, make: Callable[..., Channel] = WebhookChannel
) -> AsyncIterator[Desk]:
    async with scene() as played, open_client(OPENED, trust=TRUST) as client:
        sick = make(name="sick", url=Secret(url), client=client)
        fine = WebhookChannel(name="well", url=Secret(well), client=client)
        couriers = {each.name: Courier(each, played.house) for each in (sick, fine)}
        made = Desk(played, couriers)
        played.house.world = replace(played.world, clock=lambda: made.at)
        yield made


def arrived(server: Server, path: str = "/sick") -> list[str]:
    """The articles that a path took, in order."""
    return [request.json["data"]["article"]["id"] for request in server.of(path)]


IN_AN_HOUR = format_datetime(now() + timedelta(hours=1))


@pytest.mark.parametrize(
    "reply",
    [
        Reply(429, {"Retry-After": "120"}),
        Reply(503, {"Retry-After": IN_AN_HOUR}),
        Reply(503, {"Retry-After": "-5"}),
        Reply(503, {"Retry-After": "315360000"}),
        Reply(429, {"Retry-After": "Thu, 01 Jan 2099 00:00:00 GMT"}),
        Reply(429, {"Retry-After": "soon\xa0enough"}),
        Reply(500),
        Reply(500, body=b"x" * 1_000_000),
        Reply(500, body=b"x" * 4096, endless=True),
        Reply(301, {"Location": "/well"}),
        Reply(raw=b"GARBAGE\r\n\r\n"),
        Reply(raw=b"", reset=True),
        Reply(raw=b"HTTP/1.1 200"),
    ],
    ids=[
        *("seconds", "date", "negative", "ten years", "far date", "no time", "error", "huge"),
        *("endless", "redirect", "garbage", "reset", "half a head"),
    ],
)
def test_whatever_a_receiver_answers_all_arrives_in_order_and_never_early(reply: Reply) -> None:
    async def act() -> None:
        with serve() as server:
            sick = server.script("/sick", reply, reply, reply, Reply(204))
            async with desk(sick, server.script("/well", Reply(204))) as made:
                await made.publish(1, 2, 3)
                assert await made.carry() == [Fate.POSTPONED]
                # The other channel does not notice.
                assert await made.carry("well") == [Fate.SENT] * 3
                waits = await made.live_on()
                assert len(waits) == 3
                assert max(waits) <= DAY * JITTER
                assert len(server.of("/sick")) == 6
                keys = [request.headers["webhook-id"] for request in server.of("/sick")]
                assert len(set(keys[:4])) == 1
                assert arrived(server)[3:] == ["a1", "a2", "a3"]
                asked = [request.headers["webhook-timestamp"] for request in server.of("/sick")]
                assert asked == sorted(asked)
                left = await made.played.house.do(Store.outbox)
                assert {each.standing for each in left} == {Standing.DELIVERED}

    play(act)


def test_nobody_there_or_a_stranger_there_is_tried_again() -> None:
    async def act() -> None:
        with serve(Reply(204), strict=True) as plain:
            for url in (f"http://127.0.0.1:{unused_port()}/", f"https://{plain.netloc}/"):
                async with desk(url, plain.url) as made:
                    await made.publish(1)
                    assert await made.carry() == [Fate.POSTPONED]
                    made.couriers["sick"].channel = made.couriers["well"].channel
                    made.at += timedelta(seconds=6)
                    assert await made.carry() == [Fate.SENT]

    play(act)


def test_after_an_outage_of_an_hour_all_arrives_in_order() -> None:
    async def act() -> None:
        with serve() as server:
            health = [Reply(503)]
            sick = server.script("/sick", lambda _: health[0])
            async with desk(sick, server.url) as made:
                end = made.at + timedelta(hours=1)
                for number in range(12):  # news all the time: each may bring the next try forward
                    await made.publish(number)
                    await made.carry()
                    made.at += timedelta(minutes=5)
                assert made.at == end
                tries = len(server.of("/sick"))
                assert tries <= 13
                health[0] = Reply(204)
                await made.live_on()
                assert arrived(server)[tries:] == [f"a{number}" for number in range(12)]

    play(act)


@pytest.mark.parametrize(
    "refused",
    [
        Reply(400, body=b"invalid_blocks"),
        Reply(400, body=b"invalid_payload"),
        Reply(200, body=b"no_text"),
        Reply(200),
    ],
    ids=["blocks", "payload", "not ok", "nothing"],
)
def test_a_message_that_a_receiver_will_not_have_is_tried_plainly_once_and_then_dead(
    refused: Reply,
) -> None:
    async def act() -> None:
        with serve() as server:
            sick = server.script("/sick", refused, refused, Reply(200, body=b"ok"))
            async with desk(sick, server.url, SlackChannel) as made:
                made.couriers["sick"].channel = replace(
                    made.couriers["sick"].channel, pace=timedelta(0)
                )
                await made.publish(1, 2)
                assert await made.carry() == [Fate.DEAD, Fate.SENT]
                assert ["blocks" in request.json for request in server.of("/sick")] == [
                    True,
                    False,
                    True,
                ]

    play(act)


@pytest.mark.parametrize(
    ("make", "status"),
    [(SlackChannel, 403), (SlackChannel, 404), (SlackChannel, 410), (WebhookChannel, 410)],
)
def test_a_receiver_that_wants_no_more_is_left_in_peace_until_somebody_mends_it(
    make: Callable[..., Channel], status: int
) -> None:
    async def act() -> None:
        with serve() as server:
            sick = server.script("/sick", Reply(status), Reply(200, body=b"ok"))
            async with desk(sick, server.url, make) as made:
                await made.publish(1, 2)
                assert await made.carry() == [Fate.SUSPENDED]
                made.at += 30 * DAY
                assert await made.carry() == []
                await made.played.house.do(lambda store: store.resume("sick"))
                assert await made.carry() == [Fate.SENT] * 2
                assert len(server.of("/sick")) == 3

    play(act)


@pytest.mark.parametrize("leap", [timedelta(hours=-1), timedelta(hours=1), timedelta(days=-4242)])
def test_a_clock_that_leaps_makes_no_alert_early_by_more_and_parks_none(leap: timedelta) -> None:
    async def act() -> None:
        with serve() as server:
            busy = Reply(429, {"Retry-After": "600"})
            sick = server.script("/sick", busy, Reply(204))
            async with desk(sick, server.script("/well", Reply(204))) as made:
                await made.publish(1)
                assert await made.carry() == [Fate.POSTPONED]
                made.at += leap
                due = await made.due()
                assert await made.carry("well") == [Fate.SENT]  # never tried: due at once
                await made.publish(2)
                ahead = await made.carry()
                if leap > timedelta(0):
                    assert ahead == [Fate.SENT] * 2  # early by no more than the clock's error
                    return
                assert ahead == []
                due = await made.due()
                assert due is not None
                assert timedelta(minutes=9) < due - made.at <= timedelta(minutes=11)
                made.at = due
                assert await made.carry() == [Fate.SENT] * 2
                assert arrived(server) == ["a1", "a1", "a2"]

    play(act)
