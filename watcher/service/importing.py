"""One import of a list by hand: the same fetching, reading and refusing as the daemon's."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from watcher.net import Gate, Guard, open_client
from watcher.service.download import fetch_all
from watcher.service.intake import Intake, Wanted, take_list
from watcher.service.outside import Line
from watcher.watchlist.official import Origin, Publisher


async def import_list(  # noqa: PLR0913 - each is one decision of who imports
    publisher: Publisher,
    addresses: Sequence[str],
    path: Path,
    clock: Callable[[], datetime],
    *,
    guard: Guard,
    force: bool = False,
    keep: bool = True,
) -> Intake:
    """Make a list from its publisher's files.

    Args:
        publisher: whose files they are.
        addresses: all of them: addresses of the web, and paths.
        path: where the list is, or will be.
        clock: the time, aware, in UTC.
        guard: which addresses may be reached.
        force: take it even if it holds less than half of what the last one did.
        keep: write it; else only say what would change.

    Raises:
        ListError: a file cannot be read, or the list cannot be right; the last one stays.
        NetworkError: a file cannot be fetched.
        FeedError: its server says why not.
    """
    known = [Origin(address=address) for address in addresses]
    async with open_client(guard) as client:
        with TemporaryDirectory(prefix="watcher-") as folder:
            found = await fetch_all(known, Path(folder), Line(client, Gate()), clock)
            files = tuple(each.file for each in found if each.file)
            origins = tuple(each.origin for each in found)
            wanted = Wanted(publisher, files, origins, path)
            return take_list(wanted, clock(), force=force, keep=keep)
