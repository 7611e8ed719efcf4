"""Words of a text that may be a listed name of one part."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from watcher.match.held import Held
from watcher.match.index import Index
from watcher.match.lexicon import HIT
from watcher.match.page import Page
from watcher.match.spot import Piece


def lone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """The units that may be a listed name of one part, in the order of the text."""
    index.learn(page.memory)
    back, rows = page.memory.rows_of(page.numbers)
    some = index.single.holds(page.memory.words.array[rows])
    back, rows = back[some], rows[some]
    index.tell(page.memory, rows)
    return _pieces(page, index, (back, rows), index.single)


def alone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """Those of `lone` that may count without support."""
    index.learn(page.memory)
    places = np.flatnonzero(page.memory.alone.array[page.numbers])
    back, rows = page.memory.rows_of(page.numbers[places])
    some = index.may_count(page.memory, rows)
    return _pieces(page, index, (places[back[some]], rows[some]), index.counting)


def _pieces(
    page: Page, index: Index, asked: tuple[NDArray[np.intp], NDArray[np.intp]], names: Held
) -> Iterator[tuple[int, Piece]]:
    """The units of a page, by place and by row, that are one of some names, somebody having asked.

    In the order of the text, the names of one unit rising.
    """
    hits = page.memory.scores.array[asked[1]] >= HIT
    places, rows = asked[0][hits], asked[1][hits]
    back, entries = names.of(page.memory.words.array[rows])
    order = np.lexsort((entries, places[back]))
    found = (column[order].tolist() for column in (places[back], rows[back], entries))
    for place, row, entry in zip(*found, strict=True):
        hit = index.hit(page.memory, row, entry)
        yield int(index.entries.names[entry]), Piece(page.unit(place), hit)
