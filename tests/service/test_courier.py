"""The messenger of one channel, at a real store."""

from __future__ import annotations

import asyncio
import gc
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from tests.fakes import ListChannel
from tests.service.scene import now, play, scene, until
from watcher.alerts import About, Delivery, Digest, Notice
from watcher.errors import DeliveryError, StoreError
from watcher.pipeline import Fate, Outcome
from watcher.service import courier as module
from watcher.service.courier import Courier
from watcher.store import Standing, Store


def refusal(**kinds: object) -> DeliveryError:
    return DeliveryError("list: no", channel="list", **kinds)  # type: ignore[arg-type]


class Forgetful(Store):
    """A store that cannot note the first delivery, because the disk is full for a while."""

    failures = 2

    def delivered(self, key: str, at: object, answer: str) -> None:
        if self.failures:
            self.failures -= 1
            raise StoreError("the disk is full") from sqlite3.OperationalError("full")
        super().delivered(key, at, answer)  # type: ignore[arg-type]


def test_what_is_due_is_carried_in_order_and_logged() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(3)
            channel = ListChannel()
            outcomes = await Courier(channel, played.house).carry_due()
            assert [outcome.fate for outcome in outcomes] == [Fate.SENT] * 3
            assert [d.content.article.id for d, _ in channel.sent] == ["a0", "a1", "a2"]
            assert [(e["channel"], e["attempt"], e["says"]) for e in played.logged("sent")] == [
                ("list", 1, "kept")
            ] * 3

    play(act)


def test_it_sleeps_until_it_is_woken_or_something_is_due() -> None:
    async def act() -> None:
        async with scene() as played:
            channel = ListChannel(troubles=[refusal(), None])
            courier = Courier(channel, played.house)
            run = asyncio.create_task(courier.run())
            await asyncio.sleep(0.02)
            await played.raise_alerts(1)
            courier.wake()
            await until(lambda: played.logged("postponed"))
            assert channel.sent == []
            await played.house.do(lambda store: store.retry(now(), channel="list"))
            courier.wake()
            await until(lambda: played.logged("sent"))
            assert played.logged("postponed")[0]["says"] == "list: no"
            assert played.logged("postponed")[0]["key"] == channel.sent[0][0].key
            courier.leave()
            await run

    play(act)


