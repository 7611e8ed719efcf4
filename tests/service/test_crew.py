"""All messengers together: taken on, replaced, let go and cut off, at a real store."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.fakes import ListChannel
from tests.service.scene import play, scene, until
from watcher.service.crew import Crew
from watcher.store import Standing, Store


def nobody(error: BaseException) -> None:
    raise AssertionError(error)


class Hanging(ListChannel):
    """A channel that never answers."""

    async def send(self, delivery: object, now: object) -> str:
        await asyncio.Event().wait()
        return "never"


def test_a_crew_lets_a_send_end_for_a_while_and_then_cuts_it_off() -> None:
    async def act() -> None:
        async with scene() as played:
            await played.raise_alerts(1)
            crew = Crew(played.house, nobody)
            crew.employ({"list": Hanging(), "other": ListChannel("other")})
            await asyncio.sleep(0.05)
            await crew.leave(timedelta(seconds=0.05))
            assert [e["channel"] for e in played.logged("cut_off")] == ["list"]
            (waiting,) = await played.house.do(Store.outbox)
            assert (waiting.standing, waiting.attempts) == (Standing.WAITING, 0)

    play(act)


def test_a_crew_takes_on_replaces_and_lets_go() -> None:
    async def act() -> None:
        async with scene() as played:
            crew, first, second = Crew(played.house, nobody), ListChannel(), ListChannel()
            crew.employ({"list": first, "other": ListChannel("other")})
            crew.employ({"list": second})
            await played.raise_alerts(1)
            crew.wake("list")
            crew.wake("other")
            await until(lambda: second.sent)
            assert first.sent == []
            crew.employ({})
            await crew.leave(timedelta(seconds=1))
            await Crew(played.house, nobody).leave(timedelta(seconds=1))
            assert played.logged("cut_off") == []

    play(act)


def test_a_messenger_that_breaks_is_told_of() -> None:
    class Broken(Store):
        def due(self, channel: str, now: object, gathering: object = None) -> None:
            raise KeyError("alert")

    async def act() -> None:
        async with scene(lambda: Broken.open(Path(":memory:"))) as played:
            faults: list[BaseException] = []
            crew = Crew(played.house, faults.append)
            crew.employ({"list": ListChannel()})
            await until(lambda: faults)
            assert isinstance(faults[0], KeyError)

    play(act)
