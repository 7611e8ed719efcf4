"""SIGTERM while alerts are under way, and files that change under a hail of SIGHUP."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.faults.test_kill import arrived, desk_of
from tests.servers import Reply, serve
from watcher.service.plan import read_plan

pytestmark = pytest.mark.process


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
