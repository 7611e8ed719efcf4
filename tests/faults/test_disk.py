"""A database that is locked, full, failing, read-only or damaged: told what helps, nothing lost."""

from __future__ import annotations

import signal
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests import news
from tests.faults.stable import failing, stable, traced
from tests.faults.test_kill import arrived, desk_of
from tests.servers import serve
from tests.service.desk import Desk
from watcher.errors import StoreError
from watcher.store import Store

pytestmark = pytest.mark.process


@traced
@pytest.mark.parametrize(
    ("inject", "says"),
    [
        ("pwrite64:error=ENOSPC", "cannot grow: the disk is full; make room"),
        ("pwrite64:error=EIO", "the disk fails; check the disk"),
        ("fdatasync:error=EIO", "the disk fails; check the disk"),
        ("pwrite64:error=EROFS", "the disk fails; check the disk"),
    ],
)
def test_a_disk_that_fails_for_a_while_is_told_and_loses_nothing(
    inject: str, says: str, tmp_path: Path
) -> None:
    with serve() as server:
        desk = desk_of(tmp_path, server)
        with desk.daemon() as daemon:
            desk.put("before.txt", "Qasem Soleimani came.")
            daemon.logged("sent")
            with failing(daemon, inject):
                desk.put("during.txt", "Qasem Soleimani went.")
                (told, *_) = daemon.logged("store_failed")
                assert str(desk.database) in told["reason"]
                assert says in told["reason"]
                assert len(arrived(server)) == 1
            daemon.send(signal.SIGHUP)  # or it would look again by itself half a minute later
            daemon.logged("sent", 2, 60)
            assert daemon.stop()[0] == 0
        assert {title for title, _, _ in arrived(server)} == {
            "Qasem Soleimani came.",
            "Qasem Soleimani went.",
        }
        assert is_sound(desk.database)


def test_a_lock_of_another_program_is_waited_for(tmp_path: Path) -> None:
    with serve() as server:
        desk = desk_of(tmp_path, server)
        with desk.daemon() as daemon:
            desk.put("before.txt", "Qasem Soleimani came.")
            daemon.logged("sent")
            with closing(sqlite3.connect(desk.database, isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                desk.put("during.txt", "Qasem Soleimani went.")
                with pytest.raises(TimeoutError):
                    daemon.logged("alerted", 2, 2)
                other.execute("ROLLBACK")
            daemon.logged("sent", 2, 60)
            assert daemon.stop()[0] == 0
        assert len(arrived(server)) == 2


@traced
def test_a_database_that_may_only_be_read_stops_the_round_with_what_to_do(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    with stable(desk) as rounds:
        assert rounds.untraced() == 0
        content = desk.database.read_bytes()
        refuse = (
            "-P",
            str(desk.database),
            "-e",
            "trace=openat",
            "-e",
            "inject=openat:error=EROFS:when=1",
        )
        assert rounds.round(*refuse) == 1
        assert desk.database.read_bytes() == content
        assert "make file and folder writable" in rounds.said()


@pytest.mark.parametrize("at", [0, 3 * 4096])
def test_a_damaged_database_is_named_and_left_as_it_is(at: int, tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    desk.put("report.txt")
    assert desk.run("run", "--once").returncode == 0
    content = bytearray(desk.database.read_bytes())
    content[at : at + 4 * 4096] = b"\xff" * 4 * 4096
    desk.database.write_bytes(content)
    with desk.daemon() as daemon:
        assert daemon.process.wait(30) == 1
        daemon.finish()
        told = [line for line in daemon.written if str(desk.database) in line]
    assert len(told) == 1, daemon.written
    assert "is damaged" in told[0] or "is not a database" in told[0]
    assert "left as it is" in told[0]
    assert desk.database.read_bytes() == content


def is_sound(database: Path) -> bool:
    """Whether SQLite finds nothing wrong in a database that nobody uses."""
    with closing(sqlite3.connect(database)) as connection:
        return connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_database_that_is_damaged_while_it_is_used_is_told_and_left_there(tmp_path: Path) -> None:
    database = tmp_path / "w.db"
    with Store.open(database) as store:
        store.record(news.dossiers(*map(news.article, range(60))), None, news.NOW)
    with Store.open(database) as store:
        content = bytearray(database.read_bytes())
        content[4096:] = b"\xff" * (len(content) - 4096)
        database.write_bytes(content)
        for step in (store.tallies, store.check, lambda: store.due("desk", news.NOW)):
            with pytest.raises(StoreError, match=r"w\.db: is damaged; it is left as it is"):
                step()
    assert database.read_bytes() == content
