"""A publisher's files made the list that is watched: read, measured against the last one, swapped.

The order is fixed: read everything into a new file, refuse what cannot be right, make it durable,
rename it, then note beside it what it is. Whoever reads the list sees the old one or the new one.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import BinaryIO

from watcher.alerts import amount
from watcher.config import read_about
from watcher.errors import ListError
from watcher.watchlist.official import (
    SUFFIX,
    About,
    Diff,
    File,
    Origin,
    Publisher,
    Tally,
    mark,
    read_official,
    to_line,
)

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """A list to be made.

    Attributes:
        publisher: whose files they are.
        files: all of them.
        origins: where each is from, in the same order.
        path: where the list is, or will be.
    """

    publisher: Publisher
    files: tuple[File, ...]
    origins: tuple[Origin, ...]
    path: Path


@dataclass(frozen=True, slots=True)
class Intake:
    """A list that was made.

    Attributes:
        about: what is known of it.
        diff: what changed.
        tally: what was left out.
    """

    about: About
    diff: Diff
    tally: Tally


def take_list(wanted: Wanted, now: datetime, *, force: bool = False, keep: bool = True) -> Intake:
    """Make a list from its publisher's files, in the place of the last one.

    Args:
        wanted: what to make of what.
        now: aware, in UTC.
        force: take it even if it holds less than half of what the last one did.
        keep: write it; else only say what would change.

    Raises:
        ListError: it cannot be read, cannot be right, or cannot be written; the last one stays.
    """
    try:
        return _take(wanted, now, force=force, keep=keep)
    except OSError as error:
        where = error.filename or wanted.path
        raise ListError(f"{where}: {error.strerror or error}; the list stays as it was") from error


def note_origins(path: Path, origins: Sequence[Origin]) -> None:
    """Note the validators of an answer that brought nothing new.

    Raises:
        ListError: they cannot be written.
    """
    about = read_about(path)
    if about is None or about.origins == tuple(origins):
        return
    try:
        _write_about(path, about.model_copy(update={"origins": tuple(origins)}))
    except OSError as error:
        raise ListError(f"{path}: {error.strerror or error}") from error


def _take(wanted: Wanted, now: datetime, *, force: bool, keep: bool) -> Intake:
    diff, tally, checksum = Diff(), Tally(), hashlib.sha256()
    before = size = 0
    if wanted.path.exists():
        before = wanted.path.stat().st_size
        with wanted.path.open("rb") as former:
            diff.former(former)
    with _replacing(wanted.path, keep=keep) as out:
        for entity in read_official(wanted.publisher, wanted.files, tally):
            line = to_line(entity)
            diff.take(entity, mark(line))
            checksum.update(line)
            out.write(line)
            size += len(line)
        diff.finish()
        _doubt(diff, tally, force=force)
        if 2 * size < before and not force:
            raise ListError(
                f"it has {size:,} bytes, less than half of the {before:,} of the last one, as if"
                " other names were missing; the list stays as it was"
            )
    about = About(
        publisher=wanted.publisher,
        published=tally.published or _modified(wanted.origins),
        version=_fingerprint(wanted.files),
        imported=now.astimezone(UTC).isoformat(timespec="seconds"),
        entities=diff.after,
        checksum=checksum.hexdigest(),
        origins=wanted.origins,
    )
    if keep:
        _write_about(wanted.path, about)
    return Intake(about, diff, tally)


def _doubt(diff: Diff, tally: Tally, *, force: bool) -> None:
    """Refuse what no publisher means to publish."""
    if not diff.after:
        raise ListError("there is not one person or organisation in it; the list stays as it was")
    if tally.unread > diff.after:
        raise ListError(
            f"{amount(tally.unread, 'entry', 'entries')} cannot be read and {diff.after:,} can;"
            f" the list stays as it was ({tally.faults[0]})"
        )
    if 2 * diff.after < diff.before and not force:
        raise ListError(
            f"it holds {persons(diff.after)}, less than half of the"
            f" {diff.before:,} of the last one; the list stays as it was"
        )


def persons(number: int) -> str:
    """How many entities a list has, in words."""
    return amount(number, "person or organisation", "persons and organisations")


def _fingerprint(files: Sequence[File]) -> str:
    digest = hashlib.sha256()
    for file in files:
        with file.open() as stream:
            while piece := stream.read(_PIECE):
                digest.update(piece)
    return digest.hexdigest()


def _modified(origins: Sequence[Origin]) -> str:
    """The day on which the latest of the files was changed, if its server says so; else ""."""
    days = [""]
    for origin in origins:
        try:
            days.append(parsedate_to_datetime(origin.modified).date().isoformat())
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return max(days)


def _write_about(path: Path, about: About) -> None:
    with _replacing(path.with_name(path.name + SUFFIX)) as out:
        out.write(about.dump())


@contextmanager
def _replacing(path: Path, *, keep: bool = True) -> Iterator[BinaryIO]:
    """A new file that takes the place of this one when the block ends well.

    Args:
        path: the file, which need not be there, nor its folder.
        keep: replace it; else the new one is thrown away.
    """
    if not keep:
        with Path(os.devnull).open("wb") as nothing:
            yield nothing
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    with fresh.open("ab") as out:
        try:
            fcntl.flock(out, fcntl.LOCK_EX | fcntl.LOCK_NB)
            # That import may have ended since we opened the file, which is the list itself then.
            is_ours = os.path.samestat(os.fstat(out.fileno()), fresh.stat())
        except (BlockingIOError, FileNotFoundError):
            is_ours = False
        if not is_ours:
            raise ListError(f"{path}: is being written by another import just now")
        out.truncate(0)
        try:
            yield out
            out.flush()
            os.fsync(out.fileno())
            fresh.replace(path)
        except BaseException:
            fresh.unlink(missing_ok=True)
            raise
    _sync(path.parent)


def _sync(folder: Path) -> None:
    """Make the names in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
