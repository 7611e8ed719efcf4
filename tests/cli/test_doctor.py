"""All on one screen, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.service.desk import Desk
from tests.service.scene import now
from watcher.cli import doctor as module
from watcher.cli import main
from watcher.store import Lock, Store


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    made.config.write_text(made.config.read_text() + "admin: [screen]\n")
    Store.open(made.database).close()
    return made


def doctor(desk: Desk, *args: str) -> Result:
    return CliRunner().invoke(main, ["doctor", "-c", str(desk.folder), *args])


def test_each_has_a_line_and_advice_where_something_is_to_be_done(desk: Desk) -> None:
    result = doctor(desk)
    lines = result.stdout.splitlines()
    assert result.exit_code == 0
    assert lines[0] == "ok    files           no fault in configuration and rules"
    assert lines[1].startswith("warn  daemon          no watcher is at work on ")
    assert lines[2] == f'{"":22}start it: "watcher run", or "systemctl start watcher"'
    assert result.stderr == "bad: 0 · to look at: 1 · ok: 7\n"
    assert doctor(desk, "--strict").exit_code == 1


def test_all_is_well(desk: Desk) -> None:
    with Lock.take(desk.database.parent, now()):
        result = doctor(desk, "--strict")
    assert (result.exit_code, result.stderr) == (0, "all is well\n")


def test_programs_get_every_finding_and_1_if_one_is_bad(desk: Desk) -> None:
    desk.rules.write_text(desk.rules.read_text().replace("text: Qasem", "text: Nobody"))
    result = doctor(desk, "--json")
    assert result.exit_code == 1
    files, tests, *_ = json.loads(result.stdout)
    assert (files["topic"], files["grade"]) == ("files", "ok")
    assert (tests["topic"], tests["grade"]) == ("tests", "bad")
    assert set(tests) == {"topic", "grade", "says", "advice"}


def test_files_that_are_wrong_end_it_as_they_end_every_command(desk: Desk) -> None:
    desk.rules.write_text("rulse: []\n")
    assert doctor(desk).exit_code == 2
    assert doctor(desk, "--json").stdout.count('"topic"') > 4, "the others are told all the same"
    desk.config.unlink()
    result = doctor(desk, "-c", "no/such.yaml")
    assert result.exit_code == 2
    assert result.stdout.endswith(
        "run `watcher init` for a working starter, or name the file: -c FILE\n"
    )


def test_a_terminal_gets_colours(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "wants_colour", lambda *_: True)
    assert "\x1b[32m\x1b[1mok  \x1b[0m  files" in doctor(desk).stdout
