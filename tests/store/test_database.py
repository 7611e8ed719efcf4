from __future__ import annotations

import errno
import fcntl
import shutil
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from watcher.errors import StoreError
from watcher.store.database import Database, advise

SOON = timedelta(milliseconds=20)


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database.open(path, SOON)
    opened.endure()
    opened.run("CREATE TABLE t (x ANY) STRICT")
    yield opened
    opened.close()


def rows(database: Database) -> list[object]:
    return [row["x"] for row in database.read("SELECT x FROM t ORDER BY x")]


def test_what_is_promised_is_switched_on(database: Database):
    pragmas = ("foreign_keys", "synchronous", "journal_mode", "busy_timeout")
    told = [next(iter(database.read(f"PRAGMA {p}")[0].values())) for p in pragmas]
    assert told == [1, 2, "wal", 20]


def test_a_transaction_is_kept_as_a_whole(database: Database):
    with database.write():
        database.run("INSERT INTO t VALUES (?)", (1,))
        database.run_each("INSERT INTO t VALUES (?)", [(2,), (3,)])
    assert rows(database) == [1, 2, 3]


@pytest.mark.parametrize("fault", [ValueError, KeyboardInterrupt])
def test_or_not_at_all(database: Database, fault: type[BaseException]):
    def fail() -> None:
        with database.write():
            database.run("INSERT INTO t VALUES (?)", (1,))
            raise fault

    with pytest.raises(fault):
        fail()
    assert rows(database) == []
    with database.write():
        database.run("INSERT INTO t VALUES (?)", (2,))
    assert rows(database) == [2]


def test_a_transaction_in_another_is_a_part_of_it(database: Database):
    def fail() -> None:
        with database.write():
            with database.write():
                database.run("INSERT INTO t VALUES (?)", (1,))
            raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - our own
        fail()
    assert rows(database) == []
    with database.write(), database.write():
        database.run("INSERT INTO t VALUES (?)", (2,))
    assert rows(database) == [2]


def test_what_no_database_takes_as_text_is_replaced_letter_by_letter(database: Database):
    database.run("INSERT INTO t VALUES (?)", ("a\0b\ud800c😀",))
    assert rows(database) == ["a�b�c😀"]


def test_two_writers_take_turns(database: Database, path: Path):
    """Each reads before it writes, which is where a deferred transaction would fail."""

    def add() -> None:
        mine = Database.open(path, timedelta(seconds=30))
        for _ in range(25):
            with mine.write():
                mine.run("INSERT INTO t VALUES (?)", (len(rows(mine)) + 1,))
        mine.close()

    threads = [threading.Thread(target=add) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(database) == list(range(1, 76))


def test_a_lock_that_stays_is_told(database: Database, path: Path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match=r"watcher.db: is locked by another program") as told:
            database.run("INSERT INTO t VALUES (1)")
        assert isinstance(told.value.__cause__, sqlite3.OperationalError)
        other.rollback()
    database.run("INSERT INTO t VALUES (2)")
    assert rows(database) == [2]


def test_a_reader_is_not_in_the_way_of_a_writer(database: Database, path: Path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT * FROM t").fetchall()
        database.run("INSERT INTO t VALUES (1)")
        assert other.execute("SELECT * FROM t").fetchall() == []


def test_a_connection_belongs_to_its_thread(database: Database):
    told: list[StoreError] = []

    def meddle() -> None:
        with pytest.raises(StoreError, match="thread") as error:
            database.read("SELECT 1")
        told.append(error.value)

    thread = threading.Thread(target=meddle)
    thread.start()
    thread.join()
    assert len(told) == 1


def test_a_closed_database_answers_no_more(database: Database):
    database.close()
    database.close()
    with pytest.raises(StoreError, match="closed"):
        database.read("SELECT 1")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"file/var: cannot be used as a folder .*state:"):
        Database.open(tmp_path / "file" / "var" / "watcher.db", SOON)


def test_a_folder_that_is_gone_is_told(database: Database, path: Path):
    shutil.rmtree(path.parent)
    with pytest.raises(StoreError, match="No such file"), database.alone():
        pass


def test_a_folder_that_cannot_be_locked_is_told(
    database: Database, monkeypatch: pytest.MonkeyPatch
):
    def refuse(descriptor: int, how: int) -> None:  # as some network file systems do
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with pytest.raises(StoreError, match=r"No locks available.*local disk"), database.alone():
        pass


def test_a_folder_in_the_place_of_the_file_is_told(path: Path):
    path.mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be opened"):
        Database.open(path, SOON).read("SELECT 1")


def test_a_file_that_may_not_be_written_is_told(database: Database, path: Path):
    with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as reader:
        closed = Database(reader, path)
        with pytest.raises(StoreError, match="cannot be written; make file and folder writable"):
            closed.run("INSERT INTO t VALUES (1)")


def test_a_full_disk_is_told_and_harms_nothing(database: Database):
    database.run("INSERT INTO t VALUES (1)")
    pages = database.read("PRAGMA page_count")[0]["page_count"]
    database.read(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError, match="the disk is full"), database.write():
        database.run("INSERT INTO t VALUES (zeroblob(100000))")
    assert rows(database) == [1]
    database.read("PRAGMA max_page_count = 100000")
    database.run("INSERT INTO t VALUES (2)")
    assert rows(database) == [1, 2]


def test_a_file_system_without_a_log_is_told(path: Path):
    # SQLite keeps no write-ahead log for a nameless temporary file, as on some network disks.
    with (
        closing(sqlite3.connect("")) as nameless,
        pytest.raises(StoreError, match='put the "state:" folder on a local disk'),
    ):
        Database(nameless, path).endure()


def test_a_fault_without_a_name_is_told_as_it_is(path: Path):
    told = advise(sqlite3.ProgrammingError("something odd"), path)
    assert (
        str(told) == f"{path}: cannot do what was asked; please report this fault (something odd)"
    )
