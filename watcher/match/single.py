"""Words of a text that may be a listed name of one part."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.bound import supposed
from watcher.match.held import Held
from watcher.match.index import Index
from watcher.match.lexicon import HIT
from watcher.match.memory import Memory
from watcher.match.page import Page
from watcher.match.pair import has_title
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
    found = _entries(page, places[back[some]], rows, index.single)
    if meant is not None:
        found = found.some(np.isin(index.entries.names[found.entries], meant))
    return _pieces(page, index, found)


def _words_of(index: Index, names: Numbers) -> NDArray[np.int32]:
    """The words of some names."""
    begins = index.entries.begins[names]
    return index.entries.words[ranges(begins, index.entries.begins[names + 1] - begins)]


def alone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """Those of `lone` that may count without support: all that do, and some that do not.

    In any order.
    """
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
    found = _entries(page, places, rows, index.counting)
    return _pieces(page, index, found.some(_may_stand(page, index, found)))


class _Entries(NamedTuple):
    """Units of a page that are a name of one part, as far as letters tell.

    Attributes:
        places: of each the place of its unit.
        rows: what the memory knows of unit and word.
        entries: where the word stands in the name.
    """

    places: Numbers
    rows: Numbers
    entries: NDArray[np.int32]

    def some(self, chosen: NDArray[np.bool_] | Numbers) -> _Entries:
        """Some of them."""
        return _Entries(self.places[chosen], self.rows[chosen], self.entries[chosen])


def _may_stand(page: Page, index: Index, found: _Entries) -> NDArray[np.bool_]:
    """Which names do not want a word beside theirs that the text does not have.

    One word is enough for an organisation, and in scripts that write names as one word; any other
    person's name must be two: a compound, or a title and a name.
    """
    stands = ~index.listed.columns.person[index.entries.names[found.entries]]
    stands |= page.lasts[found.places] > page.firsts[found.places]
    stands |= index.spaceless_words(page.memory.words.array[found.rows])
    asked, own = np.unique(found.places[~stands], return_inverse=True)
    units = zip(page.firsts[asked].tolist(), page.lasts[asked].tolist(), strict=True)
    stands[~stands] = np.array([has_title(page, *unit) for unit in units], bool)[own]
    return stands


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


def _entries(page: Page, places: Numbers, rows: Numbers, names: Held) -> _Entries:
    """The names of one part that units are, by place and by row, somebody having asked."""
    hits = page.memory.scores(rows) >= HIT
    places, rows = places[hits], rows[hits]
    back, entries = names.of(page.memory.words.array[rows])
    return _Entries(places[back], rows[back], entries)


def _pieces(page: Page, index: Index, found: _Entries) -> Iterator[tuple[int, Piece]]:
    """The names and the units that are they, in the order of the text, those of a unit rising."""
    found = found.some(np.lexsort((found.entries, found.places)))
    names = index.entries.names[found.entries]
    first = index.entries.places[found.entries, 0]
    made: dict[tuple[int, int, int], Piece] = {}
    for place, row, entry, name, part in zip(
        *(column.tolist() for column in (*found, names, first)), strict=True
    ):
        # A word may be half a list of a million; what it is in one is what it is in the next.
        known = made.get((place, row, part))
        if known is None:
            hit = index.hit(page.memory, row, entry)
            known = made[place, row, part] = Piece(page.unit(place), hit)
        yield name, known
