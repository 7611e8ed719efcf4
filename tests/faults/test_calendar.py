"""Hours that come twice or never, and the second after which old clocks begin anew.

Where libfaketime is at hand the process itself lives there; the rounds in this process take the
clock as an argument, in the time zone of the moment.
"""

from __future__ import annotations

import asyncio
import io
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.servers import Reply, serve
from tests.service.desk import Desk
from watcher.service import World, run_once
from watcher.store import Standing, Store, Wanted

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"), None)

BERLIN = ZoneInfo("Europe/Berlin")

MOMENTS = {
    "an hour that never comes": datetime(2027, 3, 28, 0, 59, 58, tzinfo=UTC),
    "an hour that comes twice": datetime(2027, 10, 31, 0, 59, 58, tzinfo=UTC),
    "the last second of 32 bits": datetime(2038, 1, 19, 3, 14, 6, tzinfo=UTC),
    "a day that not every year has": datetime(2040, 2, 29, 23, 59, 58, tzinfo=UTC),
}


@contextmanager
def zone(name: str) -> Iterator[None]:
    """This process's time zone, until the block ends."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = name
    time.tzset()
    try:
        yield
    finally:
        del os.environ["TZ"]
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()


@pytest.mark.parametrize("moment", MOMENTS.values(), ids=MOMENTS)
def test_rounds_on_both_sides_send_all_and_repeat_nothing(moment: datetime, tmp_path: Path) -> None:
    with serve() as server, zone("Europe/Berlin"):
        hook = server.script("/hook", Reply(503), Reply(204))
        soc = f"{{webhook: {{url: '{hook}'}}}}"
        desk = Desk(tmp_path, channels={"soc": soc}, private=(server.netloc,))
        ends = []
        for later in (0, 6, 12):
            desk.put(f"{later}.txt", f"Qasem Soleimani, {later}.")
            at = moment + timedelta(seconds=later)
            world = World(
                environ=desk.environ(),
                stdout=io.StringIO(),
                stderr=io.StringIO(),
                clock=lambda at=at: at,  # type: ignore[misc]
                chance=lambda: 0.0,
            )
            ends.append(asyncio.run(run_once(desk.config, world)))
        assert [(end.failed, end.waiting) for end in ends] == [
            *((True, 1), (False, 0), (False, 0)),
        ]
        asked = server.of("/hook")
    stamps = [int(each.headers["webhook-timestamp"]) for each in asked]
    assert stamps == sorted(stamps)
    assert stamps[0] == int(moment.timestamp())
    assert asked[0].headers["webhook-id"] == asked[1].headers["webhook-id"]
    assert len({each.headers["webhook-id"] for each in asked}) == 3
    with Store.open(desk.database) as store:
        assert {sent.standing for sent in store.outbox()} == {Standing.DELIVERED}
        assert store.alerts(Wanted())[-1].alert.raised == moment


@pytest.mark.process
@pytest.mark.skipif(FAKETIME is None, reason="libfaketime is not here")
@pytest.mark.parametrize("name", ["an hour that comes twice", "the last second of 32 bits"])
def test_the_process_lives_on_through_it(name: str, tmp_path: Path) -> None:
    moment = MOMENTS[name]
    with serve() as server:
        hook = server.script("/hook", Reply(204))
        soc = f"{{webhook: {{url: '{hook}'}}}}"
        desk = Desk(tmp_path, channels={"soc": soc}, private=(server.netloc,))
        faked = {
            "LD_PRELOAD": str(FAKETIME),
            "FAKETIME": f"@{moment.astimezone(BERLIN):%Y-%m-%d %H:%M:%S}",
            "DONT_FAKE_MONOTONIC": "1",
            "TZ": "Europe/Berlin",
        }
        with desk.daemon(**faked) as daemon:
            for number in range(3):
                desk.put(f"{number}.txt", f"Qasem Soleimani, {number}.")
                daemon.logged("sent", number + 1)
            assert daemon.stop()[0] == 0
        times = [json.loads(line)["at"] for line in daemon.written if line.startswith("{")]
        assert times == sorted(times)
        assert times[0].startswith(f"{moment:%Y-%m-%d}")
        assert len(server.of("/hook")) == 3
