"""Packed bodies unpacked within a bound: a small answer must not become a large one in memory."""

from __future__ import annotations

import zlib

from watcher.net.error import NetworkError, Trouble

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = 31  # zlib: the largest window, with a gzip header and checksum
ZLIB_WINDOW = 15  # zlib: the largest window, with a zlib header and checksum
PLAIN = frozenset({"", "identity"})
GZIP = frozenset({"gzip", "x-gzip"})


class Inflater:
    """Takes a body as it arrives and gives it back unpacked, or says why it cannot.

    Plain bodies, gzip (also of several members) and deflate are read; anything else, and one
    packing inside another, was not asked for.

    Args:
        encoding: the Content-Encoding header.
        size: most bytes allowed, packed and unpacked each.
        host: who sent it, for messages.

    Raises:
        NetworkError: the encoding is not one of these.
    """

    def __init__(self, encoding: str, size: int, host: str) -> None:
        self._size = size
        self._host = host
        self._arrived = 0
        self._taken = 0
        self._unpacked = bytearray()
        self._window = self._choose(encoding.strip().lower())
        self._inner = zlib.decompressobj(self._window) if self._window else None

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            NetworkError: too large, or damaged.
        """
        self._arrived += len(chunk)
        if self._arrived > self._size:
            raise self._too_large()
        if self._inner is None:
            self._unpacked += chunk
            return
        try:
            self._unpack(chunk)
        except zlib.error as error:
            raise self._unreadable(f"damaged {self._name()} data: {error}") from error

    @property
    def unpacked(self) -> bytes:
        """What has been unpacked so far, without what was taken."""
        return bytes(self._unpacked)

    def take(self) -> bytes:
        """What has been unpacked since it was last taken, for a body too large to be kept here."""
        taken = bytes(self._unpacked)
        self._taken += len(taken)
        self._unpacked.clear()
        return taken

    def finish(self) -> bytes:
        """The whole body, without what was taken.

        Raises:
            NetworkError: the packed data ends before its end.
        """
        if self._inner is not None and self._arrived and not self._inner.eof:
            raise self._unreadable(f"half a {self._name()} stream: the rest is missing")
        return bytes(self._unpacked)

    def _choose(self, encoding: str) -> int:
        """The window that zlib needs for an encoding; 0 for plain bodies."""
        if encoding in PLAIN:
            return 0
        if encoding in GZIP:
            return GZIP_WINDOW
        if encoding == "deflate":
            return ZLIB_WINDOW
        raise self._unreadable(f"packed as {encoding[:40]!r} although only gzip was asked for")

    def _unpack(self, chunk: bytes) -> None:
        """Unpack, going on to the next member of a gzip file when one ends."""
        inner = self._inner
        while inner is not None and chunk and not self._is_padding(inner, chunk):
            if inner.eof:
                inner = self._inner = zlib.decompressobj(self._window)
            room = self._size - self._taken - len(self._unpacked)
            self._unpacked += inner.decompress(chunk, room + 1)
            if self._taken + len(self._unpacked) > self._size:
                raise self._too_large()
            chunk = inner.unused_data

    def _is_padding(self, inner: zlib._Decompress, chunk: bytes) -> bool:
        """Whether these bytes stand after the end of the data and mean nothing."""
        return inner.eof and not GZIP_MAGIC.startswith(chunk[:2])

    def _name(self) -> str:
        return "gzip" if self._window == GZIP_WINDOW else "deflate"

    def _too_large(self) -> NetworkError:
        shown = f"{self._size / 1_000_000:g} MB"
        return NetworkError(f"{self._host} sent over {shown}", trouble=Trouble.TOO_LARGE)

    def _unreadable(self, what: str) -> NetworkError:
        return NetworkError(f"{self._host} sent {what}", trouble=Trouble.UNREADABLE)
