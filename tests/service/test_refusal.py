"""Each reason for a refusal names the file that has to be mended."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from tests.service.desk import Desk
from watcher.errors import ConfigError
from watcher.service.plan import read_plan
from watcher.service.refusal import Refusal, refusals, refused_by
from watcher.written import Fault


def test_faults_are_told_with_their_files_and_hints() -> None:
    faults = [
        Fault(file="a.yaml", message="no", line=2, column=1, hint="yes"),
        Fault(file="b.yaml", message="no"),
    ]
    assert refused_by(ConfigError("all of it", faults)) == [
        Refusal("a.yaml:2:1: no; yes", "a.yaml"),
        Refusal("b.yaml: no", "b.yaml"),
    ]
    assert refused_by(ConfigError("not at all")) == [Refusal("not at all")]


def test_a_test_that_fails_and_a_state_that_moves_are_told_with_their_files(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    former = read_plan(desk.config, {})
    desk.rules.write_text(desk.rules.read_text().replace("text: Qasem", "text: Nobody"))
    plan = read_plan(desk.config, {})
    plan = replace(plan, settings=replace(plan.settings, state=tmp_path / "else"))
    test, state = refusals(plan, former)
    assert (test.file, test.says.startswith(f"{desk.rules}:")) == (str(desk.rules), True)
    assert test.says.endswith('"watcher check" says why')
    assert (state.file, "stop watcher, move the folder" in state.says) == ("watcher.yaml", True)
