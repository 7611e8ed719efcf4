"""The finished parts of a long scan, kept on disk until the whole is done.

A part is what one input gave, or a row of small ones. It is written to a temporary name and
renamed, and counts as done once its report stands beside it, written likewise. A part is named by
all that its content depends on: the input's names, sizes and times, whom the scan looks for and
how. So a part is found again exactly when it would come out the same.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import IO
from uuid import uuid4

from watcher.archive.holds import STDIN, Holds, known
from watcher.archive.report import Report
from watcher.errors import WatcherError

TOGETHER = 500
"""Texts and pages that make one part; of all else, each file is a part."""

_OURS = re.compile(r"[0-9a-f]{32}\.(?:part|json|tmp)|whole")
"""What the files in a folder of parts are called, those too that a kill left half written."""

_locks: set[int] = set()
"""Descriptors by which this process keeps folders for itself."""

Unit = tuple[str, ...]
"""The inputs of one part, in order."""


def units(paths: Iterable[str]) -> Iterator[Unit]:
    """The inputs in their order, as parts."""
    held: list[str] = []
    for path in paths:
        small = known(path)[0] in {Holds.TEXT, Holds.PAGE}
        if held and (not small or len(held) >= TOGETHER):
            yield tuple(held)
            held = []
        if small:
            held.append(path)
        else:
            yield (path,)
    if held:
        yield tuple(held)


class Parts:
    """A folder of finished parts; use `open_parts`."""

    def __init__(self, folder: Path, settings: str) -> None:
        self._folder = folder
        self._settings = settings
        self._names: dict[Unit, str] = {}

    def done(self, unit: Unit) -> Report | None:
        """The report of a part that was finished before; None if it is still to be done."""
        if not self._path(unit, "part").is_file():
            return None  # as when a scan is killed while it clears up
        try:
            return Report.from_json(self._path(unit, "json").read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None

    @contextmanager
    def write(self, unit: Unit) -> Iterator[IO[str]]:
        """The file to write a part to; it gets its name when the block ends well."""
        with replacing(self._path(unit, "part"), self._path(unit, "tmp")) as file:
            yield file

    def finish(self, unit: Unit, report: Report) -> None:
        """Note that a part is done."""
        with replacing(self._path(unit, "json"), self._path(unit, "tmp")) as file:
            file.write(report.to_json())

    def join(self, several: Sequence[Unit], output: Path, head: str) -> None:
        """Write the parts in order into the output, which appears whole or not at all."""
        with replacing(output, self._folder / "whole") as file:
            file.write(head)
            for unit in several:
                with self._path(unit, "part").open(encoding="utf-8", newline="") as part:
                    shutil.copyfileobj(part, file)

    def remove(self) -> None:
        """Remove the parts; nothing of them is needed any more. What else lies there stays."""
        with suppress(OSError):
            for path in self._folder.iterdir():
                if _OURS.fullmatch(path.name):
                    path.unlink()
            self._folder.rmdir()

    def _path(self, unit: Unit, ending: str) -> Path:
        if unit not in self._names:
            # Once and for all: an input that grows while it is read is read anew by the next scan.
            told = [self._settings, *map(_state, unit)]
            digest = sha256("\n".join(told).encode("utf-8", "surrogateescape"))
            self._names[unit] = digest.hexdigest()[:32]
        return self._folder / f"{self._names[unit]}.{ending}"


@contextmanager
def open_parts(folder: Path, settings: str) -> Iterator[Parts]:
    """The parts in a folder, which is made if there is none, for this process alone.

    Args:
        folder: where they are.
        settings: all that decides about the output besides the inputs.

    Raises:
        WatcherError: the folder cannot be used, or another scan is at work there.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise WatcherError(f"{folder}: cannot be used as a folder: {error.strerror}") from error
    _locks.add(lock)
    try:
        _lock(lock, folder)
        yield Parts(folder, settings)
    finally:
        _locks.discard(lock)
        os.close(lock)


@contextmanager
def replacing(path: Path, temporary: Path | None = None) -> Iterator[IO[str]]:
    """A file to write that takes its name when the block ends well, and is on disk then.

    Raises:
        WatcherError: it cannot be written.
    """
    # Of a name of its own, since two may write the same, as when a cluster tries twice.
    draft = temporary or path.with_name(f"{path.name}.{uuid4().hex}.tmp")
    try:
        with draft.open("w", encoding="utf-8", newline="") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        _sync(path.parent)
    except OSError as error:
        raise WatcherError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def is_same(one: Path, other: Path) -> bool:
    """Whether two names lead to one file that is there."""
    try:
        return one.samefile(other)
    except OSError:
        return False


def _let_go() -> None:
    """Close what locks a folder in a process that was forked: it would hold it beyond our end."""
    while _locks:
        os.close(_locks.pop())


os.register_at_fork(after_in_child=_let_go)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable: after a power cut none stands without what it needs."""
    handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _state(path: str) -> str:
    """What of an input changes when its content does."""
    if path == STDIN:
        return f"{path} {os.getpid()}"  # it cannot be read twice, so it is never done before
    try:
        found = Path(path).stat()
    except OSError:
        return f"{path} none"
    return f"{path}\0{found.st_size}\0{found.st_mtime_ns}"


def _lock(descriptor: int, folder: Path) -> None:
    """Keep other scans out as long as the descriptor is open."""
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # That scan may have ended, and removed the folder, since we opened it.
        is_there = os.path.samestat(os.fstat(descriptor), folder.stat())
    except OSError:
        is_there = False
    if not is_there:
        raise WatcherError(
            f"{folder}: another scan is at work there; wait for it, or name another output"
        )
