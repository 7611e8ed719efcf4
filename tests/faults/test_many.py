"""A hundred thousand alerts wait: the start does not wait for them, and memory does not hold them."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.test_kill import SOC
from tests.servers import Reply, serve
from tests.service.desk import Daemon, Desk
from watcher.store import Store

pytestmark = pytest.mark.process

MANY = 100_000

COPY_ALERTS = """
    WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)
    INSERT INTO alerts ({columns}) SELECT {values} FROM alerts, numbers
"""


def test_many_waiting_alerts_slow_no_start_and_fill_no_memory(tmp_path: Path) -> None:
    with serve() as server:
        down = Reply(503, {"Retry-After": "3600"})
        channels = {"soc": SOC % server.script("/hook", down)}
        desk = Desk(tmp_path, channels=channels, private=(server.netloc,))
        desk.put("report.txt")
        assert desk.run("run", "--once").returncode == 1
        multiply(desk.database)
        with Store.open(desk.database) as store:
            store.retry(store.outbox(limit=1)[0].created, channel="soc")
            assert store.tallies()[0].waiting == MANY + 1
        server.script("/hook", Reply(204))
        asked = len(server.requests)
        start = time.monotonic()
        with desk.daemon() as daemon:
            (started,) = daemon.logged("started", seconds=60)
            assert time.monotonic() - start < 5
