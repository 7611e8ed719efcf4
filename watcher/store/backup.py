"""A consistent copy of the database while the daemon writes to it."""

from __future__ import annotations

import os
from pathlib import Path

from watcher.errors import StoreError
from watcher.store.database import Database


def backup(database: Database, target: Path) -> None:
    """Copy the database as it stands at this moment into a new file.

    The copy is whole: it is written under another name, brought to the disk, and only then given
    its own.

    Raises:
        StoreError: there is a file of that name already, or it cannot be written.
    """
    part = target.with_name(f"{target.name}.part")
    try:
        if target.exists():
            raise StoreError(f"{target}: exists already; name a new file for the copy")
        part.unlink(missing_ok=True)
        database.run("VACUUM INTO ?", (str(part),))
        _sync(part)
        part.rename(target)
        _sync(target.parent)
    except OSError as error:
        raise StoreError(
            f"{target}: the copy cannot be written ({error.strerror}); name another place"
        ) from error


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
