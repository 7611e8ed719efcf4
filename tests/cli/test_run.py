from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.service.desk import Desk
from tests.service.scene import now
from watcher.cli import main
from watcher.store import Lock


def run(desk: Desk, *args: str) -> Result:
    return CliRunner(env=desk.environ()).invoke(main, ["run", "-c", str(desk.config), *args])


def test_once_prints_alerts_to_stdout_and_how_it_went_to_stderr(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("report.txt")
    result = run(desk, "--once")
    assert (result.exit_code, "Qasem Soleimani" in result.stdout) == (0, True)
    assert "looked at 1 of 1 source · new articles: 1 · alerts: 1 · sent: 1" in result.stderr


def test_once_fails_if_a_source_does(tmp_path: Path) -> None:
    desk = Desk(tmp_path, sources=("{feed: 'http://127.0.0.1:9/'}",))
    result = run(desk, "--once")
    assert result.exit_code == 1
    assert "127.0.0.1:9" in result.stderr


@pytest.mark.parametrize("more", [(), ("--once",)])
def test_a_dry_run_records_nothing(tmp_path: Path, more: tuple[str, ...]) -> None:
    desk = Desk(tmp_path)
    desk.put("report.txt")
    result = run(desk, "--dry-run", *more)
    assert (result.exit_code, desk.database.exists()) == (0, False)
    assert result.stdout.startswith("would be sent to: screen\n")


@pytest.mark.parametrize("args", [("--once",), ("--dry-run",), ()])
def test_faults_end_with_2_and_show_line_and_caret(tmp_path: Path, args: tuple[str, ...]) -> None:
    desk = Desk(tmp_path)
    desk.config.write_text("sorces: []\n")
    result = run(desk, *args)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "watcher.yaml:1:1: " in result.stderr
    assert "    sorces: []\n    ^\n" in result.stderr


def test_a_folder_somebody_works_on_ends_with_2(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with Lock.take(tmp_path / "var", now()):
        result = run(desk, "--once")
    assert result.exit_code == 2
    assert "is at work on this folder already" in result.stderr


def test_help_teaches() -> None:
    result = CliRunner().invoke(main, ["run", "--help"])
    assert "watcher run --once --dry-run" in result.stdout
