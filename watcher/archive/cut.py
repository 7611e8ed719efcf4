"""Inputs cut into pieces, whatever they hold; what cannot be read is a piece that says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from watcher.archive.document import Fields, Refused
from watcher.archive.holds import STDIN, Holds, Packed, called, is_json, known
from watcher.archive.piece import PIECE, Lost, Piece, Whole, cut_lines, cut_whole
from watcher.archive.unpack import UNREADABLE, Input, need, open_input, why

_HEAVY = 8 * PIECE
"""Bytes of texts and pages from which no more are put beside them."""
_JSON = "is JSON; name it .jsonl if it holds a document a line, or .txt to search it as it stands"


def cut(path: str, fields: Fields, *, lines: bool = False) -> Iterator[Piece]:
    """Cut one input into pieces.

    Args:
        path: a file, whose ending says what it holds (plain text if it does not); "-" is standard
            input.
        fields: what the fields of records are called.
        lines: standard input holds a document a line, not a text.

    Yields:
        The pieces in order. Reading goes on only as they are taken.

    Raises:
        WatcherError: what reads such a file is not installed.
    """
    holds, packed = _known(path, lines=lines)
    if is_json(path):
        yield Lost(0, path, Refused(path, _JSON))
        return
    try:
        if holds is Holds.TABLE:
            yield from need("watcher.archive.table", path).cut_table(path, fields)
        elif holds is Holds.CRAWL:
            yield from need("watcher.archive.crawl", path).cut_crawl(path)
        else:
            with open_input(path, packed) as opened:
                yield from _cut(opened, called(path), holds, fields)
    except UNREADABLE as error:
        yield Lost(0, called(path), Refused(called(path), why(error)))


def bundle(pieces: Iterable[Piece], size: int) -> Iterator[tuple[Piece, ...]]:
    """Small pieces put together, at most so many, and no more than are small together."""
    held: list[Piece] = []
    weight = 0
    for piece in pieces:
        held.append(piece)
        weight += len(piece.data) if isinstance(piece, Whole) else 0
        if len(held) >= size or weight >= _HEAVY:
            yield tuple(held)
            held, weight = [], 0
    if held:
        yield tuple(held)


def _cut(opened: Input, name: str, holds: Holds, fields: Fields) -> Iterator[Piece]:
    if holds is Holds.LINES:
        return cut_lines(opened.pull, opened.at, name, fields)
    return cut_whole(opened.pull, opened.at, name, is_page=holds is Holds.PAGE)


def _known(path: str, *, lines: bool) -> tuple[Holds, Packed]:
    if path == STDIN:
        return (Holds.LINES if lines else Holds.TEXT), Packed.NOT
    holds, packed = known(path)
    return holds or Holds.TEXT, packed
