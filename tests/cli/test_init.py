from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from watcher.cli import main

FILES = [
    "articles/arabic.txt",
    "articles/english.txt",
    "articles/persian.txt",
    "articles/russian.txt",
    "rules/commanders.yaml",
    "schema/config.json",
    "schema/rules.json",
    "watcher.yaml",
]


def test_the_starter_is_written_and_the_next_step_said(tmp_path: Path) -> None:
    desk = tmp_path / "deep" / "desk"
    result = CliRunner().invoke(main, ["init", str(desk)])
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [str(desk / name) for name in FILES]
    assert f"in {desk}:\n  watcher run" in result.stderr
    written = sorted(path for path in desk.rglob("*") if path.is_file())
    assert [str(path.relative_to(desk)) for path in written] == FILES


def test_without_a_folder_it_is_this_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["init"])
    assert result.stdout.splitlines() == FILES
    assert "Next, here:" in result.stderr


def test_nothing_is_overwritten_and_what_is_there_is_named(tmp_path: Path) -> None:
    mine = tmp_path / "watcher.yaml"
    mine.write_text("state: mine\n")
    result = CliRunner().invoke(main, ["init", str(tmp_path)])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == (
        f"{tmp_path} holds already: watcher.yaml; nothing was written. "
        f"Choose a folder that is not there yet: watcher init {tmp_path}-2\n"
    )
    assert list(tmp_path.iterdir()) == [mine]
    assert mine.read_text() == "state: mine\n"


def test_the_folder_it_proposes_is_free(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watcher.yaml").write_text("")
    said = "this folder holds already: watcher.yaml; nothing was written. Choose a folder"
    for name in ("desk", "desk-2", "desk-3"):
        result = CliRunner().invoke(main, ["init"])
        assert result.stderr.startswith(said)
        assert result.stderr.endswith(f": watcher init {name}\n")
        assert CliRunner().invoke(main, ["init", name]).exit_code == 0
    assert "watcher init desk-4\n" in CliRunner().invoke(main, ["init", "desk"]).stderr


def test_a_file_in_the_way_is_said(tmp_path: Path) -> None:
    (tmp_path / "desk").write_text("a file\n")
    result = CliRunner().invoke(main, ["init", str(tmp_path / "desk")])
    assert result.exit_code == 1
    assert "cannot be written (" in result.stderr
    assert "choose another folder" in result.stderr
