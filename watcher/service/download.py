"""A publisher's files, from the web or this machine, if any of them is another one than before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from watcher.errors import FeedError, ListError
from watcher.feeds.verdict import NOT_MODIFIED, judge
from watcher.net import Limits, exchange
from watcher.service.outside import Line
from watcher.watchlist.official import File, Origin

LIMITS = Limits(deadline=timedelta(minutes=10), size=1_000_000_000)
"""What fetching one file may cost: the largest, OpenSanctions' whole, has half of that."""

_ANYTHING = "*/*"


@dataclass(frozen=True, slots=True)
class Fetched:
    """One file.

    Attributes:
        origin: where it is from, with the validators of the last answer.
        file: the file; None if it is the same as before.
    """

    origin: Origin
    file: File | None


async def fetch_all(
    known: Sequence[Origin],
    folder: Path,
    line: Line,
    clock: Callable[[], datetime],
) -> tuple[Fetched, ...]:
    """All files of a list, if any of them is another one; else none of them.

    Args:
        known: the addresses, each with what is known of the file read last.
        folder: where what is fetched is put; thrown away by the caller.
        line: to the network.
        clock: the time, aware, in UTC.

    Raises:
        NetworkError: a file cannot be fetched.
        FeedError: its server says why not.
        ListError: a file of this machine cannot be read.
    """
    found = [await _fetch(origin, folder / str(n), line, clock) for n, origin in enumerate(known)]
    if all(each.file is None for each in found):
        return tuple(found)
    return tuple(
        [
            await _fetch(Origin(address=each.origin.address), folder / str(number), line, clock)
            if each.file is None
            else each
            for number, each in enumerate(found)
        ]
    )


def is_web(address: str) -> bool:
    """Whether an address is one of the web, and no path."""
    return address.startswith(("http://", "https://"))


async def _fetch(origin: Origin, path: Path, line: Line, clock: Callable[[], datetime]) -> Fetched:
    if not is_web(origin.address):
        return _look(origin)
    asked = dict(origin.validators)
    async with line.gate.turn(origin.address) as turn:
        with path.open("wb") as into:
            answer = await exchange(
                line.client,
                "GET",
                origin.address,
                headers={"accept": _ANYTHING, **asked},
                limits=LIMITS,
                into=into,
                turn=turn,
            )
    with _named(origin.address):
        judge(answer, asked, clock())
    if answer.status == NOT_MODIFIED:
        etag = answer.headers.get("etag", origin.etag)
        modified = answer.headers.get("last-modified", origin.modified)
        return Fetched(Origin(address=origin.address, etag=etag, modified=modified), None)
    return Fetched(
        Origin(
            address=origin.address,
            etag=answer.headers.get("etag", ""),
            modified=answer.headers.get("last-modified", ""),
        ),
        _file(_shown(origin.address), path),
    )


@contextmanager
def _named(address: str) -> Iterator[None]:
    """Say of which of a list's files an error is.

    Raises:
        FeedError: as it was, with the address.
    """
    try:
        yield
    except FeedError as error:
        message = f"{_shown(address)}: {error}"
        raise FeedError(message, state=error.state, retry_after=error.retry_after) from error


def _look(origin: Origin) -> Fetched:
    """A file of this machine; its time and size tell whether it is another one."""
    path = Path(origin.address)
    try:
        state = path.stat()
    except OSError as error:
        raise ListError(f"{path}: cannot be read: {error.strerror}") from error
    etag = f"{state.st_mtime_ns}-{state.st_size}"
    file = None if etag == origin.etag else _file(str(path), path)
    return Fetched(Origin(address=origin.address, etag=etag), file)


def _file(name: str, path: Path) -> File:
    return File(name, lambda: path.open("rb"))


def _shown(address: str) -> str:
    """An address without what may be secret in it."""
    parts = urlsplit(address)
    return f"{parts.netloc.rpartition('@')[2]}{parts.path}"
