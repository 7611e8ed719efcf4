from __future__ import annotations

import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from watcher.errors import StoreError
from watcher.store import Store
from watcher.store.database import Database
from watcher.store.migrate import Step, migrate, steps, version

FIRST = Step(1, "-- A table; with a comment;\nCREATE TABLE t (\n  x INTEGER\n) STRICT;\n")
SECOND = Step(2, "ALTER TABLE t ADD COLUMN y TEXT;\nUPDATE t\nSET y = 'new; shiny';\n-- end\n")
BROKEN = Step(2, "ALTER TABLE t ADD COLUMN y TEXT;\nINSERT INTO nowhere VALUES (1);\n")


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    opened = Database.open(path, timedelta(seconds=30))
    yield opened
    opened.close()


def columns(database: Database) -> list[str]:
    return [row["name"] for row in database.read("SELECT name FROM pragma_table_info('t')")]


def test_an_empty_file_takes_every_step(database: Database):
    migrate(database, [FIRST, SECOND])
    assert (version(database), columns(database)) == (2, ["x", "y"])


def test_an_old_database_takes_what_it_lacks_and_keeps_its_rows(database: Database):
    migrate(database, [FIRST])
    database.run("INSERT INTO t VALUES (7)")
    migrate(database, [FIRST, SECOND])
    assert database.read("SELECT * FROM t") == [{"x": 7, "y": "new; shiny"}]
    migrate(database, [FIRST, SECOND])
    assert version(database) == 2


def test_a_step_that_fails_leaves_the_database_as_it_was(database: Database):
    migrate(database, [FIRST])
    with pytest.raises(StoreError, match="nowhere"):
        migrate(database, [FIRST, BROKEN])
    assert (version(database), columns(database)) == (1, ["x"])
    migrate(database, [FIRST, SECOND])
    assert version(database) == 2


def test_a_newer_database_is_refused_and_left_as_it_is(database: Database, path: Path):
    migrate(database, [FIRST, SECOND])
    database.close()
    before = path.read_bytes()
    older = Database.open(path, timedelta(0))
    with pytest.raises(StoreError, match=r"newer watcher .*version 2, this watcher knows 1"):
        migrate(older, [FIRST])
    older.close()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "table", ["bookmarks (url TEXT)", "schema_version (done TEXT)", "schema_version (version TEXT)"]
)
def test_another_programs_database_is_refused_and_left_as_it_is(path: Path, table: str):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute(f"CREATE TABLE {table}")
    before = path.read_bytes()
    with pytest.raises(StoreError, match="is a database of another program"):
        Store.open(path)
    assert path.read_bytes() == before


def test_of_what_waits_already_nobody_is_asked_earlier(database: Database):
    known = steps()
    migrate(database, known[:1])
    database.run("PRAGMA foreign_keys = OFF")
    for key, state, attempts in (("a", "waiting", 1), ("b", "waiting", 0), ("c", "dead", 3)):
        database.run(
            "INSERT INTO deliveries (key, alert, channel, state, due, attempts, created, note)"
            " VALUES (?, 'x', 'desk', ?, 7, ?, 1, '')",
            (key, state, attempts),
        )
    migrate(database, known[:2])
    asked = [row["asked"] for row in database.read("SELECT asked FROM deliveries ORDER BY key")]
    assert asked == [7, None, None]


def test_the_outbox_is_made_anew_with_every_row_and_every_try(path: Path):
    database = Database.open(path, timedelta(seconds=30))
    known = steps()
    migrate(database, known[:2])
    database.run(
        "INSERT INTO articles VALUES ('a', 's', 't', 'x', 'l', 'ar', 1, 'c', 1, 1, 1, NULL)"
    )
    database.run(
        "INSERT INTO alerts VALUES ('x', 'r', 'e', 'a', 1.0, 1, 'first', '', 'l', 'r', '{}')"
    )
    database.run(
        "INSERT INTO deliveries"
        " (number, key, alert, channel, state, due, attempts, created, note, asked, planned)"
        " VALUES (7, 'k', 'x', 'desk', 'waiting', 4, 2, 3, '503', 5, 6)"
    )
    database.run("INSERT INTO attempts VALUES ('k', 1, 9, 'postponed', '503')")
    migrate(database, known)
    (row,) = database.read("SELECT * FROM deliveries")
    kept = {"number": 7, "key": "k", "alert": "x", "channel": "desk", "state": "waiting", "due": 4}
    assert {name: row[name] for name in kept} == kept
    assert (row["attempts"], row["created"], row["note"]) == (2, 3, "503")
    assert (row["asked"], row["planned"], row["digest"], row["notice"]) == (5, 6, None, None)
    assert [tuple(row.values()) for row in database.read("SELECT * FROM attempts")] == [
        ("k", 1, 9, "postponed", "503")
    ]
    assert database.read("PRAGMA foreign_key_check") == []
    assert database.read("PRAGMA integrity_check")[0]["integrity_check"] == "ok"
    database.close()


def test_two_that_open_at_once_take_each_step_once(path: Path):
    barrier = threading.Barrier(3)
    opened: list[int] = []

    def start() -> None:
        mine = Database.open(path, timedelta(seconds=30))
        barrier.wait()
        migrate(mine, [FIRST, SECOND])
        opened.append(version(mine))
        mine.close()

    threads = [threading.Thread(target=start) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert opened == [2, 2, 2]


def test_the_steps_are_numbered_without_gaps():
    assert [step.number for step in steps()] == list(range(1, len(steps()) + 1))


def test_every_table_holds_to_its_types(store: Store, path: Path):
    with closing(sqlite3.connect(path)) as other:
        tables = other.execute("SELECT sql FROM sqlite_master WHERE type = 'table'").fetchall()
    assert len(tables) == 18
    assert all(sql.endswith("STRICT") for (sql,) in tables)


def test_every_column_says_what_it_holds():
    for step in steps():
        columns = re.findall(r"^ {4}[a-z_]+ +(?:TEXT|INTEGER|REAL|BLOB).*$", step.sql, re.MULTILINE)
        assert columns or "TABLE" not in step.sql
        assert [column for column in columns if " -- " not in column] == []
