"""The daemon in this very process: its start, its sources, its faults and its end."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from tests.servers import Reply, serve
from tests.service.desk import Desk, feed
from tests.service.running import NEWS, Running, operated, run
from tests.service.scene import KNOWLEDGE, article, now, until
from watcher.errors import ConfigError
from watcher.pipeline import take_in
from watcher.service import serve as watch
from watcher.store import Store


def test_signals_are_handled_as_before_when_it_has_ended(tmp_path: Path) -> None:
    before = [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)]

    async def act(running: Running) -> None:
        await running.see("started")

    code, running = run(Desk(tmp_path), act)
    assert code == 0
    assert [signal.getsignal(n) for n in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)] == before
    assert [line["event"] for line in running.events] == ["started", "stopping", "stopped"]
    assert running.logged("stopping")[0]["by"] == "SIGTERM"
    assert running.logged("started")[0]["waiting"] == 0


def test_sources_that_are_away_at_the_start_are_followed_when_they_come(tmp_path: Path) -> None:
    with serve(feed(NEWS)) as server:
        desk = Desk(
            tmp_path,
            private=("127.0.0.0/8",),
            sources=("{opml: feeds.opml, every: 1s}", "{folder: mount, every: 1s}"),
        )
        desk.put("report.txt")

        async def act(running: Running) -> None:
            await running.see("health", 2)
            await running.see("alerted")  # the others go on
            told = {(e["source"], e["now"]) for e in running.logged("health")}
            assert told == {("feeds.opml", "unreachable"), ("mount", "unreachable")}
            (tmp_path / "mount").mkdir()
            (tmp_path / "mount" / "a.txt").write_text("Report: Qasem Soleimani was here.")
            (tmp_path / "made").write_text(
                '<opml><body><outline text="Odd" xmlUrl="ftp://a.example/"/>'
                f'<outline text="Listed" xmlUrl="{server.at("/feed")}"/></body></opml>'
            )
            (tmp_path / "made").rename(tmp_path / "feeds.opml")
            assert (await running.see("relisted"))[0]["sources"] == 4
            await until(lambda: "ftp://a.example/" in running.logged("advice")[-1]["says"], 10)
            await until(
                lambda: (
                    {"mount", "Listed"}
                    <= {e["source"] for e in running.logged("looked") if e["new"]}
                ),
                10,
            )
            await until(
                lambda: (
                    {e["source"] for e in running.logged("health") if e["now"] == "ok"}
                    == {"mount", "feeds.opml"}
                ),
                10,
            )
            (tmp_path / "feeds.opml").unlink()
            await running.see("health", 5)
            await running.reload()
            assert running.logged("reloaded")[0]["sources"] == 4  # its feeds go on

        run(desk, act)


def test_what_failed_before_is_tried_soon_after_a_start(tmp_path: Path) -> None:
    desk = Desk(tmp_path, channels={"list": "{terminal: {}}"})
    with Store.open(desk.database) as store:
        take_in(store, [article(1)], None, KNOWLEDGE, now())
        (waiting,) = store.outbox()
        tried = now() - timedelta(minutes=6)
        store.postponed(waiting.key, now() + timedelta(hours=2), tried, "list: no")

    async def act(running: Running) -> None:
        (sent,) = await running.see("sent")
        assert (sent["attempt"], "beside" in sent) == (2, True)
        (started,) = await running.see("started")
        assert started["waiting"] <= 1

    run(desk, act)


def test_alerts_for_a_channel_that_left_the_file_are_told_at_the_start(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with Store.open(desk.database) as store:
        take_in(store, [article(1), article(2)], None, KNOWLEDGE, now())

    async def act(running: Running) -> None:
        await running.see("started")
        (told,) = running.logged("unclaimed")
        assert (told["level"], told["channel"], told["waiting"]) == ("warning", "list", 2)

    run(desk, act)


def test_failing_tests_and_warnings_are_told_at_the_start_and_stop_nothing(tmp_path: Path) -> None:
    desk = Desk(tmp_path, channels={"soc": "{webhook: {url: 'https://soc.invalid/'}}"})
    desk.rules.write_text(desk.rules.read_text().replace("text: Qasem", "text: Nobody"))

    async def act(running: Running) -> None:
        await running.see("started")
        assert 'sent it; add "secret: {env: NAME}"' in running.logged("advice")[0]["says"]
        assert running.logged("test_failed")[0]["says"].endswith(
            'should alert for qasem in "Nobody Soleimani was there"; "watcher check" says why'
        )

    assert run(desk, act)[0] == 0


def test_a_part_that_breaks_ends_the_daemon_with_1(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise KeyError("alert")

    monkeypatch.setattr(Store, "due", broken)

    async def act(running: Running) -> None:
        await running.see("stopped")

    code, running = run(Desk(tmp_path), act)
    assert (code, running.logged("stopping")[0]["by"]) == (1, "fault")
    assert running.logged("broken")[0]["error"] == "KeyError: 'alert'"


def test_what_hangs_while_closing_is_left_open(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("watcher.service.opening.CLOSING", timedelta(seconds=0.05))

    async def hang(_: object) -> None:
        await asyncio.Event().wait()

    monkeypatch.setattr("watcher.feeds.Parser.aclose", hang)

    async def act(running: Running) -> None:
        await running.see("started")

    code, running = run(Desk(tmp_path), act)
    assert (code, running.logged("left_open")[0]["what"]) == (0, "parser")


def test_signs_of_life_are_given_only_while_the_store_answers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, path = Desk(tmp_path), str(tmp_path / "notify")
    stands, goes_on, changed = threading.Event(), threading.Event(), Store.changed

    def stand_still(store: Store) -> bool:
        stands.set()
        goes_on.wait(10)
        return changed(store)

    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(path)
        ear.settimeout(0)

        def signs() -> int:
            """How many signs of life came since the last call."""
            heard = 0
            with suppress(BlockingIOError):
                while message := ear.recv(4096):
                    heard += message == b"WATCHDOG=1"
            return heard

        async def act(running: Running) -> None:
            await until(signs, 10)
            monkeypatch.setattr(Store, "changed", stand_still)
            await asyncio.to_thread(stands.wait, 10)
            signs()
            await asyncio.sleep(0.1)  # ten times what a sign takes
            assert signs() == 0
            goes_on.set()
            await until(signs, 10)

        run(desk, act, environ={"NOTIFY_SOCKET": path, "WATCHDOG_USEC": "40000"})


def test_faults_at_the_start_are_raised(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.config.write_text("sorces: []\n")

    async def start() -> None:
        await watch(desk.config, Running(desk).world)

    with pytest.raises(ConfigError, match="sorces"):
        asyncio.run(start())


def test_cancelled_by_somebody_else_it_ends_as_cancelled(tmp_path: Path) -> None:
    async def play() -> None:
        running = Running(Desk(tmp_path))
        daemon = asyncio.create_task(watch(tmp_path / "watcher.yaml", running.world))
        await running.see("started")
        daemon.cancel()
        with pytest.raises(asyncio.CancelledError):
            await daemon
        assert running.logged("stopped")

    asyncio.run(play())


def test_what_another_process_sends_again_goes_within_seconds(tmp_path: Path) -> None:
    with serve(Reply(410), Reply(204)) as server:
        desk = operated(tmp_path, server)
        desk.put("report.txt")

        async def act(running: Running) -> None:
            await running.see("suspended")
            shown = running.out.getvalue
            await until(lambda: "channel suspended soc\n" in shown(), 10)
            await asyncio.to_thread(retry, desk.database, "soc")
            await until(lambda: "channel suspended soc: healed\n" in shown(), 10)

        run(desk, act)
        first, second = server.of("/")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def retry(database: Path, channel: str) -> None:
    """As `watcher outbox retry --channel` does."""
    with Store.open(database) as store:
        store.resume(channel)
        store.retry(now(), channel=channel)
