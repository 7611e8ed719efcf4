"""The daemon in this very process: reload in every way, faults, and what a person is told."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
import socket
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import closing, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from standardwebhooks import Webhook

from tests.servers import Reply, Server, serve
from tests.service.desk import SECRET, Desk, feed
from tests.service.scene import KNOWLEDGE, article, now, until
from watcher.article import Article
from watcher.errors import ConfigError, StoreError
from watcher.pipeline import take_in
from watcher.service import World
from watcher.service import serve as watch
from watcher.service import watch as module
from watcher.service.opening import _is_for_people
from watcher.store import Reign, Store

NEWS = "Qasem Soleimani visits Baghdad"


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


class Running:
    """A daemon that runs in this loop."""

    def __init__(
        self,
        desk: Desk,
        stderr: io.StringIO | None = None,
        environ: Mapping[str, str] | None = None,
    ) -> None:
        self.out, self.err = io.StringIO(), stderr or io.StringIO()
        self.world = World(
            environ=desk.environ(**(environ or {})),
            stdout=self.out,
            stderr=self.err,
            clock=now,
            chance=lambda: 0.5,
        )

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.err.getvalue().splitlines() if line[0] == "{"]

    def logged(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.events if line["event"] == event]

    async def see(self, event: str, count: int = 1) -> list[dict[str, Any]]:
        """The events of this word, once there are so many."""
        await until(lambda: len(self.logged(event)) >= count, 10)
        return self.logged(event)

    async def reload(self, event: str = "reloaded", count: int = 1) -> list[dict[str, Any]]:
        os.kill(os.getpid(), signal.SIGHUP)
        return await self.see(event, count)


def run(
    desk: Desk,
    act: Callable[[Running], Awaitable[None]],
    stderr: io.StringIO | None = None,
    environ: Mapping[str, str] | None = None,
) -> tuple[int, Running]:
    """Run the daemon and the act beside it, then send SIGTERM; the exit code."""

    async def play() -> tuple[int, Running]:
        running = Running(desk, stderr, environ)
        daemon = asyncio.create_task(watch(desk.config, running.world))
        try:
            async with asyncio.timeout(20):
                await act(running)
        finally:
            if not daemon.done():
                os.kill(os.getpid(), signal.SIGTERM)
            code = await daemon
        return code, running

    return asyncio.run(play())


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


def test_a_person_is_greeted_and_sees_no_log_but_warnings(tmp_path: Path) -> None:
    desk, stderr = Desk(tmp_path), Terminal()
    desk.put("report.txt")

    async def act(running: Running) -> None:
        await until(lambda: "Qasem Soleimani" in running.out.getvalue(), 10)

    run(desk, act, stderr)
    assert stderr.getvalue() == (
        "watching 1 source, 2 entities, 1 rule; alerts go to screen; Ctrl-C ends\n"
    )


def test_a_person_sees_that_all_is_well_again(tmp_path: Path) -> None:
    with serve(Reply(503), feed(NEWS)) as server:
        source = f"{{feed: '{server.url}', every: 1s}}"
        desk, stderr = Desk(tmp_path, sources=(source,), private=(server.netloc,)), Terminal()

        async def act(running: Running) -> None:
            await until(lambda: "WARNING health " in stderr.getvalue(), 10)
            os.kill(os.getpid(), signal.SIGHUP)
            await until(lambda: " reloaded sources=2 " in stderr.getvalue(), 10)
            await until(lambda: " now=ok " in stderr.getvalue(), 10)

        run(desk, act, stderr)
    assert " looked " not in stderr.getvalue()


def test_a_person_sees_the_log_that_the_file_asks_for(tmp_path: Path) -> None:
    desk, stderr = Desk(tmp_path), Terminal()
    desk.config.write_text(desk.config.read_text() + "log: {level: info, format: text}\n")

    async def act(running: Running) -> None:
        await until(lambda: " started " in stderr.getvalue(), 10)

    run(desk, act, stderr)


def test_a_person_sees_that_a_channel_has_come_back() -> None:
    told = {"channel": "soc", "attempt": 2}
    assert _is_for_people("info", "sent", told)
    assert not _is_for_people("info", "sent", told | {"attempt": 1})
    assert _is_for_people("warning", "postponed", told)


def test_sources_and_channels_come_and_go_with_a_reload(tmp_path: Path) -> None:
    with serve() as server:
        hook = server.script("/hook", Reply(204))
        server.script("/feed", feed(NEWS))
        desk = Desk(tmp_path)
        written = desk.config.read_text()

        async def act(running: Running) -> None:
            await running.see("started")
            more = (
                written.replace("channels:\n", f"  - {{feed: '{server.at('/feed')}'}}\nchannels:\n")
                .replace("network:\n", f"  soc: {{webhook: {{url: '{hook}'}}}}\nnetwork:\n")
                .replace("[]", f"['{server.netloc}']")
            )
            desk.config.write_text(more)
            desk.rules.write_text(desk.rules.read_text().replace("[screen]", "[screen, soc]"))
            (reloaded,) = await running.reload()
            assert (reloaded["sources"], reloaded["channels"]) == (2, "screen, soc")
            assert running.logged("advice")
            await running.see("sent", 2)
            desk.config.write_text(written)
            desk.rules.write_text(desk.rules.read_text().replace("[screen, soc]", "[screen]"))
            assert (await running.reload(count=2))[1]["sources"] == 1
            desk.put("report.txt")
            await running.see("sent", 3)

        code, _ = run(desk, act)
        assert code == 0
        assert len(server.of("/hook")) == 1
    with Store.open(desk.database) as store:
        assert len(store.reigns()) == 3
        assert all(isinstance(reign, Reign) for reign in store.reigns())


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


def test_a_suspended_channel_is_tried_again_after_a_reload(tmp_path: Path) -> None:
    with serve(Reply(410), Reply(204)) as server:
        desk = Desk(
            tmp_path,
            channels={"soc": f"{{webhook: {{url: '{server.url}'}}}}"},
            private=(server.netloc,),
        )
        desk.put("report.txt")

        async def act(running: Running) -> None:
            await running.see("suspended")
            await running.reload()
            await running.see("sent")

        run(desk, act)
        first, second = server.requests
        assert first.headers["webhook-id"] == second.headers["webhook-id"]


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


def test_another_state_folder_is_refused_while_running(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def act(running: Running) -> None:
        await running.see("started")
        desk.config.write_text(desk.config.read_text() + "state: elsewhere\n")
        (refused,) = await running.reload("reload_refused")
        assert "state: is now" in refused["says"]
        assert "stop watcher, move the folder" in refused["says"]

    run(desk, act)
    assert not (tmp_path / "elsewhere").exists()


def test_a_refusal_gives_the_advice_too(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def act(running: Running) -> None:
        await running.see("started")
        desk.config.write_text(f"sorces: []\n{desk.config.read_text()}")
        (refused,) = await running.reload("reload_refused")
        assert refused["says"].endswith('"sorces" is not known here; did you mean "sources"?')

    run(desk, act)


def test_a_fault_without_a_place_is_told_as_it_is(tmp_path: Path) -> None:
    desk = Desk(tmp_path)

    async def act(running: Running) -> None:
        await running.see("started")
        desk.config.write_text(desk.rules.read_text())
        os.kill(os.getpid(), signal.SIGHUP)
        await running.see("reload_refused")

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


def test_a_store_that_fails_at_a_reload_is_told_and_the_rules_count_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)

    async def act(running: Running) -> None:
        await running.see("started")

        def full(*_: object) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(Store, "reign", full)
        desk.rules.write_text(desk.rules.read_text().replace("commanders", "others"))
        await running.reload()
        assert running.logged("store_failed")[0]["what"] == "reload"
        desk.put("report.txt")
        assert (await running.see("alerted"))[0]["rule"] == "others"

    run(desk, act)


def test_files_on_which_watcher_itself_fails_are_refused_like_faulty_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)

    def broken(*_: object) -> None:
        raise ZeroDivisionError("by zero")

    async def act(running: Running) -> None:
        await running.see("started")
        monkeypatch.setattr(module, "read_plan", broken)
        (refused,) = await running.reload("reload_refused")
        assert "please report this fault" in refused["says"]
        assert running.logged("reload_failed")[0]["error"] == "ZeroDivisionError: by zero"
        desk.put("report.txt")
        await running.see("sent")

    assert run(desk, act)[0] == 0


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
    stands, goes_on, unseen = threading.Event(), threading.Event(), Store.unseen

    def stand_still(store: Store, found: Sequence[Article]) -> tuple[Article, ...]:
        stands.set()
        goes_on.wait(10)
        return unseen(store, found)

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
            monkeypatch.setattr(Store, "unseen", stand_still)
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


def operated(folder: Path, server: Server) -> Desk:
    """A desk whose operator hears of trouble on the screen."""
    soc = f"{{webhook: {{url: '{server.url}', secret: {{env: SECRET}}}}}}"
    channels = {"screen": "{terminal: {}}", "soc": soc}
    desk = Desk(folder, channels=channels, private=(server.netloc,))
    desk.config.write_text(desk.config.read_text() + "admin: [screen]\nheartbeat: 1d\n")
    return desk


def test_the_operator_hears_that_files_are_refused_and_that_they_are_taken(tmp_path: Path) -> None:
    with serve() as server:
        desk = operated(tmp_path, server)
        written = desk.rules.read_text()

        async def act(running: Running) -> None:
            shown = running.out.getvalue
            await until(lambda: "watcher: all is running\n" in shown(), 10)
            desk.rules.write_text("rulse: []\n")
            await running.reload("reload_refused")
            await until(lambda: "reload refused \u2068watcher.yaml\u2069\n" in shown(), 10)
            desk.rules.write_text(written)
            await running.reload()
            await until(lambda: "watcher.yaml\u2069: healed\n" in shown(), 10)
            assert shown().count("all is running") == 1

        run(desk, act)


def test_what_another_process_sends_again_goes_within_seconds(tmp_path: Path) -> None:
    with serve(Reply(410), Reply(204)) as server:
        desk = operated(tmp_path, server)
        desk.put("report.txt")

        async def act(running: Running) -> None:
            await running.see("suspended")
            shown = running.out.getvalue
            await until(lambda: "channel suspended \u2068soc\u2069\n" in shown(), 10)
            await asyncio.to_thread(retry, desk.database, "soc")
            await until(lambda: "channel suspended \u2068soc\u2069: healed\n" in shown(), 10)

        run(desk, act)
        first, second = server.of("/")
    assert first.headers["webhook-id"] == second.headers["webhook-id"]


def test_a_notice_that_cannot_be_recorded_stands_in_the_log(tmp_path: Path) -> None:
    with serve() as server:
        desk = operated(tmp_path, server)

        async def act(running: Running) -> None:
            await running.see("started")
            await asyncio.to_thread(forget_troubles, desk.database)
            desk.rules.write_text("rulse: []\n")
            await running.reload("reload_refused")
            (failed,) = await running.see("store_failed")
            assert failed["what"] == "notice"

        run(desk, act)


def forget_troubles(database: Path) -> None:
    """Damage the record where notices are kept."""
    with closing(sqlite3.connect(database, timeout=10)) as other:
        other.execute("DROP TABLE troubles")


def retry(database: Path, channel: str) -> None:
    """As `watcher outbox retry --channel` does."""
    with Store.open(database) as store:
        store.resume(channel)
        store.retry(now(), channel=channel)


def test_a_key_and_an_address_that_are_changed_count_from_the_reload_on(tmp_path: Path) -> None:
    other = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
    with serve() as server:
        soc = f"{{webhook: {{url: '{server.at('/hook')}', secret: {{file: key}}}}}}"
        desk = Desk(tmp_path, channels={"soc": soc}, private=(server.netloc,))
        (tmp_path / "key").write_text(f"{SECRET}\n")

        async def act(running: Running) -> None:
            await running.see("started")
            for number, keys in enumerate(((SECRET,), (other, SECRET), (other,)), 1):
                (tmp_path / "key").write_text(" ".join(keys))
                await running.reload(count=number)
                desk.put(f"{number}.txt", f"{number}: Qasem Soleimani")
                await running.see("sent", number)

        _, running = run(desk, act)
        requests = server.of("/hook")
    for request, keys in zip(requests, ((SECRET,), (other, SECRET), (other,)), strict=True):
        assert len(request.headers["webhook-signature"].split()) == len(keys)
        for key in keys:
            assert Webhook(key).verify(request.body, dict(request.headers))
    assert other not in running.err.getvalue()
