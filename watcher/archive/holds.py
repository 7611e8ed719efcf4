"""What a file holds, and how it is packed, told by its name."""

from __future__ import annotations

from enum import Enum, auto
from pathlib import Path

STDIN = "-"
"""What people write for standard input."""


class Holds(Enum):
    """What the records of a file are."""

    TEXT = auto()
    PAGE = auto()
    LINES = auto()
    TABLE = auto()
    CRAWL = auto()


class Packed(Enum):
    """How a file is packed as a whole."""

    NOT = auto()
    GZIP = auto()
    ZSTD = auto()


_HOLDS = {
    ".txt": Holds.TEXT,
    ".md": Holds.TEXT,
    ".html": Holds.PAGE,
    ".htm": Holds.PAGE,
    ".xhtml": Holds.PAGE,
    ".jsonl": Holds.LINES,
    ".ndjson": Holds.LINES,
    ".parquet": Holds.TABLE,
    ".warc": Holds.CRAWL,
    ".wet": Holds.CRAWL,
}
_PACKED = {".gz": Packed.GZIP, ".zst": Packed.ZSTD}


def known(path: str) -> tuple[Holds | None, Packed]:
    """What a file holds by its name, None if that does not say, and how it is packed."""
    ending, packed = _ending(path)
    return _HOLDS.get(ending), packed


def is_json(path: str) -> bool:
    """Whether a file is JSON by its name, of which nobody knows how its documents lie in it.

    Read as one text it would hide names: JSON may write every letter as a number.
    """
    return _ending(path)[0] == ".json"


def _ending(path: str) -> tuple[str, Packed]:
    name = Path(path)
    packed = _PACKED.get(name.suffix.lower(), Packed.NOT)
    inner = name if packed is Packed.NOT else name.with_suffix("")
    return inner.suffix.lower(), packed


def called(path: str) -> str:
    """A file as people are told of it."""
    return "standard input" if path == STDIN else path
