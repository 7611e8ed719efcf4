"""One connection to one SQLite file: opened with care, spoken to in transactions.

Whatever SQLite complains of leaves here as a `StoreError` that says what is wrong with which file
and what to do. A connection belongs to the thread that opened it.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlite_utils

from watcher.errors import StoreError

Row = dict[str, Any]
"""A row as read: column to value."""

Value = str | int | float | bytes | None
"""What a column takes."""

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")

_ADVICE = {
    "SQLITE_BUSY": "is locked by another program; stop that program, then try again",
    "SQLITE_LOCKED": "is locked by another program; stop that program, then try again",
    "SQLITE_READONLY": "cannot be written; make file and folder writable for this user",
    "SQLITE_PERM": "may not be used; make file and folder writable for this user",
    "SQLITE_CANTOPEN": "cannot be opened; check that it is a file in a folder this user may write",
    "SQLITE_FULL": "cannot grow: the disk is full; make room, nothing recorded is lost",
    "SQLITE_IOERR": "cannot be read or written: the disk fails; check the disk and its free space",
    "SQLITE_CORRUPT": "is damaged; it is left as it is: stop watcher, move the file and its -wal"
    ' aside and put a backup in its place, or recover it with "sqlite3 FILE .recover"',
    "SQLITE_NOTADB": "is not a database of watcher; it is left as it is: move it aside, or name"
    ' another "state:" folder',
}


class Database:
    """A SQLite file under the guarantees the store needs.

    Use `open`. Reading sees what is committed, or what the transaction around it has written.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self.path = path
        self._raw = connection
        self._connection = sqlite_utils.Database(connection, execute_plugins=False)

    @classmethod
    def open(cls, path: Path, patience: timedelta) -> Database:
        """Connect to a file, which is created if there is none, and its folder as well.

        Nothing is written to a file that exists before `endure` is called.

        Args:
            path: the file.
            patience: how long to wait for another program's lock.

        Raises:
            StoreError: the folder or the file cannot be opened.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _no_folder(path.parent, error) from error
        with _told(path):
            connection = sqlite3.connect(path, timeout=patience.total_seconds())
            return cls(connection, path)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Keep other processes of ours from opening the file meanwhile; waits for its turn.

        SQLite does not wait for a lock while it turns to the write-ahead log: of two that open a
        new file together, one would fail at once.

        Raises:
            StoreError: the folder cannot be locked.
        """
        try:
            folder = os.open(self.path.parent, os.O_RDONLY | os.O_CLOEXEC)
        except OSError as error:
            raise _no_folder(self.path.parent, error) from error
        try:
            _lock(folder, self.path)
            yield
        finally:
            os.close(folder)

    def endure(self) -> None:
        """Take the settings under which a commit survives a power cut and a reader a writer.

        Raises:
            StoreError: the file system cannot keep a write-ahead log, or as for `read`.
        """
        self.run("PRAGMA foreign_keys = ON")
        self.run("PRAGMA synchronous = FULL")
        mode = self.read("PRAGMA journal_mode = WAL")[0]["journal_mode"]
        if mode not in {"wal", "memory"}:
            raise StoreError(
                f"{self.path}: this file system cannot keep a write-ahead log;"
                ' put the "state:" folder on a local disk'
            )

    def close(self) -> None:
        """Let go of the file; closing twice is closing once."""
        self._raw.close()

    def read(self, sql: str, values: Sequence[Value] = ()) -> list[Row]:
        """The rows of a query.

        Raises:
            StoreError: the database cannot answer.
        """
        with _told(self.path):
            cursor = self._connection.execute(sql, _storable(values))
            columns = [column[0] for column in cursor.description]
            return [dict(zip(columns, row, strict=True)) for row in cursor]

    def run(self, sql: str, values: Sequence[Value] = ()) -> int:
        """Run one statement; outside `write` it is a transaction of its own.

        Returns:
            How many rows it changed.

        Raises:
            StoreError: the database cannot do it.
        """
        with _told(self.path):
            return int(self._connection.execute(sql, _storable(values)).rowcount)

    def run_each(self, sql: str, rows: Iterable[Sequence[Value]]) -> None:
        """Run one statement for each row, inside `write`.

        Raises:
            StoreError: the database cannot do it.
        """
        with _told(self.path):
            self._raw.executemany(sql, [_storable(row) for row in rows])

    @contextmanager
    def write(self) -> Iterator[None]:
        """All that is run inside is kept together when the block ends, or not at all.

        The write lock is taken at the start: a transaction that begins by reading and asks for it
        later fails as soon as two writers meet. Inside another such block it is a part of that one.

        Raises:
            StoreError: the database is locked for longer than our patience, or cannot commit.
        """
        if self._raw.in_transaction:
            yield
            return
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            # Some errors have ended the transaction already; then there is nothing to undo.
            with suppress(sqlite3.Error):
                self._raw.rollback()
            raise


def advise(error: sqlite3.Error, path: Path) -> StoreError:
    """What went wrong with which file, and what to do about it."""
    # Extended codes ("SQLITE_IOERR_WRITE") begin with the name of the plain one.
    name: str = getattr(error, "sqlite_errorname", "")
    plain = "_".join(name.split("_")[:2])
    advice = _ADVICE.get(plain, "cannot do what was asked; please report this fault")
    return StoreError(f"{path}: {advice} ({error})")


def _no_folder(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f'{folder}: cannot be used as a folder ({error.strerror}); name another "state:" folder'
    )


def _lock(folder: int, path: Path) -> None:
    """Wait for the folder of a file to be ours alone."""
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
    except OSError as error:
        raise StoreError(
            f"{path.parent}: cannot be locked ({error.strerror});"
            ' put the "state:" folder on a local disk'
        ) from error


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise advise(error, path) from error


def _storable(values: Sequence[Value]) -> list[Value]:
    """The values with what no database takes as text put in the place of a letter.

    NUL and lone surrogates each become one U+FFFD, so offsets into a text stay true.
    """
    return [_UNSTORABLE.sub("\ufffd", v) if isinstance(v, str) else v for v in values]
