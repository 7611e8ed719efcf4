"""A watchlist by itself, whichever way it is written."""

from __future__ import annotations

from typing import NamedTuple

from watcher.watchlist.entity import Watchlist
from watcher.watchlist.jsonl import read_lines
from watcher.watchlist.rulebook import versioned
from watcher.written import Fault

_YAML = (".yaml", ".yml")
_JSONL = (".jsonl", ".ndjson", ".json")


class Listing(NamedTuple):
    """A watchlist as it was read.

    Attributes:
        watchlist: the entities of all good lines; of YAML, none if there is any fault.
        faults: what had to be left out.
        warnings: what its writer should know besides.
    """

    watchlist: Watchlist
    faults: tuple[Fault, ...] = ()
    warnings: tuple[Fault, ...] = ()


def read_watchlist(name: str, data: bytes) -> Listing:
    """Read one file as a watchlist: JSON lines, or YAML as in the analysts' files.

    Args:
        name: the file's path as people know it; its ending says which of the two it is. Without a
            known ending, a file that begins with "{" is read as JSON lines.
        data: its bytes, UTF-8.
    """
    if _is_jsonl(name, data):
        lines = read_lines(name, data)
        entities = tuple(lines.entities)
        watchlist = versioned(entities, entities)
        return Listing(watchlist, tuple(lines.faults), tuple(lines.warnings))
    # Rules are read with much that lines need not wait for.
    from watcher.watchlist.read import read_rules  # noqa: PLC0415

    reading = read_rules({name: data})
    watchlist = reading.rulebook.watchlist if reading.rulebook else Watchlist(())
    return Listing(watchlist, reading.faults, reading.warnings)


def _is_jsonl(name: str, data: bytes) -> bool:
    lowered = name.lower().removesuffix(".gz")
    if lowered.endswith(_YAML):
        return False
    return lowered.endswith(_JSONL) or data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
