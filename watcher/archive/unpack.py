"""An input opened for reading: unpacked on the way, and knowing how far it is."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from io import BufferedReader
from pathlib import Path
from types import ModuleType
from typing import IO, assert_never, cast

from watcher.archive.holds import STDIN, Packed
from watcher.errors import WatcherError

UNREADABLE = (OSError, EOFError, zlib.error, ValueError, NotImplementedError)
"""What reading a broken or missing file raises, whoever reads it."""

_STEP = 1 << 13
_MAGIC = {b"\x1f\x8b\x08": "zcat", b"\x28\xb5\x2f\xfd": "zstdcat"}
"""What packed files begin with (RFC 1952, RFC 8878), and what unpacks them."""


@dataclass(frozen=True, slots=True)
class Input:
    """An open file.

    Attributes:
        pull: gives up to so many unpacked bytes, as soon as there are any; none at the end.
        raw: the file itself; its position is how far the reading is.
    """

    pull: Callable[[int], bytes]
    raw: IO[bytes]

    def at(self) -> int:
        """How many bytes of the file were read so far; 0 where nobody can tell."""
        return self.raw.tell() if self.raw.seekable() else 0


@contextmanager
def open_input(path: str, packed: Packed) -> Iterator[Input]:
    """Open a file, or standard input for "-", until the block ends.

    Raises:
        OSError: it cannot be opened.
        WatcherError: what unpacks it is not installed.
    """
    if path == STDIN:
        # What has come is given at once, so that answers to a slow writer do not wait.
        given = cast(BufferedReader, sys.stdin.buffer)
        yield Input(_Unpacked(given.read1), given)
        return
    with Path(path).open("rb") as raw:
        match packed:
            case Packed.NOT:
                yield Input(raw.read, raw)
            case Packed.GZIP:
                with gzip.GzipFile(fileobj=raw) as opened:
                    yield Input(_Careful(opened.read1), raw)
            case Packed.ZSTD:
                unpacked = need("fastwarc.stream_io", path).ZstdReader(raw)
                yield Input(_Careful(unpacked.read), raw)
            case _:
                assert_never(packed)


class _Unpacked:
    """Reads what has no name that would say how it is packed, and makes sure that it is not."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._begun = False

    def __call__(self, size: int) -> bytes:
        data = self._read(size)
        if not self._begun and (by := next(filter(data.startswith, _MAGIC), None)):
            raise OSError(f"it is packed; unpack it on the way: {_MAGIC[by]} FILE | watcher …")
        self._begun = True
        return data


class _Careful:
    """Reads in small steps: what stands before a break is lost only as far as its step goes."""

    def __init__(self, read: Callable[[int], bytes]) -> None:
        self._read = read
        self._broken: Exception | None = None

    def __call__(self, size: int) -> bytes:
        data = bytearray()
        while len(data) < size and not self._broken:
            try:
                step = self._read(min(_STEP, size - len(data)))
            except UNREADABLE as error:
                self._broken = error
                break
            if not step:
                break
            data += step
        if self._broken and not data:
            raise self._broken
        return bytes(data)


def need(module: str, path: str) -> ModuleType:
    """A module that is there only with the extra `archive`.

    Raises:
        WatcherError: it is not installed; the message names the file that needs it.
    """
    try:
        return import_module(module)
    except ImportError as error:
        raise WatcherError(
            f"{path}: to read this, more must be installed ({error.name} is missing):"
            ' pip install "entity-watcher[archive]"'
        ) from error


def why(error: Exception) -> str:
    """Why something cannot be read, in words, on one line."""
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return f"cannot be read: {' '.join(reason.split())}"