def test_it_comes_back_by_itself_when_a_delivery_is_due() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(1)
            delivery = await played.house.do(lambda store: store.due("list", now()))
            assert delivery
            soon = now() + timedelta(seconds=0.1)
            await played.house.do(lambda store: store.postponed(delivery.key, soon, now(), "later"))
            channel = ListChannel()
            courier = Courier(channel, played.house)
            run = asyncio.create_task(courier.run())
            await until(lambda: channel.sent)
            assert channel.sent[0][1] >= soon.replace(microsecond=soon.microsecond // 1000 * 1000)
            courier.leave()
            await run

    play(act)


def test_what_is_new_ends_the_wait_of_what_failed_before() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(1)
            delivery = await played.house.do(lambda store: store.due("list", now()))
            assert delivery
            late, past = now() + timedelta(hours=2), now() - timedelta(minutes=6)
            await played.house.do(lambda store: store.postponed(delivery.key, late, past, "no"))
            channel = ListChannel()
            courier = Courier(channel, played.house)
            assert await courier.carry_due() == []
            await played.raise_alerts(2)
            await courier.carry_due()
            assert [d.content.article.id for d, _ in channel.sent] == ["a0", "a1"]
            assert ["beside" in line for line in played.logged("sent")] == [True, False]

    play(act)


def test_messages_keep_the_channels_pace() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(3)
            channel = ListChannel(pace=timedelta(seconds=0.06))
            await Courier(channel, played.house).carry_due()
            times = [at for _, at in channel.sent]
            gaps = [later - former for former, later in pairwise(times)]
            assert min(gaps) >= timedelta(seconds=0.055)

    play(act)


class Counting(ListChannel):
    """A channel that counts, at its last send, what is kept of the former ones."""

    LAST = 8
    kept = 0

    async def send(self, delivery: Delivery, now: datetime) -> str:
        if len(self.sent) == self.LAST - 1:  # once, for a whole heap takes long to go through
            gc.collect()
            self.kept = sum(isinstance(each, Outcome) for each in gc.get_objects())
        return await super().send(delivery, now)


def test_what_became_of_former_sends_is_not_kept_in_memory() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(Counting.LAST)
            channel = Counting()
            courier = Courier(channel, played.house)
            run = asyncio.create_task(courier.run())
            await until(lambda: len(channel.sent) == Counting.LAST)
            assert channel.kept <= 2
            courier.leave()
            await run

    play(act)


class Twice(ListChannel):
    """A channel that posts once more within a send, at its pace."""

    async def send(self, delivery: Delivery, now: object) -> str:
        await super().send(delivery, datetime.now(UTC))
        await asyncio.sleep(self.pace.total_seconds())
        return await super().send(delivery, datetime.now(UTC))


def test_messages_keep_the_channels_pace_behind_one_that_was_sent_twice() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(2)
            channel = Twice(pace=timedelta(seconds=0.06))
            await Courier(channel, played.house).carry_due()
            gaps = [later - former for (_, former), (_, later) in pairwise(channel.sent)]
            assert len(gaps) == 3
            assert min(gaps) >= timedelta(seconds=0.055)

    play(act)


def test_an_outcome_that_cannot_be_noted_is_noted_later_and_not_sent_twice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", timedelta(seconds=0.01))

    async def act() -> None:
        async with scene(lambda: Forgetful.open(Path(":memory:"))) as played:
            await played.raise_alerts(1)
            channel = ListChannel()
            await Courier(channel, played.house).carry_due()
            assert len(channel.sent) == 1
            assert [e["reason"] for e in played.logged("store_failed")] == ["the disk is full"] * 2
            (sent,) = await played.house.do(Store.outbox)
            assert sent.standing is Standing.DELIVERED

    play(act)


def test_a_store_that_fails_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE", timedelta(seconds=0.01))

    class Locked(Store):
        failures = 1

        def due(self, channel: str, now: object, gathering: object = None) -> None:
            if Locked.failures:
                Locked.failures -= 1
                raise StoreError("locked")
            return super().due(channel, now)  # type: ignore[arg-type,return-value]

    async def act() -> None:
        async with scene(lambda: Locked.open(Path(":memory:"))) as played:
            await played.raise_alerts(1)
            channel = ListChannel()
            courier = Courier(channel, played.house)
            run = asyncio.create_task(courier.run())
            await until(lambda: channel.sent)
            assert [e["reason"] for e in played.logged("store_failed")] == ["locked"]
            courier.leave()
            await run

    play(act)


@pytest.mark.parametrize(
    ("trouble", "event"),
    [
        (refusal(permanent=True), "dead"),
        (refusal(suspend=True), "suspended"),
        (ZeroDivisionError("by zero"), "postponed"),
    ],
)
def test_every_failure_is_told(trouble: Exception, event: str) -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(1)
            await Courier(ListChannel(troubles=[trouble]), played.house).carry_due()
            (line,) = played.logged(event)
            assert line["level"] in {"warning", "error"}
            assert ("trace" in line) == isinstance(trouble, ZeroDivisionError)

    play(act)


def articles_of(channel: ListChannel) -> list[list[str]]:
    """The articles of each delivery that arrived."""
    return [
        [alert.article.id for alert in d.content.alerts]
        if isinstance(d.content, Digest)
        else [d.content.article.id]
        for d, _ in channel.sent
    ]


def test_many_that_wait_go_as_digests_behind_the_first() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(9)
            channel = ListChannel(digest_over=3, most=4)
            outcomes = await Courier(channel, played.house).carry_due()
            assert articles_of(channel) == [
                ["a0"],
                ["a1", "a2", "a3", "a4"],
                ["a5", "a6", "a7", "a8"],
            ]
            assert [line.get("alerts") for line in played.logged("sent")] == [None, 4, 4]
            assert len(outcomes) == 3
            tries = await played.house.do(lambda s: {d.standing for d in s.outbox()})
            assert tries == {Standing.DELIVERED}

    play(act)


def test_what_a_crash_cut_off_comes_again_as_it_was_and_only_that(tmp_path: Path) -> None:
    async def act() -> None:
        cut_at = [0, 1]  # in the first, a single one; in the second, a digest
        keys: list[list[str]] = []
        for cut in [*cut_at, 99]:
            async with scene(lambda: Store.open(tmp_path / "w.db")) as played:
                if not keys:
                    await played.raise_alerts(9)
                channel = Dying(digest_over=3, most=4, cut=cut)
                with suppress(asyncio.CancelledError):
                    await Courier(channel, played.house).carry_due()
                keys.append(channel.keys)
        (single,), (again, digest), last = keys
        assert again == single
        assert last[0] == digest, "the record knows what went together"
        assert len({single, *keys[1], *last}) == len(keys[1]) + len(last) - 1

    play(act)


class Dying(ListChannel):
    """A channel whose machine dies while so many have been sent."""

    def __init__(self, *, digest_over: int, most: int, cut: int) -> None:
        super().__init__(digest_over=digest_over, most=most)
        self.keys: list[str] = []
        self._cut = cut

    async def send(self, delivery: Delivery, now: datetime) -> str:
        self.keys.append(delivery.key)
        if len(self.keys) > self._cut:
            raise asyncio.CancelledError
        return await super().send(delivery, now)


def test_trouble_goes_to_the_operator_and_wakes_that_messenger() -> None:
    async def act() -> None:
        async with scene() as played:
            played.house.admin = ("screen",)
            await played.raise_alerts(1)
            woken: list[str] = []
            trouble = ListChannel(troubles=[refusal(suspend=True)])
            await Courier(trouble, played.house, woken.append).carry_due()
            assert woken == ["screen"]
            screen = ListChannel("screen")
            await Courier(screen, played.house).carry_due()
            ((told, _),) = screen.sent
            assert isinstance(told.content, Notice)
            assert (told.content.about, told.content.subject) == (About.CHANNEL_SUSPENDED, "list")
            (line,) = played.logged("sent")
            assert (line["notice"], line["subject"]) == ("channel suspended", "list")

    play(act)


def test_what_became_of_an_attempt_and_the_notice_of_it_are_recorded_together(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "PATIENCE", timedelta(seconds=0.01))
    stood: list[Standing] = []

    class Full(Store):
        def trouble(self, *args: Any) -> tuple[str, ...]:
            told = super().trouble(*args)
            if not stood:
                stood.append(self.outbox()[0].standing)
                raise StoreError("the disk is full")
            return told

    async def act() -> None:
        async with scene(lambda: Full.open(Path(":memory:"))) as played:
            played.house.admin = ("screen",)
            await played.raise_alerts(1)
            channel = ListChannel(troubles=[refusal(permanent=True)])
            run = asyncio.create_task(Courier(channel, played.house).carry_due())
            await until(lambda: played.logged("store_failed"))
            await run
            left = await played.house.do(Store.outbox)
            assert stood == [Standing.DEAD]
            assert [(d.channel, d.standing) for d in left] == [
                ("list", Standing.DEAD),
                ("screen", Standing.WAITING),
            ]
            assert len(left[0].note) > 0
            whole = await played.house.do(lambda store: store.dispatch(left[0].key))
            assert whole is not None
            assert len(whole.tries) == 1

    play(act)


class Uneven(ListChannel):
    """A channel on whose way the first message takes longer than the second."""

    waits = (0.05, 0.0)

    async def send(self, delivery: Delivery, now: datetime) -> str:
        await asyncio.sleep(self.waits[len(self.sent)])
        return await super().send(delivery, datetime.now(UTC))


def test_a_receiver_sees_no_two_messages_closer_than_the_pace() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(2)
            channel = Uneven(pace=timedelta(seconds=0.06))
            await Courier(channel, played.house).carry_due()
            (_, first), (_, second) = channel.sent
            assert second - first >= timedelta(seconds=0.055)

    play(act)
