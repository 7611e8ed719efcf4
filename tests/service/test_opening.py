"""What a person is told on a terminal while the daemon works."""

from __future__ import annotations

import asyncio
import io
import os
import signal
from pathlib import Path

from tests.servers import Reply, serve
from tests.service.desk import Desk, feed
from tests.service.running import NEWS, Running, run
from tests.service.scene import now, until
from watcher.service import World, run_once
from watcher.service.opening import _is_for_people, begin
from watcher.service.plan import read_plan
from watcher.store import Store


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_person_is_greeted_and_sees_no_log_but_warnings(tmp_path: Path) -> None:
    desk, stderr = Desk(tmp_path), Terminal()
    desk.put("report.txt")

    async def act(running: Running) -> None:
        await until(lambda: "Qasem Soleimani" in running.out.getvalue(), 10)

    run(desk, act, stderr)
    assert stderr.getvalue() == (
        "watching 1 source, 2 entities, 1 rule; alerts go to screen; Ctrl-C ends\n"
    )


def test_a_person_reads_once_what_stands_in_a_notice_too(tmp_path: Path) -> None:
    channels = {"screen": "{terminal: {}}", "desk": "{slack: {webhook: {env: MISSING}}}"}
    desk, stderr, stdout = Desk(tmp_path, channels=channels), Terminal(), Terminal()
    desk.config.write_text(desk.config.read_text() + "admin: [screen]\n")

    async def act(running: Running) -> None:
        await until(lambda: "channel closed desk" in stdout.getvalue(), 10)
        os.kill(os.getpid(), signal.SIGHUP)
        await until(lambda: " reloaded " in stderr.getvalue(), 10)
        desk.rules.write_text("rulse: []\nother: 1\n")
        await until(lambda: "ERROR reload_refused" in stderr.getvalue(), 10)
        assert "rules.yaml:2:1: the key" in stderr.getvalue()
        assert "rules.yaml:1:1: the key" not in stderr.getvalue(), "it stands in the notice"
        await until(lambda: "rules.yaml:1:1: the key" in stdout.getvalue(), 10)

    run(desk, act, stderr, {"NO_COLOR": "1"}, stdout)
    before, after = stderr.getvalue().split("watching 1 source", 1)
    assert "channel_closed" not in before
    assert "ERROR channel_closed channel=desk" in after, "nothing new is said elsewhere"


def test_a_notice_of_one_channel_silences_no_error_of_another(tmp_path: Path) -> None:
    channels = {"screen": "{terminal: {}}", "desk": "{slack: {webhook: {env: MISSING}}}"}
    desk, logs = Desk(tmp_path, channels=channels), []
    desk.config.write_text(desk.config.read_text() + "admin: [screen]\n")
    for _ in range(2):
        outside = World(
            environ=desk.environ(),
            stdout=Terminal(),
            stderr=Terminal(),
            clock=now,
            chance=lambda: 0.5,
        )
        asyncio.run(run_once(desk.config, outside))
        assert isinstance(outside.stderr, Terminal)
        logs.append(outside.stderr.getvalue())
        written = desk.config.read_text()
        soc = "channels:\n  soc: {slack: {webhook: {env: MISSING}}}\n"
        desk.config.write_text(written.replace("channels:\n", soc))
    first, second = logs
    assert "channel_closed" not in first, "it stands in the notice"
    assert "ERROR channel_closed channel=desk" in second
    assert "channel=soc" not in second, "it stands in the notice"


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


def test_what_comes_into_force_is_noted_with_its_files(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with Store.open(desk.database) as store:
        begin(store, read_plan(desk.config, {}), now())
        desk.config.write_text(f"{desk.config.read_text()}rules: rules/rules.yaml\n")
        begin(store, read_plan(desk.config, {}), now())
        (reign,) = store.reigns.all()
    assert reign.files == {"rules.yaml": desk.rules.read_bytes()}
    assert reign.rules_version == read_plan(desk.config, {}).knowledge.rulebook.version
