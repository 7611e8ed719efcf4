"""Tables as publishers send them: comma-separated text and OpenDocument sheets, row by row.

Memory is bounded by one row. A table that ends in the middle of a quoted field was cut short and
is refused as a whole.
"""

from __future__ import annotations

import csv
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO, BinaryIO, NamedTuple
from xml.etree.ElementTree import Element

from watcher.errors import ListError
from watcher.watchlist.official.elements import local, records
from watcher.watchlist.official.tally import LONGEST_LINE, File, Tally, lines_of

ZIP = b"PK\x03\x04"
_LARGEST = 1_000_000_000
"""Bytes of an unpacked sheet; that of the largest list has 60 million."""
_WIDEST = 1000
"""Columns; sheets say "and 16,000 empty ones" in three words."""
_BLANKS = {"s", "tab", "line-break"}
"""Elements of a paragraph that stand for blanks."""
_END_OF_FILE = "\x1a"  # DOS; OFAC's files still end in it
_END = "\x1e end \x1e"


_STRAY = {0xDC00 + byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
"""Bytes that are no UTF-8 among such as are, as the letters that they are in the code page."""

csv.field_size_limit(LONGEST_LINE)  # of the whole process; no field of a list is refused for 128 kB


_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)
"""What reading a packed file raises that is not as it was."""


class Row(NamedTuple):
    """One row and the line it ends on, or its number in a sheet."""

    number: int
    cells: list[str]


def read_rows(file: File) -> Iterator[Row]:
    """The rows of a table that hold anything.

    Raises:
        ListError: it is cut short or damaged.
    """
    with file.open() as stream:
        start = stream.read(len(ZIP))
        stream.seek(0)
        if start == ZIP:
            yield from _sheet(file.name, stream)
        else:
            yield from _text(file.name, _lines(file.name, stream, _charset(file)))


def whole_rows(file: File, rows: Iterator[Row], width: int, tally: Tally) -> Iterator[Row]:
    """The rows that are as wide as the table; the others are counted.

    Raises:
        ListError: the last row is none of them, so the table was cut short.
    """
    last, is_whole = 0, True
    for row in rows:
        last, is_whole = row.number, len(row.cells) == width
        if is_whole:
            yield row
        else:
            found = f"{width} columns expected, {len(row.cells)} found"
            tally.miss(f"{file.name}:{row.number}", found)
    if not is_whole:
        raise ListError(f"{file.name}:{last}: cut short: the last row is not whole")


def _text(name: str, lines: Iterator[str]) -> Iterator[Row]:
    reader = csv.reader(lines)
    try:
        for cells in reader:
            if cells == [_END]:
                return
            if any(cells) and cells != [_END_OF_FILE]:
                yield Row(reader.line_num, cells)
    except csv.Error as error:
        raise ListError(f"{name}:{reader.line_num}: this is not a table: {error}") from error
    raise ListError(f"{name}:{reader.line_num - 1}: cut short: a quoted field does not end")


def _charset(file: File) -> str:
    """UTF-8, or the Windows code page that publishers fall back to, as most lines of a file show.

    One line alone does not say: one of UTF-8 may be damaged, one of the code page may look like it.
    """
    fine = strange = 0
    with file.open() as stream:
        for raw in lines_of(file.name, stream):
            if not raw.isascii():
                is_fine = _is_utf_8(raw)
                fine, strange = fine + is_fine, strange + (not is_fine)
    return "cp1252" if strange > fine else "utf-8"


def _is_utf_8(raw: bytes) -> bool:
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def _lines(name: str, stream: BinaryIO, charset: str) -> Iterator[str]:
    """The lines of a text, and a last one that a field without an end swallows."""
    for number, raw in enumerate(lines_of(name, stream)):
        start = raw.removeprefix(b"\xef\xbb\xbf") if not number else raw
        if charset == "utf-8":
            yield start.decode(errors="surrogateescape").translate(_STRAY)
        else:
            yield start.decode(charset, "replace")
    yield _END


def _sheet(name: str, stream: BinaryIO) -> Iterator[Row]:
    """The rows of all sheets of an OpenDocument file."""
    try:
        with zipfile.ZipFile(stream) as packed, packed.open("content.xml") as content:
            table = records(name, _Bounded(name, content), {"table-row"})
            width = 0
            for number, (_, element) in enumerate(table, 1):
                cells = _cells(element)
                width = max(width, len(cells))
                if any(cells):
                    yield Row(number, cells + [""] * (width - len(cells)))
    except KeyError as error:
        raise ListError(f"{name}: is not a sheet: it holds no content.xml") from error
    except _DAMAGED as error:
        raise ListError(f"{name}: damaged or cut short: {error}") from error


class _Bounded:
    """A stream that unpacks to so much only."""

    def __init__(self, name: str, stream: IO[bytes]) -> None:
        self._name = name
        self._stream = stream
        self._left = _LARGEST

    def read(self, size: int = -1) -> bytes:
        chunk = self._stream.read(min(size, 1 << 16) if size > 0 else 1 << 16)
        self._left -= len(chunk)
        if self._left < 0:
            raise ListError(f"{self._name}: unpacks to over {_LARGEST // 10**6:,} MB")
        return chunk


def _cells(row: Element) -> list[str]:
    cells: list[str] = []
    for cell in row:
        if local(cell.tag) in {"table-cell", "covered-table-cell"}:
            text = "\n".join("".join(_said(p)) for p in cell if local(p.tag) == "p")
            cells.extend([text] * min(_times(cell), _WIDEST - len(cells)))
    while cells and not cells[-1]:
        cells.pop()
    return cells


def _said(element: Element) -> Iterator[str]:
    """The text of a paragraph; blanks that stand as elements part words too."""
    yield element.text or ""
    for each in element:
        yield " " if local(each.tag) in _BLANKS else "".join(_said(each))
        yield each.tail or ""


def _times(cell: Element) -> int:
    """How many cells one stands for."""
    for name, value in cell.items():
        if local(name) == "number-columns-repeated" and value.isdecimal():
            return int(value[:6])
    return 1
