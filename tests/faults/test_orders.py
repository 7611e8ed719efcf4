"""SIGTERM while alerts are under way, and files that change under a hail of SIGHUP."""

from __future__ import annotations

import re
import signal
from pathlib import Path

import pytest

from tests.faults.test_kill import arrived, desk_of
from tests.servers import Reply, serve
from tests.service.desk import Daemon, Desk
from watcher.service.plan import read_plan

pytestmark = pytest.mark.process


CAUGHT = re.compile(r"^SigCgt:\s+([0-9a-f]+)$", re.MULTILINE)


def listens(daemon: Daemon) -> bool:
    """Whether a process has said what an order to stop shall do."""
    status = Path(f"/proc/{daemon.process.pid}/status").read_text()
    found = CAUGHT.search(status)
    return found is not None and bool(int(found[1], 16) >> (signal.SIGTERM - 1) & 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_an_order_to_stop_is_obeyed_before_the_program_is_read(
    number: signal.Signals, tmp_path: Path
) -> None:
    desk = Desk(tmp_path)
    with desk.daemon() as daemon:
        daemon.until(lambda: listens(daemon))
        daemon.send(signal.SIGHUP)
        code, took = daemon.stop(number)
    assert (code, took < 5) == (0, True)
    assert daemon.written == []


def test_an_order_to_stop_is_obeyed_while_the_start_goes_on(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    locked = desk.folder / "var" / "daemon.lock"
    with desk.daemon() as daemon:
        daemon.until(locked.exists)
        code, took = daemon.stop()
    assert (code, took < 5) == (0, True)


def test_an_order_to_stop_during_delivery_loses_nothing(tmp_path: Path) -> None:
    with serve() as server:
        desk = desk_of(tmp_path, server)
        server.script("/hook", Reply(204, delay=0.2))
        for number in range(5):
            desk.put(f"{number}.txt", f"Report {number}: Qasem Soleimani was there.")
        with desk.daemon() as daemon:
            server.wait(2, 30)
            code, took = daemon.stop()
        assert (code, took < 10) == (0, True)
        assert daemon.logged("cut_off", 0) == []  # what was under way has arrived, and is noted
        server.script("/hook", Reply(204))
        with desk.daemon() as daemon:
            daemon.logged("started")  # all may have arrived before
            daemon.until(lambda: len(arrived(server)) == 5)
            assert daemon.stop()[0] == 0
        assert set(arrived(server).values()) == {1}


def test_after_a_hundred_reloads_the_last_state_of_the_files_rules(tmp_path: Path) -> None:
    with serve() as server:
        desk = desk_of(tmp_path, server)
        written = desk.rules.read_text()
        with desk.daemon() as daemon:
            daemon.logged("started")
            for number in range(100):
                if number % 10 == 0:
                    desk.put(f"{number}.txt", f"Report {number}: Qasem Soleimani was there.")
                fresh = desk.rules.with_suffix(".new")
                fresh.write_text(written.replace("id: commanders", f"id: state-{number}"))
                fresh.rename(desk.rules)
                daemon.send(signal.SIGHUP)
            # A reload that begins behind the last order is the last, and reads the last files.
            version = read_plan(desk.config, desk.environ()).knowledge.rulebook.version
            daemon.until(lambda: daemon.logged("reloaded")[-1]["rules_version"] == version, 60)
            desk.put("last.txt", "Report last: Qasem Soleimani was there.")
            daemon.until(lambda: len(arrived(server)) == 11, 60)
            assert daemon.stop()[0] == 0
        (last,) = [each for each in server.of("/hook") if b"Report last" in each.body]
        assert last.json["data"]["rule"] == "state-99"
        assert set(arrived(server).values()) == {1}
