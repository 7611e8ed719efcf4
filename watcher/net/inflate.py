"""Packed bodies unpacked within a bound: a small answer must not become a large one in memory."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from watcher.net.error import NetworkError, Trouble

GZIP_MAGIC = b"\x1f\x8b"
GZIP_WINDOW = 31  # zlib: the largest window, with a gzip header and checksum
ZLIB_WINDOW = 15  # zlib: the largest window, with a zlib header and checksum
RAW_WINDOW = -15  # zlib: the largest window, without either, as some servers understand deflate
# What is put into this header by mistake, and packs nothing.
PLAIN = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "7bit", "8bit", "text"})
GZIP = frozenset({"gzip", "x-gzip"})
# What a document begins with, and nothing packed does: as gzip, and by two bytes as bare deflate.
TEXT = frozenset(b"<{[ \t\r\n\xef\xff\xfe")
TEXTS = frozenset({b"<?", b"<r", b"<R", b"<f", b"<!", b'{"', b"{\n", b"{\r", b"\xef\xbb"})
LAYERS = 3  # of packing inside packing
HEAD = 2  # bytes that tell what is packed, and how
MEMBERS = 10_000  # of one gzip file; one of blocks has 160 in ten megabytes
SLICE = 1 << 16  # bytes; zlib copies what is behind a member, so many small ones cost its square


class Inflater:
    """Takes a body as it arrives and gives it back unpacked, or says why it cannot.

    Plain bodies, gzip (also of several members) and deflate (with its header or without) are read,
    one inside another too; anything else was not asked for. Text that is only called packed is
    read as it is.

    Args:
        encoding: the Content-Encoding header.
        size: most bytes allowed, packed, unpacked and in between each.
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
        self._layers = self._choose(encoding)

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises:
            NetworkError: too large, or damaged; what came before can still be had.
        """
        room = self._size - self._arrived
        self._arrived += len(chunk)
        self._unpack(chunk[:room])
        if len(chunk) > room:
            raise self._too_large()

    def _unpack(self, chunk: bytes) -> None:
        for layer in self._layers:
            chunk = layer.unpack(chunk, self._size)
            if layer.damage or layer.given > self._size:
                if layer is self._layers[-1]:
                    self._keep(chunk)
                if layer.damage:
                    raise self._unreadable(f"damaged {layer.name} data: {layer.damage}")
                raise self._too_large()
        self._keep(chunk)

    def _keep(self, chunk: bytes) -> None:
        self._unpacked += chunk[: self._size - self._taken - len(self._unpacked)]

    @property
    def size(self) -> int:
        """How many bytes are kept here."""
        return len(self._unpacked)

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
        for layer in self._layers:
            if self._arrived and not layer.is_whole:
                raise self._unreadable(f"half a {layer.name} stream: the rest is missing")
        return bytes(self._unpacked)

    def _choose(self, encoding: str) -> list[_Layer]:
        """What unpacks a body, the outermost packing first, which the header names last."""
        names = [name.strip() for name in encoding.lower().split(",")]
        packed = [name for name in reversed(names) if name not in PLAIN]
        if len(packed) > LAYERS or not all(name in GZIP or name == "deflate" for name in packed):
            shown = encoding.strip()[:40]
            raise self._unreadable(f"packed as {shown!r} although only gzip was asked for")
        return [_Layer("gzip" if name in GZIP else name) for name in packed]

    def _too_large(self) -> NetworkError:
        shown = f"{self._size / 1_000_000:g} MB"
        return NetworkError(f"{self._host} sent over {shown}", trouble=Trouble.TOO_LARGE)

    def _unreadable(self, what: str) -> NetworkError:
        return NetworkError(f"{self._host} sent {what}", trouble=Trouble.UNREADABLE)


class _Layer:
    """One packing: gzip or deflate, as its first bytes show.

    Attributes:
        name: what it is called.
        given: how many bytes it gave.
        damage: why it cannot be unpacked to its end; None if it can, as far as it came.
    """

    def __init__(self, name: str) -> None:
        self.name = name
        self.given = 0
        self.damage: zlib.error | None = None
        self._count = 0
        self._head = b""
        self._window = 0  # not known yet
        self._inner: zlib._Decompress | None = None  # None for plain text, too

    @property
    def is_whole(self) -> bool:
        """The end of the packed data has come, or it was none."""
        return self._inner is None or self._inner.eof

    def unpack(self, chunk: bytes, size: int) -> bytes:
        """The next bytes unpacked, up to one more than the size allows in all."""
        if not self._window:
            self._head += chunk
            if len(self._head) < HEAD:
                return b""
            chunk, self._window = self._head, self._choose(self._head)
            self._inner = None if self._is_text(chunk) else zlib.decompressobj(self._window)
        if self._inner is None:
            self.given += len(chunk)
            return chunk
        pieces: list[bytes] = []
        try:
            for at in range(0, len(chunk), SLICE):
                for piece in self._members(chunk[at : at + SLICE], size):
                    self.given += len(piece)
                    pieces.append(piece)
        except zlib.error as error:
            self.damage = error
        return b"".join(pieces)

    def _members(self, chunk: bytes, size: int) -> Iterator[bytes]:
        """Unpack, going on to the next member of a gzip file when one ends."""
        inner = self._inner
        while inner and chunk and not self._is_padding(inner, chunk) and self.given <= size:
            if inner.eof:
                self._count += 1
                if self._count > MEMBERS:
                    raise zlib.error(f"over {MEMBERS:,} pieces")
                inner = self._inner = zlib.decompressobj(self._window)
            yield from _unpacked(inner, chunk, size - self.given + 1)
            chunk = inner.unused_data

    def _choose(self, head: bytes) -> int:
        if head.startswith(GZIP_MAGIC):
            return GZIP_WINDOW
        # RFC 1950, 2.2: the method is 8, and both bytes together are a multiple of 31.
        is_zlib = head[0] & 15 == 8 and (head[0] << 8 | head[1]) % 31 == 0
        return ZLIB_WINDOW if is_zlib else GZIP_WINDOW if self.name == "gzip" else RAW_WINDOW

    def _is_text(self, head: bytes) -> bool:
        return head[0] in TEXT if self.name == "gzip" else head[:HEAD] in TEXTS

    def _is_padding(self, inner: zlib._Decompress, chunk: bytes) -> bool:
        """Whether these bytes stand after the end of the data and mean nothing."""
        return inner.eof and not GZIP_MAGIC.startswith(chunk[:2])


def _unpacked(inner: zlib._Decompress, chunk: bytes, most: int) -> Iterator[bytes]:
    """The bytes unpacked; where they are damaged, those before that, and then the error again."""
    before = inner.copy()
    try:
        yield inner.decompress(chunk, most)
    except zlib.error:
        yield from (before.decompress(chunk[at : at + 1], most) for at in range(len(chunk)))
