"""What people name to be searched: files, folders and patterns become a list of files.

The order is fixed, so that the same words give the same output wherever the files lie: what was
named first comes first, and within a folder or a pattern the names are sorted.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

from watcher.archive.document import Refused
from watcher.archive.holds import STDIN, known


def gather(names: Iterable[str], leave: Collection[Path] = ()) -> tuple[str | Refused, ...]:
    """The files that are meant.

    Args:
        names: a file, whatever its ending; a folder, for all files of a known ending in it and
            below, but those whose names begin with a dot; a pattern such as `2019/**/*.jsonl.gz`,
            for the shells that leave it as it is; or "-".
        leave: files and folders to leave out where folders and patterns name them, such as the
            output of the scan itself.

    Returns:
        Paths in order, each once, however it is spelled, and a refusal for what names nothing.
    """
    left = {path.resolve() for path in leave}
    found: dict[str | Refused, str | Refused] = {}
    for name in names:
        for each in _meant(name, left):
            found.setdefault(_one(each), each)
    return tuple(found.values())


def _one(found: str | Refused) -> str | Refused:
    """What is the same for all spellings of a path."""
    if isinstance(found, Refused) or found == STDIN:
        return found
    return os.path.abspath(found)  # noqa: PTH100 - pathlib leaves ".." as it is


def _meant(name: str, left: Collection[Path]) -> Iterator[str | Refused]:
    path = Path(name)
    if name == STDIN or path.exists() or not glob.has_magic(name):
        # Of what is not there, the reading will say so.
        yield from _all(path, left) if path.is_dir() else (name,)
        return
    matches = [Path(each) for each in sorted(glob.glob(name, recursive=True))]  # noqa: PTH207
    matches = [each for each in matches if not _is_left(each, left)]
    if not matches:
        yield Refused(name, "no file has such a name; mend the pattern")
    for match in matches:
        yield from _walk(match, left) if match.is_dir() else (str(match),)


def _all(folder: Path, left: Collection[Path]) -> Iterator[str | Refused]:
    """What a folder that was named itself holds, or that it holds nothing to search."""
    found = tuple(_walk(folder, left))
    if not found:
        message = "holds no file of a known ending; name the files themselves"
        found = (Refused(str(folder), message),)
    yield from found


def _walk(folder: Path, left: Collection[Path]) -> Iterator[str | Refused]:
    faults: list[OSError] = []
    for at, folders, files in os.walk(folder, onerror=faults.append):
        here = Path(at)
        folders[:] = sorted(each for each in folders if _is_wanted(here / each, left))
        for path in (here / each for each in sorted(files)):
            if known(path.name)[0] and _is_wanted(path, left):
                # A pipe in a folder would make us wait for ever.
                yield str(path) if path.is_file() else Refused(str(path), "is not a plain file")
    for fault in faults:
        yield Refused(str(fault.filename), f"cannot be read: {fault.strerror}")


def _is_wanted(path: Path, left: Collection[Path]) -> bool:
    return not path.name.startswith(".") and not _is_left(path, left)


def _is_left(path: Path, left: Collection[Path]) -> bool:
    return bool(left) and path.resolve() in left
