"""A hundred thousand alerts wait: the daemon starts all the same, and its memory stays flat."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.servers import Reply, serve
from tests.service.desk import Daemon, Desk
from watcher.store import Store

pytestmark = pytest.mark.process

MANY = 100_000
SINGLY = "{webhook: {url: '%s', secret: {env: SECRET}, digest_over: none}}"

NUMBERS = "WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ?)"
ALERTS = f"""
    {NUMBERS} INSERT INTO alerts (id, rule, entity, article, score, raised, reason, earlier,
        list_version, rules_version, data_json)
    SELECT printf('alert_%032x', n), rule, entity, article, score, raised, reason, earlier,
        list_version, rules_version, data_json
    FROM alerts, numbers
"""
DELIVERIES = f"""
    {NUMBERS} INSERT INTO deliveries (key, alert, channel, state, due, attempts, created, note)
    SELECT printf('msg_%032x', n), printf('alert_%032x', n), channel, 'waiting', due, 0, created, ''
    FROM deliveries, numbers
"""


def multiply(database: Path, many: int = MANY) -> None:
    """Let so many more wait like the one that there is."""
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute(ALERTS, (many,))
        connection.execute(DELIVERIES, (many,))


def memory(daemon: Daemon) -> int:
    """What a running daemon has in memory, in kB."""
    status = Path(f"/proc/{daemon.process.pid}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found
    return int(found[1])


def test_many_that_wait_hold_up_no_start_and_fill_no_memory(tmp_path: Path) -> None:
    with serve() as server:
        hook = server.script("/hook", Reply(204))
        desk = Desk(tmp_path, channels={"soc": SINGLY % hook}, private=(server.netloc,))
        desk.put("report.txt")
        assert desk.run("run", "--once").returncode == 0
        multiply(desk.database)
        with desk.daemon() as daemon:
            (started,) = daemon.logged("started", seconds=60)
            assert started["waiting"] > MANY - 100  # the first ones may have gone meanwhile
            server.wait(100, 60)
            early = memory(daemon)
            server.wait(500, 120)
            grown = memory(daemon) - early
            assert grown < 1_500, grown
            assert daemon.stop()[0] == 0
        keys = [asked.headers["webhook-id"] for asked in server.of("/hook")[1:]]
        assert keys == [f"msg_{number:032x}" for number in range(1, len(keys) + 1)]
    with Store.open(desk.database) as store:
        assert store.tallies()[0].delivered == len(keys) + 1
