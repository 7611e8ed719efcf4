"""What `scan` reads: text, HTML and JSON lines, packed or not, from files or standard input."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from watcher.article import Article
from watcher.cli.lines import BadLine, Line, read_lines
from watcher.feeds.decode import decode
from watcher.text import parse_html

STDIN = "standard input"

_LINES = {".jsonl", ".ndjson"}
_PAGES = {".html", ".htm"}


@dataclass(frozen=True, slots=True)
class Document:
    """A text to search.

    Attributes:
        id: what the answers call it: a line's `id` as it stands, or a file's path as given.
        article: its text and title; offsets count in these.
    """

    id: str | int
    article: Article


def read_documents(paths: Iterable[str], *, lines: bool) -> Iterator[Document | BadLine]:
    """Read every document, one at a time, in the order given.

    Args:
        paths: files; `.jsonl` holds a document a line, `.html` a page, anything else plain text,
            each also with `.gz` behind it. "-" is standard input, which is plain text too.
        lines: standard input holds a document a line.

    Yields:
        The documents, and a message for each line or file that could not be read.
    """
    for path in paths:
        try:
            yield from _read(path, lines=lines)
        except (OSError, EOFError, zlib.error) as error:
            reason = getattr(error, "strerror", None) or str(error)
            yield BadLine(_name(path), f"cannot be read: {reason}")


def _read(path: str, *, lines: bool) -> Iterator[Document | BadLine]:
    kind = Path(path.removesuffix(".gz")).suffix.lower()
    with _open(path) as file:
        if kind in _LINES or (lines and path == "-"):
            yield from map(_from_line, read_lines(file, _name(path)))
        elif kind in _PAGES:
            yield Document(_name(path), _page(file.read()))
        else:
            yield Document(_name(path), Article(text=_text(file.read())))


def _open(path: str) -> AbstractContextManager[IO[bytes] | gzip.GzipFile]:
    if path == "-":
        return nullcontext(sys.stdin.buffer)
    return gzip.open(path) if path.endswith(".gz") else Path(path).open("rb")


def _name(path: str) -> str:
    return STDIN if path == "-" else path


def _from_line(line: Line | BadLine) -> Document | BadLine:
    if isinstance(line, BadLine):
        return line
    ident = line.value.get("id")
    if isinstance(ident, bool) or not isinstance(ident, str | int):
        return BadLine(line.place, 'there is no "id"; write "id": "…"')
    try:
        return Document(ident, Article(text=line.text("text"), title=line.text("title", "")))
    except ValueError as error:
        return BadLine(line.place, str(error))


def _text(data: bytes) -> str:
    """UTF-8 exactly as it stands, so that offsets hold in the file; else by what the bytes show."""
    try:
        return data.decode()
    except UnicodeDecodeError:
        return decode(data).text


def _page(data: bytes) -> Article:
    page = parse_html(_text(data))
    return Article(text=page.text, title=page.title)
