"""A consistent copy of the database while the daemon writes to it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path
from tempfile import mkstemp

from watcher.errors import StoreError
from watcher.store.database import Database

_ONLY_OURS = 0o600


def backup(database: Database, target: Path) -> None:
    """Copy the database as it stands at this moment into a new file.

    The copy is whole: it is written under a name that nobody has, looked through, brought to the
    disk, and only then given its own. Whoever may read the database may read the copy.

    Raises:
        StoreError: there is a file of that name already, it cannot be written, or what was written
            is not sound.
    """
    try:
        if target.exists():
            raise StoreError(f"{target}: exists already; name a new file for the copy")
        part = _begin(database, target)
        try:
            _fill(database, part, target)
            _sync(part)
            part.rename(target)
        finally:
            part.unlink(missing_ok=True)
        _sync(target.parent)
    except OSError as error:
        raise _unwritten(target, error.strerror) from error


def _begin(database: Database, target: Path) -> Path:
    """An empty file beside the target, for those who may read the database."""
    descriptor, part = mkstemp(prefix=f"{target.name}.", suffix=".part", dir=target.parent)
    with closing(os.fdopen(descriptor)):
        os.fchmod(descriptor, _mode(database))
    return Path(part)


def _fill(database: Database, part: Path, target: Path) -> None:
    try:
        database.run("VACUUM INTO ?", (str(part),))
        faults = _look_through(part)
    except (StoreError, sqlite3.Error) as error:
        if _concerns_copy(error):
            raise _unwritten(target, str(error.__cause__ or error)) from error
        raise
    if faults:
        raise StoreError(
            f"{database.path}: the copy is not sound ({faults[0]}), so it was thrown away;"
            ' "watcher doctor" tells whether the database is damaged'
        )


def _look_through(copy: Path) -> list[str]:
    """What is wrong inside a copy, in SQLite's words; empty if all is well."""
    with closing(sqlite3.connect(copy)) as connection:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check")]
    return [fault for fault in found if fault != "ok"]


def _concerns_copy(error: Exception) -> bool:
    """Whether the trouble is that there is no room or no right where the copy goes."""
    cause = error.__cause__ if isinstance(error, StoreError) else error
    name = str(getattr(cause, "sqlite_errorname", ""))
    return name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_CANTOPEN"))


def _mode(database: Database) -> int:
    """Who may read the database; only we ourselves if it is in no file."""
    if not database.path.is_file():
        return _ONLY_OURS
    return database.path.stat().st_mode & 0o777


def _unwritten(target: Path, why: str | None) -> StoreError:
    return StoreError(f"{target}: the copy cannot be written ({why}); name another place")


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
