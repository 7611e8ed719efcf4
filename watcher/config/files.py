"""Files from the disk: bounded, regular, and within the folder they are looked for in."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from watcher.written import LIMIT_BYTES, Fault, Place

ENDINGS = (".yaml", ".yml")
"""How the names of files end that are read as YAML."""


@dataclass(slots=True)
class Files:
    """What was read.

    Attributes:
        content: by path as people know it, in the order of the paths.
        faults: why the others could not be read.
        limit: the most bytes to read of a file, which the reader of its text then refuses; None
            for all.
    """

    limit: int | None = LIMIT_BYTES + 1
    content: dict[str, bytes] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def read(self, path: Path) -> None:
        """Read one file; a fault if that cannot be."""
        shown = show(path)
        try:
            mode = path.stat().st_mode
            if stat.S_ISREG(mode):
                with path.open("rb") as file:
                    self.content[shown] = file.read(self.limit)
                return
            reason = "it is a folder" if stat.S_ISDIR(mode) else "it is not a regular file"
        except OSError as error:
            reason = _reason(path, error)
        self.faults.append(Place(file=shown).fault(f"this file cannot be read: {reason}"))

    def refuse(self, error: OSError) -> None:
        """Note that a folder cannot be read."""
        shown = show(Path(str(error.filename)))
        self.faults.append(Place(file=shown).fault(f"this folder cannot be read: {error.strerror}"))


def read_files(path: Path) -> Files:
    """Read a file, or all YAML files below a folder.

    Hidden files and folders, and what editors leave behind, are passed over. Links are followed
    within the folder only.
    """
    files = Files()
    if kind(path) != stat.S_IFDIR:
        files.read(path)
        return files
    root = path.resolve()
    for found in walk(path, files.refuse):
        if _leads_out(found, root):
            files.faults.append(
                Place(file=show(found)).fault(
                    f"this link leads out of {show(path)}: {found.resolve()}",
                    "put the file itself there",
                )
            )
        else:
            files.read(found)
    if not files.content and not files.faults:
        files.faults.append(
            Place(file=show(path)).fault(
                "this folder holds no rules", 'put a file like "commanders.yaml" there'
            )
        )
    return files


def walk(root: Path, refuse: Callable[[OSError], None]) -> Iterator[Path]:
    """All files of rules below a folder, in the order of their paths.

    Args:
        root: the folder.
        refuse: told of each folder that cannot be read.
    """
    for folder, folders, names in os.walk(root, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.endswith(ENDINGS) and not name.startswith((".", "#")):
                yield Path(folder, name)


def show(path: Path) -> str:
    """A path as people know it: from the current folder if it lies below that."""
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)


def kind(path: Path) -> int:
    """What stands at a path, as `stat.S_IFMT` says; 0 if nothing does or we may not know.

    The questions that pathlib answers raise where we may not look.
    """
    try:
        return stat.S_IFMT(path.stat().st_mode)
    except OSError:
        return 0


def obstacle(path: Path, *kinds: int) -> str:
    """Why a path is not one of these kinds (any if none is given), in words; "" if it is."""
    try:
        found = stat.S_IFMT(path.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return "does not exist"
    except OSError as error:
        return f"cannot be reached: {error.strerror}"
    return "" if found in kinds or not kinds else "does not exist"


def _leads_out(path: Path, root: Path) -> bool:
    """Whether a path is a link to something outside the root; what cannot be told is not."""
    try:
        return path.is_symlink() and not path.resolve(strict=True).is_relative_to(root)
    except (OSError, RuntimeError):
        return False


def _reason(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError) and path.is_symlink():
        return f"it is a link to {path.readlink()}, which does not exist"
    return str(error.strerror)
