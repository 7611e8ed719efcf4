from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.service.desk import Desk
from watcher.alerts import Lesson
from watcher.config import read_config, read_rulebook
from watcher.errors import RuleError
from watcher.service import Addition, additions, teach
from watcher.watchlist import RuleTest
from watcher.written import Spot


def test_what_would_be_a_fault_is_not_written(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    settings, before = read_config(desk.config, {}), desk.rules.read_text()
    spot = Spot(("entities", 0), "aliases", ("id",))
    wanted = Addition(str(desk.rules), 1, "entity qasem", spot, ("123",))
    with pytest.raises(RuleError, match=r"rules\.yaml:2:.*123"):
        teach([wanted], settings, read_rulebook(settings))
    assert desk.rules.read_text() == before


def test_what_stands_in_no_file_is_added_to_none(tmp_path: Path) -> None:
    rulebook = read_rulebook(read_config(Desk(tmp_path).config, {}))
    lesson = Lesson(
        entity=rulebook.watchlist["qasem"],
        rule=rulebook.rules[0],
        excludes=("Ali",),
        aliases=("Qassem",),
        test=RuleTest(text="Ali", alert=()),
    )
    assert len(additions(lesson, rulebook)) == 3
    assert additions(lesson, replace(rulebook, files={})) == ()
