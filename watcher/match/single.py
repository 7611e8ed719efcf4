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
    meant = None if names is None else np.array(sorted(names), np.intp)
    if meant is not None:
        some &= np.isin(words, _words_of(index, meant))
    rows = rows[some]
    index.tell(page.memory, rows)
    return _pieces(page, index, (places[back[some]], rows), index.single, meant)


def _words_of(index: Index, names: Numbers) -> NDArray[np.int32]:
    """The words of some names."""
    begins = index.entries.begins[names]
    return index.entries.words[ranges(begins, index.entries.begins[names + 1] - begins)]


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
    words = memory.words.array[rows]
    # All organisations of one word are as weak by it as the first of them.
    asked = zip(
        *(memory.owners(rows).tolist(), rows.tolist(), index.pairs.holds(words).tolist()),
        index.counting.first(words).tolist(),
        strict=True,
    )
    for unit, row, pair, entry in asked:
        if pair or not _is_weak(memory, index, unit, row, entry):
            memory.counted.setdefault(unit, set()).add(row)


def _is_weak(memory: Memory, index: Index, unit: int, row: int, entry: int) -> bool:
    """Whether a unit needs support as a name of one part, wherever it stands."""
    piece = Piece(Unit(0, 0, 0, *memory.units[unit]), index.hit(memory, row, entry))
    listed = index.listed[int(index.entries.names[entry])]
    return is_weak_anywhere(supposed(listed, (piece,)))


def _pieces(
    page: Page,
    index: Index,
    asked: tuple[Numbers, Numbers],
    names: Held,
    meant: Numbers | None = None,
) -> Iterator[tuple[int, Piece]]:
    """The units of a page, by place and by row, that are one of some names, somebody having asked.

    In the order of the text, the names of one unit rising; only those that are meant, if any are.
    """
    hits = page.memory.scores(asked[1]) >= HIT
    places, rows = asked[0][hits], asked[1][hits]
    back, entries = names.of(page.memory.words.array[rows])
    if meant is not None:
        own = np.isin(index.entries.names[entries], meant)
        back, entries = back[own], entries[own]
    order = np.lexsort((entries, places[back]))
    back, entries = back[order], entries[order]
    columns = (places[back], rows[back], index.entries.names[entries], entries)
    first = index.entries.places[entries, 0]
    made: dict[tuple[int, int, int], Piece] = {}
    for place, row, name, entry, part in zip(
        *(column.tolist() for column in columns), first.tolist(), strict=True
    ):
        # A word may be half a list of a million; what it is in one is what it is in the next.
        known = made.get((place, row, part))
        if known is None:
            hit = index.hit(page.memory, row, entry)
            known = made[place, row, part] = Piece(page.unit(place), hit)
        yield name, known
