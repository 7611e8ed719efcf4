"""One daemon for each state folder.

The kernel holds the lock and lets go of it when the process ends, however it ends: no stale lock
ever has to be removed by hand. What the file says is for people only.
"""

from __future__ import annotations

import fcntl
import os
from datetime import datetime
from pathlib import Path
from typing import Self

from watcher.alerts import stamp
from watcher.errors import StoreError

LOCK = "daemon.lock"
"""The name of the lock file in the state folder."""


class Lock:
    """The right to be the daemon of a state folder; use `take`, then `release` or `with`."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    @classmethod
    def take(cls, folder: Path, now: datetime) -> Lock:
        """Become the daemon of a state folder, which is made if there is none.

        Args:
            folder: the state folder.
            now: when this daemon started, for the message to a second one.

        Raises:
            StoreError: another daemon holds the folder, which is named with its process id and
                start; or the lock file cannot be written.
        """
        path = folder / LOCK
        try:
            folder.mkdir(parents=True, exist_ok=True)
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        except OSError as error:
            raise StoreError(
                f"{path}: cannot be written ({error.strerror});"
                ' make the "state:" folder writable for this user'
            ) from error
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, f"{os.getpid()} {stamp(now)}\n".encode(), 0)
        except OSError as error:
            raise _refusal(path, descriptor, error) from error
        return cls(descriptor)

    @classmethod
    def holder(cls, folder: Path) -> str:
        """Who is the daemon of a state folder, in words for people; "" if nobody is."""
        try:
            descriptor = os.open(folder / LOCK, os.O_RDONLY | os.O_CLOEXEC)
        except OSError:
            return ""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return _holder(descriptor)
        finally:
            os.close(descriptor)
        return ""

    def release(self) -> None:
        """Let another daemon in; doing so twice is doing so once."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.release()


def _refusal(path: Path, descriptor: int, error: OSError) -> StoreError:
    who = _holder(descriptor)
    os.close(descriptor)
    if not isinstance(error, BlockingIOError):
        return StoreError(
            f"{path}: cannot be locked ({error.strerror});"
            ' put the "state:" folder on a local disk with room left'
        )
    return StoreError(
        f"{path.parent}: a watcher is at work on this folder already ({who});"
        ' stop it first, or name another "state:" folder'
    )


def _holder(descriptor: int) -> str:
    """Who wrote the lock file, which somebody holds."""
    words = os.pread(descriptor, 100, 0).decode(errors="replace").split()
    # Between taking the lock and writing its name, the first one is nameless for a moment.
    if len(words) != 2:
        return "another process"
    return f"process {words[0]}, running since {words[1][:19].replace('T', ' ')} UTC"
