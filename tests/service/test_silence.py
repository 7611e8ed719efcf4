"""A silence that is made while the daemon runs holds from the next article on, until it ends."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path

from tests.service.desk import Desk
from tests.service.running import Running, run
from tests.service.scene import now
from watcher.alerts import Reason, Silence, Target
from watcher.store import Store, Wanted


def test_a_silence_holds_while_the_daemon_runs_until_it_ends(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    silence = Silence(
        target=Target.FEED,
        subject="articles",
        until=now() + timedelta(days=1),
        why="it repeats itself",
        by="mina",
        made=now(),
    )

    async def act(running: Running) -> None:
        await running.see("started")
        await asyncio.to_thread(made, desk, silence)
        desk.put("one.txt", "One: Qasem Soleimani")
        (held,) = await running.see("held")
        assert held["reason"] == "silenced"
        await asyncio.to_thread(end, desk)
        desk.put("two.txt", "Two: Qasem Soleimani")
        (sent,) = await running.see("sent")
        assert sent["channel"] == "screen"

    assert run(desk, act)[0] == 0
    with Store.open(desk.database) as store:
        second, first = store.alerts(Wanted())
    assert (first.decision.reason, second.decision.reason) == (Reason.SILENCED, Reason.FIRST)
    assert first.silence is not None
    assert first.silence.why == silence.why


def made(desk: Desk, silence: Silence) -> None:
    with Store.open(desk.database) as store:
        store.silences.add(silence)


def end(desk: Desk) -> None:
    with Store.open(desk.database) as store:
        assert store.silences.end(1, now(), "mina")
