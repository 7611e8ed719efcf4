"""Files that are saved while the daemon runs: noticed however they are saved, taken over once."""

from __future__ import annotations

import asyncio
import errno
import os
import signal
from datetime import timedelta
from pathlib import Path

import pytest
import watchfiles

from tests.service.desk import Desk
from tests.service.running import Running, run
from tests.service.scene import play, until
from watcher.config import read_config
from watcher.service import edits as module
from watcher.service.edits import Edits, Standing, places, survey, survey_plan
from watcher.service.worker import Worker
from watcher.store import Store


def pace(monkeypatch: pytest.MonkeyPatch, **seconds: float) -> None:
    """Let the watch look and wait for other times."""
    for name, value in seconds.items():
        monkeypatch.setattr(module, name, timedelta(seconds=value))


def test_a_survey_sees_rules_and_passes_over_what_editors_leave(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.config.write_text(f"{desk.config.read_text()}lists: [{{file: own.jsonl}}]\n")
    more = desk.rules.parent / "more" / "other.yml"
    more.parent.mkdir()
    more.write_text("entities: []\n")
    paths = places(read_config(desk.config, {}))
    first = survey(paths)
    assert [Path(path).name for path in first.marks] == [
        "watcher.yaml",
        "rules.yaml",
        "other.yml",
        "own.jsonl",
        "own.jsonl.about",
    ]
    assert first.marks[str(tmp_path / "own.jsonl")] == (errno.ENOENT, 0)
    for name in ("#rules.yaml#", ".rules.yaml.swp", ".#rules.yaml", "rules.yaml~", "4913"):
        (desk.rules.parent / name).write_text("half")
    (desk.rules.parent / ".git").mkdir()
    assert survey(paths) == first == survey_plan(desk.config, {})
    assert survey(paths).folders == first.folders
    (tmp_path / "own.jsonl").write_text("")
    assert survey(paths) != first


def test_a_folder_put_in_the_place_of_another_is_another(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    first = survey([desk.rules.parent])
    desk.rules.parent.rename(tmp_path / "old")
    desk.rules.parent.mkdir()
    assert survey([desk.rules.parent]).folders != first.folders


def test_of_a_file_that_cannot_be_taken_it_alone_is_known(tmp_path: Path) -> None:
    config = tmp_path / "watcher.yaml"
    config.write_text("sorces: []\n")
    assert survey_plan(config, {}) == survey([config]) != Standing()


def test_what_is_saved_is_taken_over_however_it_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace(monkeypatch, QUIET=0.15)
    desk = Desk(tmp_path)
    written = desk.rules.read_text()

    async def act(running: Running) -> None:
        await running.see("started")
        await asyncio.to_thread(desk.rules.write_text, written.replace("commanders", "one"))
        await running.see("reloaded")
        fresh = desk.rules.with_name("rules.yaml~")
        fresh.write_text(written.replace("commanders", "two"))
        fresh.rename(desk.rules)
        await running.see("reloaded", 2)
        (desk.rules.parent / "more").mkdir()
        (desk.rules.parent / "more" / "new.yaml").write_text(
            "entities: [{id: ali, name: Ali Shamkhani}]\n"
        )
        assert (await running.see("reloaded", 3))[2]["entities"] == 3
        for number in range(20):
            desk.rules.write_text(written.replace("commanders", f"rule-{number}"))
            await asyncio.sleep(0.01)
        await running.see("reloaded", 4)
        desk.rules.write_text(f"{written}rulse: []\n")
        (refused,) = await running.see("reload_refused")
        assert "did you mean" in refused["says"]
        desk.put("report.txt")
        assert (await running.see("alerted"))[0]["rule"] == "rule-19"
        with Store.open(desk.database) as store:
            (complaint,) = store.complaints().values()
        assert complaint.startswith(refused["says"])
        desk.rules.write_text(written)
        await running.see("reloaded", 5)
        desk.config.write_text(f"{desk.config.read_text()}max_age: 1d\n")
        await running.see("reloaded", 6)
        assert len(running.logged("reload_refused")) == 1

    code, running = run(desk, act)
    assert code == 0
    assert len(running.logged("reloaded")) == 6


def test_a_folder_that_was_refused_is_watched_until_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace(monkeypatch, QUIET=0.15)
    desk = Desk(tmp_path)
    written, config = desk.rules.read_text(), desk.config.read_text()
    other = tmp_path / "other" / "rules.yaml"
    other.parent.mkdir()
    other.write_text(f"{written}rulse: []\n")

    async def act(running: Running) -> None:
        await running.see("started")
        desk.config.write_text(f"{config}rules: other\n")
        await running.see("reload_refused")
        other.write_text(written.replace("commanders", "mended"))
        await running.see("reloaded")
        desk.put("report.txt")
        assert (await running.see("alerted"))[0]["rule"] == "mended"

    assert run(desk, act)[0] == 0


def test_a_hundred_orders_to_reload_leave_the_last_state_in_force(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    written = desk.rules.read_text()

    async def act(running: Running) -> None:
        await running.see("started")
        for number in range(100):
            desk.rules.write_text(written.replace("commanders", f"rule-{number}"))
            os.kill(os.getpid(), signal.SIGHUP)
            await asyncio.sleep(0)
        os.kill(os.getpid(), signal.SIGHUP)
        await running.see("reloaded")
        await asyncio.to_thread(desk.put, "report.txt")
        assert (await running.see("alerted"))[0]["rule"] == "rule-99"

    code, running = run(desk, act)
    assert code == 0
    assert not running.logged("reload_refused")
    with Store.open(desk.database) as store:
        assert store.troubles() == {}


class Watched:
    """One file that is watched, and how often a change of it was told."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "watcher.yaml"
        self.file.write_text("one")
        self.told = 0
        self.faults: list[BaseException] = []
        self.reader = Worker("reader")
        self.edits = Edits(self.reader, self._tell, self.faults.append)
        self.edits.follow((self.file,), survey([self.file]))

    def _tell(self) -> None:
        self.told += 1

    def close(self) -> None:
        self.edits.stop()
        self.reader.close()


def test_where_the_system_says_nothing_the_files_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none_left(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "no watches left")

    monkeypatch.setattr(watchfiles, "watch", none_left)
    pace(monkeypatch, LOOK=0.05, QUIET=0.05)

    async def act() -> None:
        watched = Watched(tmp_path)
        await asyncio.sleep(0.1)
        assert watched.told == 0
        watched.file.write_text("another")
        await until(lambda: watched.told == 1)
        watched.file.write_text("a third")
        await watched.edits.note([watched.file])
        await asyncio.sleep(0.15)
        assert watched.told == 1
        watched.close()

    play(act)


def test_what_is_read_by_order_while_it_comes_to_rest_is_not_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace(monkeypatch, LOOK=0.02, QUIET=0.1)

    async def act() -> None:
        watched = Watched(tmp_path)
        watched.file.write_text("another")
        await asyncio.sleep(0.05)
        await watched.edits.note([watched.file])
        await asyncio.sleep(0.3)
        assert watched.told == 0
        watched.close()

    play(act)


def test_a_file_that_never_rests_is_taken_as_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pace(monkeypatch, MOST=0.2, QUIET=0.05)

    async def act() -> None:
        watched = Watched(tmp_path)
        number = 0
        while not watched.told:
            number += 1
            watched.file.write_text("x" * number)
            await asyncio.sleep(0.005)
        watched.close()

    play(act)


def test_a_fault_of_watcher_itself_is_not_hushed_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_: object) -> Standing:
        raise ZeroDivisionError

    async def act() -> None:
        watched = Watched(tmp_path)
        monkeypatch.setattr(module, "survey", broken)
        await until(lambda: watched.faults)
        watched.close()

    play(act)
