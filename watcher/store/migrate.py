"""The shape of the database, brought up to date step by step.

Each script in `schema/` is one step, run once, in a transaction with the note that it was run. An
empty file and a database of any earlier release thus come to the same shape by the same way.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from watcher.errors import StoreError
from watcher.store.database import Database


@dataclass(frozen=True, slots=True)
class Step:
    """One change of the database's shape.

    Attributes:
        number: its place in the order, from 1, without gaps.
        sql: the statements, each ended by a semicolon at the end of a line.
    """

    number: int
    sql: str


def steps() -> tuple[Step, ...]:
    """The steps that this release knows, in order; read from the package's own files."""
    folder = resources.files("watcher.store") / "schema"
    scripts = sorted(
        (script for script in folder.iterdir() if script.name.endswith(".sql")),
        key=lambda script: script.name,
    )
    return tuple(
        Step(int(script.name.split("_")[0]), script.read_text("utf-8")) for script in scripts
    )


def migrate(database: Database, known: Sequence[Step]) -> None:
    """Bring a database to the shape of this release.

    Args:
        database: open; not yet written to.
        known: the steps of this release, in order.

    Raises:
        StoreError: the database is another program's, or of a newer release; it is left as it is.
    """
    with database.alone():
        check(database, known)
        database.endure()
        for step in known[version(database) :]:
            with database.write():
                _run(database, step)


def check(database: Database, known: Sequence[Step]) -> None:
    """Make sure that this release can use the database; writes nothing.

    Raises:
        StoreError: the database is another program's, or of a newer release.
    """
    newest = known[-1].number
    if (found := version(database)) > newest:
        raise StoreError(
            f"{database.path}: was written by a newer watcher (its tables are version {found},"
            f" this watcher knows {newest}); install that version again, or restore a backup"
        )


def version(database: Database) -> int:
    """The number of the last step run; 0 for an empty database.

    Raises:
        StoreError: there are tables, but not ours.
    """
    tables = {
        row["name"] for row in database.read("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    if not tables:
        return 0
    if not _is_ours(database, tables):
        raise StoreError(
            f"{database.path}: is a database of another program; it is left as it is:"
            ' name another "state:" folder'
        )
    rows = database.read("SELECT MAX(version) AS version FROM schema_version")
    return int(rows[0]["version"])


def _is_ours(database: Database, tables: set[str]) -> bool:
    """Whether it holds a version as we note it; other programs have tables of that name too."""
    if "schema_version" not in tables:
        return False
    columns = database.read("SELECT name FROM pragma_table_info('schema_version')")
    if [column["name"] for column in columns] != ["version"]:
        return False
    return bool(database.read("SELECT version FROM schema_version LIMIT 1"))


def _run(database: Database, step: Step) -> None:
    if step.number == 1:
        database.run("CREATE TABLE schema_version (version INTEGER NOT NULL PRIMARY KEY) STRICT")
    for statement in _statements(step.sql):
        database.run(statement)
    database.run("INSERT INTO schema_version (version) VALUES (?)", (step.number,))


def _statements(sql: str) -> Iterator[str]:
    # Not `executescript`: it commits first, and a step must be run as a whole or not at all.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
