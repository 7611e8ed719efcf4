"""Words of a text that may be a listed name of one part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.bound import supposed
from watcher.match.held import Held
from watcher.match.index import Index
from watcher.match.lexicon import HIT
from watcher.match.memory import Memory
from watcher.match.page import Page
from watcher.match.spot import Piece
from watcher.match.unit import Unit
from watcher.match.weak import is_weak_anywhere
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]


def lone(
    page: Page, index: Index, names: Collection[int] | None = None, *, wide: bool = False
) -> Iterator[tuple[int, Piece]]:
    """The units that may be a listed name of one part, in the order of the text.

    Args:
        page: the text.
        index: the names.
        names: those that are meant; None for all.
        wide: whether only units of several words are meant.
    """
    index.learn(page.memory)
    places = np.flatnonzero(page.lasts > page.firsts) if wide else np.arange(len(page.firsts))
    back, rows = page.memory.rows_of(page.numbers[places])
    words = page.memory.words.array[rows]
    some = index.single.holds(words)
    if names is not None:
        some &= np.isin(words, _words_of(index, names))
    rows = rows[some]
    index.tell(page.memory, rows)
    found = _pieces(page, index, (places[back[some]], rows), index.single)
    return ((name, piece) for name, piece in found if names is None or name in names)


def _words_of(index: Index, names: Collection[int]) -> NDArray[np.int32]:
    """The words of some names."""
    some = np.array(sorted(names), np.intp)
    begins = index.entries.begins[some]
    return index.entries.words[ranges(begins, index.entries.begins[some + 1] - begins)]


def alone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """Those of `lone` that may count without support: all that do, and some that do not."""
    sift(page.memory, index)
    counted = page.memory.counted
    asked = [
        (place, row)
        for place, unit in enumerate(page.numbers.tolist())
        for row in counted.get(unit, ())
    ]
    if not asked:
        return iter(())
    places, rows = np.array(asked, np.intp).T
    return _pieces(page, index, (places, rows), index.counting)


def sift(memory: Memory, index: Index) -> None:
    """Note of the units that were learned since which may be a name that counts alone.

    What is weak wherever it stands is left out, mostly before letters are compared.
    """
    index.learn(memory)
    rows = np.arange(memory.sifted, len(memory.words.array))
    if not len(rows):
        return
    memory.sifted += len(rows)
    rows = rows[index.may_count(memory, rows)]
    index.tell(memory, rows)
    rows = rows[memory.scores(rows) >= max(index.least, HIT)]
    back, entries = index.counting.of(memory.words.array[rows])
    rows = rows[back]
    owners = memory.owners(rows).tolist()
    for unit, row, entry in zip(owners, rows.tolist(), entries.tolist(), strict=True):
        piece = Piece(Unit(0, 0, 0, *memory.units[unit]), index.hit(memory, row, entry))
        listed = index.listed[int(index.entries.names[entry])]
        if not is_weak_anywhere(supposed(listed, (piece,))):
            memory.counted.setdefault(unit, set()).add(row)


def _pieces(
    page: Page, index: Index, asked: tuple[Numbers, Numbers], names: Held
) -> Iterator[tuple[int, Piece]]:
    """The units of a page, by place and by row, that are one of some names, somebody having asked.

    In the order of the text, the names of one unit rising.
    """
    hits = page.memory.scores(asked[1]) >= HIT
    places, rows = asked[0][hits], asked[1][hits]
    back, entries = names.of(page.memory.words.array[rows])
    order = np.lexsort((entries, places[back]))
    found = (column[order].tolist() for column in (places[back], rows[back], entries))
    for place, row, entry in zip(*found, strict=True):
        hit = index.hit(page.memory, row, entry)
        yield int(index.entries.names[entry]), Piece(page.unit(place), hit)
