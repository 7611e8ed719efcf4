from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.news import NOW
from watcher.errors import StoreError
from watcher.store import LOCK, Lock

HOLD = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from watcher.store import Lock
Lock.take(Path(sys.argv[1]), datetime(2026, 3, 5, 8, 30, tzinfo=UTC))
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.process
def test_a_second_daemon_is_told_of_the_first(tmp_path: Path):
    with subprocess.Popen(
        [sys.executable, "-c", HOLD, tmp_path / "var"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as first:
        try:
            assert first.stdout.readline() == "held\n"
            with pytest.raises(
                StoreError,
                match=rf"var: a watcher is at work on this folder already \(process {first.pid},"
                r" running since 2026-03-05 08:30:00 UTC\); stop it first",
            ):
                Lock.take(tmp_path / "var", NOW)
        finally:
            first.kill()
    with Lock.take(tmp_path / "var", NOW):
        written = (tmp_path / "var" / LOCK).read_text()
    assert written == f"{os.getpid()} 2026-03-05T08:30:00Z\n"


def test_it_can_be_taken_again_once_released(tmp_path: Path):
    lock = Lock.take(tmp_path, NOW)
    lock.release()
    lock.release()
    Lock.take(tmp_path, NOW).release()


def test_a_first_without_a_name_yet_is_another_process(tmp_path: Path):
    with Lock.take(tmp_path, NOW):
        (tmp_path / LOCK).write_text("")
        with pytest.raises(StoreError, match=r"already \(another process\)"):
            Lock.take(tmp_path, NOW)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"daemon.lock: cannot be written \(Not a directory\)"):
        Lock.take(tmp_path / "file" / "var", NOW)


def test_a_file_system_that_cannot_lock_is_told(tmp_path: Path):
    # A device that is always full stands for it.
    (tmp_path / LOCK).symlink_to("/dev/full")
    with pytest.raises(StoreError, match=r"cannot be locked .*on a local disk with room left"):
        Lock.take(tmp_path, NOW)


def test_who_holds_a_folder_is_told_without_taking_it(tmp_path: Path):
    assert Lock.holder(tmp_path) == ""
    with Lock.take(tmp_path, NOW):
        assert (
            Lock.holder(tmp_path) == f"process {os.getpid()}, running since 2026-03-05 08:30:00 UTC"
        )
    assert Lock.holder(tmp_path) == ""
