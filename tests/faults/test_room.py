"""A disk that is really full, and one that may really only be read: a small one of our own."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.faults.test_kill import arrived, desk_of
from tests.servers import serve
from tests.service.desk import Daemon, Desk

pytestmark = pytest.mark.process


def _may_mount() -> bool:
    """Whether a process of ours may have a disk of its own."""
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "mount", "-t", "tmpfs", "none", "/mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


mounted = pytest.mark.skipif(not _may_mount(), reason="no disk of our own may be mounted here")


class Small(Desk):
    """A desk whose record is on a disk of four megabytes, which only its process sees."""

    options = "size=4m"

    def command(self, *args: str) -> list[str]:
        mount = f'mount -t tmpfs -o {self.options} none "$0" && exec "$@"'
        state = self.database.parent
        state.mkdir(exist_ok=True)
        return ["unshare", "-rm", "sh", "-c", mount, str(state), *super().command(*args)]


def seen_by(daemon: Daemon, path: Path) -> Path:
    """The same path as the process sees it."""
    return Path(f"/proc/{daemon.process.pid}/root{path}")


@contextmanager
def full(folder: Path) -> Iterator[None]:
    """Leave no room where a folder is, until the block ends."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))
    try:
        yield
    finally:
        filler.unlink()


@mounted
def test_a_disk_that_is_full_for_a_while_is_told_and_loses_nothing(tmp_path: Path) -> None:
    with serve() as server:
        desk = desk_of(tmp_path, server, Small)
        with desk.daemon() as daemon:
            desk.put("before.txt", "Qasem Soleimani came.")
            daemon.logged("sent")
            state = seen_by(daemon, desk.database.parent)
            with full(state):
                for number in range(3):  # what is free inside the files is used up too
                    words = f"{number} Qasem Soleimani went. " + "=" * 100_000
                    desk.put(f"{number}.txt", words)
                (told, *_) = daemon.logged("store_failed")
                assert "cannot grow: the disk is full; make room" in told["reason"]
            daemon.send(signal.SIGHUP)  # or it would look again by itself half a minute later
            daemon.logged("sent", 4, 60)
            with closing(sqlite3.connect(state / desk.database.name)) as record:
                assert record.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            assert daemon.stop()[0] == 0
        assert len(arrived(server)) == 4
        assert set(arrived(server).values()) == {1}


@mounted
def test_a_disk_that_may_only_be_read_is_told_at_the_start(tmp_path: Path) -> None:
    desk = Small(tmp_path)
    desk.options = "ro"
    ended = desk.run("run", "--once")
    assert ended.returncode == 2
    assert "cannot be written (Read-only file system)" in ended.stderr
    assert 'make the "state:" folder writable' in ended.stderr
    assert "Traceback" not in ended.stderr
