"""A watchlist for `scan`, as a person has it: a file of YAML or JSONL, or a folder of rules."""

from __future__ import annotations

import gzip
import os
import zlib
from pathlib import Path

from watcher.errors import RuleError
from watcher.watchlist import Listing, Watchlist, read_watchlist
from watcher.written import render

_ENDINGS = frozenset({".yaml", ".yml", ".jsonl", ".ndjson", ".json"})
_FORMS = (
    'a watchlist is YAML, "entities:" and below it an id and a name each, or JSON lines such as'
    ' {"id": "…", "names": ["…"]}'
)


def open_watchlist(path: Path) -> Listing:
    """Read a watchlist.

    Args:
        path: a `.yaml` or `.jsonl` file, also packed (`.gz`), or a folder of YAML files.

    Returns:
        The watchlist, with the faults of lines that had to be left out.

    Raises:
        RuleError: nobody can be looked for; the message lists every fault.
    """
    listing = _open_folder(path) if path.is_dir() else read_watchlist(str(path), _bytes(path))
    if not len(listing.watchlist):
        faults = "\n".join(map(render, listing.faults))
        raise RuleError("\n".join(filter(None, (faults, _advice(path, faults)))))
    return listing


def _advice(path: Path, faults: str) -> str:
    """What to do with a file that names nobody, if its faults do not say so already."""
    if not faults:
        return f"{path} names nobody; {_FORMS}"
    named = path.is_dir() or _ENDINGS.intersection(path.suffixes)
    return "" if named else f"{path}: {_FORMS}"


def _open_folder(path: Path) -> Listing:
    # It knows the operator's file too, with all its channels: half of the time to start.
    from watcher.config import check_all  # noqa: PLC0415

    checked = check_all(path, os.environ)
    watchlist = checked.rulebook.watchlist if checked.rulebook else Watchlist(())
    return Listing(watchlist, checked.faults, checked.warnings)


def _bytes(path: Path) -> bytes:
    try:
        data = path.read_bytes()
        return gzip.decompress(data) if path.suffix == ".gz" else data
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise RuleError(f"{path} cannot be read: {reason}") from error
