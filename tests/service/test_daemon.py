"""The installed command as a process, between real servers: it starts, tells, dies, comes back."""

from __future__ import annotations

import signal
import socket
import subprocess
import threading
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.servers import Reply, serve
from tests.service.desk import SECRET, Desk, feed
from watcher.store import Standing, Store

pytestmark = pytest.mark.process

SOC = "{webhook: {url: '%s', secret: {env: SECRET}}}"
NEWS = "Qasem Soleimani visits Baghdad"


def test_an_alert_reaches_the_screen_slack_and_the_webhook(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/feed", feed(NEWS, "Weather"))
        busy = Reply(429, {"Retry-After": "1"})
        slack = server.script("/slack/T0/B0/token", busy, Reply(200, body=b"ok"))
        desk = Desk(
            tmp_path,
            channels={
                "screen": "{terminal: {}}",
                "desk": f"{{slack: {{webhook: '{slack}'}}}}",
                "soc": SOC % server.script("/hook", Reply(204)),
            },
            sources=(f"{{feed: '{server.at('/feed')}', name: Example, every: 1h}}",),
            private=(server.netloc,),
        )
        with desk.daemon() as daemon:
            daemon.showed("Qasem Soleimani")
            sent = daemon.logged("sent", 3)
            code, _ = daemon.stop()
        assert code == 0
        refused, arrived = server.of("/slack/T0/B0/token")
        assert refused.body == arrived.body
        assert arrived.at - refused.at >= 1
        (hook,) = server.of("/hook")
        told = Webhook(SECRET).verify(hook.body, dict(hook.headers))
        assert told["data"]["article"]["title"] == NEWS
        assert {line["channel"]: line["attempt"] for line in sent} == {
            "screen": 1,
            "soc": 1,
            "desk": 2,
        }
        assert daemon.logged("postponed")[0]["channel"] == "desk"
        written = "".join(daemon.written)
        assert SECRET not in written
        assert "token" not in written


def test_nothing_is_lost_by_a_kill_between_record_and_send(tmp_path: Path) -> None:
    gate = threading.Event()
    with serve() as server:
        hook = server.script("/hook", Reply(204, gate=gate))
        server.script("/feed", feed(NEWS, "Qasem Soleimani again", "Of Qasem Soleimani"))
        desk = Desk(
            tmp_path,
            channels={"soc": SOC % hook},
            sources=(f"{{feed: '{server.at('/feed')}', every: 1h}}",),
            private=(server.netloc,),
        )
        with desk.daemon() as daemon:
            server.wait(2)  # the feed was asked for, and the first alert is under way
            daemon.process.kill()
            daemon.finish()
        gate.set()
        with desk.daemon() as daemon:
            daemon.logged("sent", 3)
            assert daemon.stop()[0] == 0
        held, repeated, *others = server.of("/hook")
        assert held.headers["webhook-id"] == repeated.headers["webhook-id"]
        assert held.body == repeated.body
        assert len({request.headers["webhook-id"] for request in (repeated, *others)}) == 3
        assert len(server.of("/feed")) == 1


def test_it_ends_in_time_whatever_is_in_flight_and_keeps_what_was_not_sent(tmp_path: Path) -> None:
    with serve() as server:
        server.script("/drip", Reply(body=b"<", chunk=1, pause=0.05, endless=True))
        hook = server.script("/hook", Reply(silent=True))
        desk = Desk(
            tmp_path,
            channels={"soc": SOC % hook},
            sources=(f"{{feed: '{server.at('/drip')}', every: 1h}}",),
            private=(server.netloc,),
        )
        desk.put("report.txt")
        with desk.daemon() as daemon:
            server.wait(2)
            code, took = daemon.stop()
        assert (code, took < 10) == (0, True)
        assert [line["channel"] for line in daemon.logged("cut_off")] == ["soc"]
        assert daemon.events[-1]["event"] == "stopped"
    with Store.open(desk.database) as store:
        (waiting,) = store.outbox()
        assert (waiting.standing, waiting.attempts) == (Standing.WAITING, 0)
        assert list(store.source_states()) == [str(tmp_path / "articles")]


def test_a_second_signal_ends_it_at_once_but_one_order_may_be_two_signals(tmp_path: Path) -> None:
    with serve(Reply(silent=True)) as server:
        desk = Desk(tmp_path, channels={"soc": SOC % server.url}, private=(server.netloc,))
        desk.put("report.txt")
        with desk.daemon() as daemon:
            server.wait(1)
            daemon.send(signal.SIGINT)
            daemon.logged("stopping")
            daemon.send(signal.SIGTERM)
            with pytest.raises(subprocess.TimeoutExpired):
                daemon.process.wait(0.3)
            assert daemon.insist(signal.SIGTERM) == -signal.SIGTERM


def test_a_reload_takes_over_what_is_fine_and_keeps_what_it_had_otherwise(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    written = desk.rules.read_text()
    with desk.daemon() as daemon:
        daemon.logged("started")
        desk.rules.write_text(written.replace("text: Qasem Soleimani", "text: Nobody"))
        daemon.send(signal.SIGHUP)
        (refused,) = daemon.logged("reload_refused")
        assert refused["says"].startswith("rules/rules.yaml:9:")
        assert 'rule "commanders" should alert for qasem in "Nobody was' in refused["says"]

        desk.rules.write_text(written.replace("watch: [qasem]", "wach: [qasem]"))
        daemon.send(signal.SIGHUP)
        faults = [line["says"] for line in daemon.logged("reload_refused", 2)]
        assert (
            'rules/rules.yaml:6:5: the key "wach" is not known here; did you mean "watch"?'
            in faults
        )

        desk.put("before.txt")
        daemon.logged("alerted")
        desk.rules.write_text(written.replace("id: commanders", "id: others"))
        daemon.send(signal.SIGHUP)
        daemon.logged("reloaded")
        desk.put("after.txt", "Qasem Soleimani was here, too.")
        assert [line["rule"] for line in daemon.logged("alerted", 2)] == ["commanders", "others"]
        assert daemon.stop(signal.SIGINT)[0] == 0


def test_a_file_put_into_the_folder_raises_its_alert(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.daemon() as daemon:
        daemon.logged("started")
        desk.put("report.txt", "التقى قاسم سليماني بهم.\nQasem Soleimani")
        daemon.showed("Qasem Soleimani")
        assert daemon.stop()[0] == 0


def test_a_second_daemon_ends_at_once_and_names_the_first(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with desk.daemon() as daemon:
        daemon.logged("started")
        second = desk.run("run")
        assert (second.returncode, second.stdout) == (2, "")
        assert f"process {daemon.process.pid}," in second.stderr


def test_a_restart_asks_nobody_early(tmp_path: Path) -> None:
    with serve(feed(NEWS)) as server:
        desk = Desk(
            tmp_path,
            sources=(f"{{feed: '{server.url}', every: 1h}}",),
            private=(server.netloc,),
        )
        with desk.daemon() as daemon:
            daemon.logged("alerted")
            daemon.logged("sent")
            daemon.stop()
        with desk.daemon() as daemon:
            desk.put("report.txt")  # once this is told, all that was due has had its look
            daemon.logged("alerted")
            daemon.stop()
        assert len(server.requests) == 1


def test_systemd_is_told_every_step_and_the_watchdog_is_fed(tmp_path: Path) -> None:
    desk, address = Desk(tmp_path), str(tmp_path / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(address)
        ear.settimeout(15)

        def heard(start: str) -> str:
            """The next message that begins so; signs of life may come between."""
            while not (message := ear.recv(4096).decode()).startswith(start):
                assert message == "WATCHDOG=1"
            return message

        with desk.daemon(NOTIFY_SOCKET=address, WATCHDOG_USEC="400000") as daemon:
            assert heard("READY=1") == (
                "READY=1\nSTATUS=watching 1 source, 2 entities, 1 rule; alerts go to screen"
            )
            heard("WATCHDOG=1")
            heard("WATCHDOG=1")
            daemon.send(signal.SIGHUP)
            assert "MONOTONIC_USEC=" in heard("RELOADING=1")
            heard("READY=1")
            daemon.send(signal.SIGTERM)
            heard("STOPPING=1")
            daemon.finish()
            assert daemon.process.returncode == 0


def test_faults_of_all_files_are_told_and_the_exit_code_is_2(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.config.write_text(desk.config.read_text() + "sate: var\n")
    desk.rules.write_text(desk.rules.read_text().replace("name: Esmail", "nme: Esmail"))
    ended = desk.run("run", "-c", "watcher.yaml")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert "watcher.yaml:8:1: " in ended.stderr
    assert "rules/rules.yaml:3:" in ended.stderr
    assert not desk.database.exists()
