"""A copy of the record, made by the command."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests import news
from tests.service.desk import Desk
from watcher.cli import main
from watcher.store import Store, Wanted


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    made = Desk(tmp_path)
    with Store.open(made.database) as store:
        store.record(news.dossiers(news.article(1)), None, news.NOW)
    return made


def backup(desk: Desk, to: Path) -> Result:
    return CliRunner().invoke(main, ["backup", "-c", str(desk.config), str(to)])


def test_the_copy_can_take_the_place_of_the_record(desk: Desk, tmp_path: Path) -> None:
    result = backup(desk, tmp_path / "copy.db")
    assert (result.exit_code, result.stdout) == (0, f"{tmp_path / 'copy.db'}\n")
    assert re.fullmatch(r"\d\.\d MB, looked through\n", result.stderr)
    with Store.open(tmp_path / "copy.db") as store:
        assert len(store.alerts(Wanted())) == 1


def test_in_a_folder_it_is_named_by_its_time(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    result = backup(desk, tmp_path / "kept")
    (copy,) = (tmp_path / "kept").iterdir()
    assert re.fullmatch(r"watcher-\d{8}T\d{6}Z\.db", copy.name)
    assert result.stdout == f"{copy}\n"


def test_no_file_is_overwritten(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    result = backup(desk, tmp_path / "copy.db")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "exists already; name a new file" in result.stderr
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_where_nothing_is_recorded_there_is_nothing_to_copy(tmp_path: Path) -> None:
    result = backup(Desk(tmp_path), tmp_path / "copy.db")
    assert result.exit_code == 1
    assert "nothing is recorded" in result.stderr
    assert not (tmp_path / "copy.db").exists()
