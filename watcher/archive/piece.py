"""A piece of an input: what is handed to a process to be read and searched.

Reading is cut in two. One process cuts an input into pieces, which costs little: bytes up to a line
end, rows, records as they lie. Whoever searches a piece makes documents of it, which is most of the
work: JSON, charsets, HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from watcher.archive.document import (
    LARGEST,
    Document,
    Fields,
    Refused,
    from_record,
    too_large,
)
from watcher.archive.lines import Line, read_lines
from watcher.article import Article
from watcher.text import parse_html, parse_preface, preface_doubts

PIECE = 1 << 17
"""Bytes of a piece: enough to outweigh the handing over, few enough that all processes are busy to
the end, and that a person sees the figures grow."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Characters that texts hold by accident only; few texts have any."""


class Piece(Protocol):
    """Something that can be sent to another process and holds documents."""

    @property
    def at(self) -> int:
        """How many bytes of the file were read when this piece was cut."""
        ...

    @property
    def name(self) -> str:
        """The file, as people are told of it."""
        ...

    def documents(self) -> Iterator[Document | Refused]:
        """The documents in their order, and what could not be taken."""
        ...


@dataclass(frozen=True, slots=True)
class Lost:
    """In the place of what could not even be cut."""

    at: int
    name: str
    refused: Refused

    def documents(self) -> Iterator[Document | Refused]:
        """The refusal alone."""
        yield self.refused


@dataclass(frozen=True, slots=True)
class Lines:
    """Whole lines, each a document.

    Attributes:
        at: see `Piece`.
        name: the file.
        first: the number of the first line.
        data: the lines.
        fields: what the fields of the documents are called.
    """

    at: int
    name: str
    first: int
    data: bytes
    fields: Fields

    def documents(self) -> Iterator[Document | Refused]:
        """One for each line that is not empty."""
        for line in read_lines(self.data.split(b"\n"), self.name, self.first):
            if isinstance(line, Line):
                yield from_record(line.value, line.place, self.fields)
            else:
                yield line


@dataclass(frozen=True, slots=True)
class Whole:
    """A text or a page: a whole file, one document."""

    at: int
    name: str
    data: bytes
    is_page: bool

    def documents(self) -> Iterator[Document | Refused]:
        """The one document, or why it is none."""
        text, why = read_text(self.data)
        if why:
            yield Refused(self.name, why)
            return
        notes: tuple[str, ...] = ()
        if self.is_page:
            page = parse_html(text)
            article = Article(
                text=page.text, title=page.title, language=page.language, published=page.published
            )
        else:
            # Its title is not searched apart: it stands in the text.
            said = parse_preface(text)
            article = Article(text=text, language=said.language, published=said.published)
            notes = tuple(f"{self.name}:{line}: {why}" for line, why in preface_doubts(text))
        yield Document(self.name, article, by_place=True, notes=notes)


class Text(NamedTuple):
    """What bytes say, and why they are no text; "" if they are one."""

    text: str
    why_not: str = ""


def read_text(data: bytes, content_type: str = "") -> Text:
    """UTF-8 exactly as it stands, so that offsets hold in the file; else by what the bytes show."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = ""
    else:
        if not _CONTROL.search(text):
            return Text(text)
    # It comes with all that feeds need, which would be half of the time to start.
    from watcher.feeds import decode, not_text  # noqa: PLC0415

    text = text or decode(data, content_type).text
    return Text(text, not_text(data, text))


def cut_lines(
    pull: Callable[[int], bytes], at: Callable[[], int], name: str, fields: Fields
) -> Iterator[Lines | Lost]:
    """Cut what is pulled at line ends; memory stays bounded however long a line is.

    What stands before the end of the last line that could be read is given before anything that
    `pull` raises is passed on.
    """
    held = b""
    number = 1
    passing = False  # within a line that is too large
    while data := pull(PIECE):
        if passing:
            end = data.find(b"\n") + 1
            if not end:
                continue
            passing, data, number = False, data[end:], number + 1
        end = data.rfind(b"\n") + 1
        if end:
            whole, held = held + data[:end], data[end:]
            yield Lines(at(), name, number, whole[:-1], fields)
            number += whole.count(b"\n")
        else:
            held += data
        if len(held) > LARGEST:
            yield Lost(at(), name, too_large(f"{name}:{number}"))
            held, passing = b"", True
    if held:
        yield Lines(at(), name, number, held, fields)


def cut_whole(
    pull: Callable[[int], bytes], at: Callable[[], int], name: str, *, is_page: bool
) -> Iterator[Whole | Lost]:
    """The whole of a text or a page as one piece, if it is not too large."""
    data = bytearray()
    while part := pull(PIECE):
        data += part
        if len(data) > LARGEST:
            yield Lost(at(), name, too_large(name))
            return
    yield Whole(at(), name, bytes(data), is_page)
