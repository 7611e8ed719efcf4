"""WARC and WET: the pages and texts of a crawl; a broken record does not cost those behind it.

The only module that knows fastwarc. Records are cut here as they lie; `watcher.archive.fetched`
makes documents of them, in the process that searches them.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from fastwarc.stream_io import ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from watcher.archive.document import LARGEST, Refused, too_large
from watcher.archive.fetched import Fetched, Record
from watcher.archive.piece import PIECE, Lost, Piece
from watcher.archive.unpack import why

_WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
_START = re.compile(rb"\x1f\x8b\x08|\x28\xb5\x2f\xfd|WARC/1\.[01]\r?\n")
_LONGEST_START = 10
_HEAD = 8192  # bytes in which the HTTP head of a record must name its type to be looked at


def cut_crawl(path: str) -> Iterator[Piece]:
    """The records of a file that may hold text, some at a time.

    Behind a broken record the next that can be read is looked for.

    Raises:
        OSError: it cannot be opened.
    """
    with Path(path).open("rb") as raw:
        start: int | None = 0
        while start is not None:
            raw.seek(start)
            reading = _Reading(path, raw, start)
            yield from reading.pieces()
            start = _next_start(raw, reading.last + 1) if reading.broken else None


class _Reading:
    """The records from one place on, to the end or to the first that is broken."""

    def __init__(self, path: str, raw: IO[bytes], start: int) -> None:
        self.last = start
        self.broken = False
        self._path = path
        self._raw = raw
        self._start = start

    def pieces(self) -> Iterator[Piece]:
        held: list[Record] = []
        size = 0
        for record in self._records():
            if isinstance(record, Refused):
                yield Fetched(self._raw.tell(), self._path, tuple(held))
                yield Lost(self._raw.tell(), self._path, record)
                held, size = [], 0
                continue
            held.append(record)
            size += len(record.body)
            if size >= PIECE:
                yield Fetched(self._raw.tell(), self._path, tuple(held))
                held, size = [], 0
        yield Fetched(self._raw.tell(), self._path, tuple(held))

    def _records(self) -> Iterator[Record | Refused]:
        try:
            for record in ArchiveIterator(self._raw, parse_http=False):
                self.last = self._start + record.stream_pos
                if record.record_type & _WANTED:
                    yield from self._take(record)
                if self.broken:
                    return
            if _is_cut(self._raw, self.last):
                yield Refused(f"{self._path}: the record at byte {self.last}", "is cut short")
        except OSError as error:
            self.broken = True
            yield Refused(f"{self._path}: behind byte {self.last}", why(error))

    def _take(self, record: WarcRecord) -> Iterator[Record | Refused]:
        place = f"{self._path}: the record at byte {self.last}"
        if record.content_length > LARGEST:
            yield too_large(place)
            return
        body = record.reader.read(record.content_length) if record.content_length else b""
        if len(body) < record.content_length:
            self.broken = True
            yield Refused(place, "is cut short")
        elif _may_hold_text(record, body):
            yield Record(
                place=place,
                # Old tools write it between angle brackets, as the first standard did.
                link=(record.headers.get("WARC-Target-URI") or "").strip("<>"),
                is_http=record.is_http,
                kind=record.headers.get("Content-Type") or "",
                body=body,
            )


def _may_hold_text(record: WarcRecord, body: bytes) -> bool:
    """Whether it is worth sending to another process: most of a crawl's bytes are pictures."""
    if not record.is_http:
        return True
    head = body[:_HEAD].partition(b"\r\n\r\n")[0].lower()
    return b"content-type:" not in head or b"text/" in head or b"html" in head


def _is_cut(raw: IO[bytes], last: int) -> bool:
    """Whether a file ends within the head of its last record, which reading passes over."""
    size = raw.seek(0, os.SEEK_END)
    raw.seek(last)
    rest = raw.read(PIECE)
    if size - last > PIECE or not rest:
        return False
    if not rest.startswith(b"\x1f\x8b"):
        return rest.startswith(b"WARC/1.") and b"\r\n\r\n" not in rest
    while rest.startswith(b"\x1f\x8b"):
        member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        member.decompress(rest)
        rest = member.unused_data
    return not member.eof


def _next_start(raw: IO[bytes], start: int) -> int | None:
    """Where the next record begins, from a place on; None if none does."""
    raw.seek(start)
    kept, at = b"", start
    while data := raw.read(PIECE):
        block = kept + data
        for match in _START.finditer(block):
            if _begins(raw, at + match.start()):
                return at + match.start()
        raw.seek(at + len(block))
        kept = block[-_LONGEST_START:]
        at += len(block) - len(kept)
    return None


def _begins(raw: IO[bytes], at: int) -> bool:
    """Whether a record really begins at a place that looks so."""
    raw.seek(at)
    head = raw.read(4096)
    try:
        if head.startswith(b"\x1f\x8b"):
            head = zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(head, 16)
        elif head.startswith(b"\x28\xb5"):
            raw.seek(at)
            head = ZstdReader(raw).read(16)
    except (OSError, zlib.error):
        return False
    return head.startswith(b"WARC/1.")
