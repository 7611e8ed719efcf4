"""What a reload takes over, what it refuses, and that the watch goes on either way."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from standardwebhooks import Webhook

from tests.servers import Reply, serve
from tests.service.desk import SECRET, Desk, feed
from tests.service.running import NEWS, Running, operated, run
from tests.service.scene import until
from watcher.config import Settings
from watcher.errors import StoreError
from watcher.service import watch as module
from watcher.service.house import House
from watcher.service.outside import Line, Opened
from watcher.store import Reigns, Store


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
        assert len(store.reigns.all()) == 3
        assert store.reigns.in_force() == store.reigns.all()[-1]
        assert store.reigns.all()[-1].files == {"rules.yaml": desk.rules.read_bytes()}


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


def test_a_store_that_fails_at_a_reload_is_told_and_the_rules_count_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)

    async def act(running: Running) -> None:
        await running.see("started")

        def full(*_: object) -> None:
            raise StoreError("the disk is full")

        monkeypatch.setattr(Reigns, "add", full)
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


def test_a_plan_at_which_watcher_itself_fails_is_refused_and_the_former_one_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(tmp_path)
    opens, well = module.open_all, []

    def broken(settings: Settings, line: Line, house: House) -> Opened:
        if house.knowledge.rulebook.rules[0].id == "others" and not well:
            raise ZeroDivisionError("by zero")
        return opens(settings, line, house)

    async def act(running: Running) -> None:
        await running.see("started")
        monkeypatch.setattr(module, "open_all", broken)
        desk.rules.write_text(desk.rules.read_text().replace("commanders", "others"))
        (refused,) = await running.reload("reload_refused")
        assert "watcher failed to take the files over" in refused["says"]
        assert running.logged("reload_failed")[0]["error"] == "ZeroDivisionError: by zero"
        desk.put("report.txt")
        assert (await running.see("alerted"))[0]["rule"] == "commanders"
        await running.see("sent")
        assert len(running.logged("reload_failed")) == 1, "it is not tried for ever"
        well.append(True)
        await running.reload()

    assert run(desk, act)[0] == 0


def test_the_operator_hears_that_files_are_refused_and_that_they_are_taken(tmp_path: Path) -> None:
    with serve() as server:
        desk = operated(tmp_path, server)
        written = desk.rules.read_text()

        async def act(running: Running) -> None:
            shown = running.out.getvalue
            await until(lambda: "watcher: all is running\n" in shown(), 10)
            desk.rules.write_text("rulse: []\n")
            await running.reload("reload_refused")
            await until(lambda: f"reload refused {desk.rules}\n" in shown(), 10)
            desk.rules.write_text(written)
            await running.reload()
            await until(lambda: f"{desk.rules}: healed\n" in shown(), 10)
            assert shown().count("all is running") == 1

        run(desk, act)


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
