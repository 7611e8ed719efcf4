"""Where words of one listed name stand together, for many pages at once.

A word is a little like some thirty listed words, and those stand in some hundred names. So words
are paired before names are: only where a stretch of text has two words of one name, one of which
the name cannot do without and one of which is surely alike, the name is looked at.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.flow import Flow
from watcher.match.index import Index
from watcher.match.memory import Memory
from watcher.match.partner import Partners
from watcher.match.roll import bits
from watcher.names.grid import changes, ranges

Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Marks: TypeAlias = NDArray[np.uint8]

_SPREAD = np.int64(0x9E3779B97F4A7C15 - (1 << 64))
"""An odd number that scatters what is multiplied by it."""
_ROOM = 8
"""Places in the table of words for each of them."""
_SORTED = 64
"""Where a list has so many words for each that is asked, sorting takes less than a table of all."""
_MARK, _SHARED = np.uint8(0x80), np.uint8(1)
"""In the table of words: all marks of stretches have this; several stretches have the place."""


class Lines(NamedTuple):
    """Units that may be words of names; one line for each place in a name.

    Attributes:
        units: the units.
        rows: what the memory knows of the unit and the word.
        entries: where the word stands in a name.
    """

    units: Numbers
    rows: Numbers
    entries: NDArray[np.int32]

    def some(self, chosen: Numbers | slice) -> Lines:
        """Some of the lines."""
        return Lines(self.units[chosen], self.rows[chosen], self.entries[chosen])


def every(
    flow: Flow,
    memory: Memory,
    index: Index,
    names: Flags,
    chains: AbstractSet[int] | None = None,
) -> Lines:
    """All lines of many names, or those of the units of some chains."""
    own = np.arange(len(flow.numbers))
    if chains is not None:
        own = np.flatnonzero(np.isin(flow.chains, list(chains)))
    units, rows = memory.rows_of(flow.numbers[own])
    back, entries = index.held.of(memory.words.array[rows])
    some = np.flatnonzero(names[index.entries.names[entries]])
    back = back[some]
    return Lines(own[units[back]], rows[back], entries[some])


def of_few(flow: Flow, memory: Memory, index: Index, names: Numbers) -> Lines:
    """All lines of a few names, which are rising."""
    first = index.entries.begins[names]
    entries = ranges(first, index.entries.begins[names + 1] - first)
    entries = entries[np.argsort(index.entries.words[entries], kind="stable")]
    own = index.entries.words[entries]
    units, rows = memory.rows_of(flow.numbers)
    words = memory.words.array[rows]
    begins = own.searchsorted(words)
    many = own.searchsorted(words, side="right") - begins
    found = entries[ranges(begins, many)].astype(np.int32)
    return Lines(units.repeat(many), rows.repeat(many), found)


def near(flow: Flow, memory: Memory, index: Index) -> Lines:
    """The lines of names that may reach their usual bar in a stretch of the text."""
    here = _rows(flow, memory, index)
    seen = _Seen(here.words, here.places)
    entries, where = _given(seen, index, *_paired(here, seen, index))
    rows, many = _found(here, (index.entries.words[entries], where))
    return Lines(here.units[rows], here.rows[rows], entries.repeat(many).astype(np.int32))


class _Rows(NamedTuple):
    """What units may be that have another unit beside them.

    Attributes:
        units: the units, rising.
        rows: of the memory.
        words: the listed words.
        places: the stretches that the units stand in.
        sure: whether the unit is surely alike the word.
    """

    units: Numbers
    rows: Numbers
    words: NDArray[np.int32]
    places: Numbers
    sure: Flags


def _rows(flow: Flow, memory: Memory, index: Index) -> _Rows:
    sizes = np.bincount(flow.chains)
    among = np.flatnonzero(sizes[flow.chains] > 1)
    own, rows = memory.rows_of(flow.numbers[among])
    stretch = flow.chains[among]
    sure = memory.logits.array.take(rows) >= index.anchored
    return _Rows(among[own], rows, memory.words.array.take(rows), stretch[own], sure)


class _Seen:
    """Which of some words stretches hold; may say so of very few that they do not hold."""

    def __init__(self, words: NDArray[np.int32], places: Numbers) -> None:
        self._last = (1 << (_ROOM * len(words)).bit_length()) - 1
        self._table = table = np.zeros(self._last + 1, np.uint8)
        rows, marks = self._at(words, places), _marks(places)
        table[rows] = marks
        table[rows[table[rows] != marks]] = _SHARED

    def _at(self, words: NDArray[np.int32], places: Numbers) -> Numbers:
        found: Numbers = places * _SPREAD
        found += words
        found &= self._last
        return found

    def holds(self, words: NDArray[np.int32], places: Numbers) -> Numbers:
        """Which of some words their stretches hold."""
        found = self._table[self._at(words, places)]
        return np.flatnonzero((found == _marks(places)) | (found == _SHARED))


def _marks(places: Numbers) -> Marks:
    """What tells a stretch from most others."""
    return places.astype(np.uint8) | _MARK


def _paired(here: _Rows, seen: _Seen, index: Index) -> tuple[Numbers, Numbers]:
    """The stretches that have a pair of words of one name, and the names.

    Surely alike must be the one word or the other.
    """
    sure, unsure = (
        (here.words[rows], here.places[rows])
        for rows in (np.flatnonzero(here.sure), np.flatnonzero(~here.sure))
    )
    both = (
        _beside(sure, here.words, seen, index.partners),
        _beside(unsure, sure[0], _Seen(*sure), index.partners),
    )
    places, pair = (np.concatenate(column) for column in zip(*both, strict=True))
    begins = index.partners.begins[pair].astype(np.intp)
    many = index.partners.begins[pair + 1] - begins
    names = index.partners.names[ranges(begins, many)]
    codes = places.repeat(many) * len(index.listed) + names
    codes.sort()
    where, name = np.divmod(codes[changes(codes)], len(index.listed))
    return where, name


def _beside(
    rows: tuple[NDArray[np.int32], Numbers],
    others: NDArray[np.int32],
    seen: _Seen,
    pairs: Partners,
) -> tuple[Numbers, Numbers]:
    """The pairs of words of one name of which stretches hold both.

    Args:
        rows: first words, and the stretches that hold them.
        others: words among which the second words are.
        seen: which of those the stretches hold.
        pairs: the pairs.

    Returns:
        The stretches and the pairs.
    """
    words, own = _distinct(rows[0], len(pairs.starts) - 1)
    many = pairs.starts[words + 1] - pairs.starts[words]
    pair = ranges(pairs.starts[words], many)
    # Most pairs fall away here: no stretch at all holds the other word.
    has = np.zeros(len(pairs.starts) - 1, bool)
    has[others] = True
    kept = np.flatnonzero(has.take(pairs.words.take(pair)))
    ends = kept.searchsorted(many.cumsum())
    sizes = np.diff(ends, prepend=0)
    pair, many = pair[kept], sizes[own]
    which, places = ranges((ends - sizes)[own], many), rows[1].repeat(many)
    met = seen.holds(pairs.words[pair][which], places)
    return places[met], pair[which[met]]


def _distinct(words: NDArray[np.int32], listed: int) -> tuple[NDArray[np.integer], Numbers]:
    """The distinct ones of some listed words, rising, and which of them each is."""
    if listed > _SORTED * len(words):
        return np.unique(words, return_inverse=True)
    has, places = np.zeros(listed, bool), np.empty(listed, np.intp)
    has[words] = True
    found = np.flatnonzero(has)
    places[found] = np.arange(len(found))
    return found, places[words]


def _given(seen: _Seen, index: Index, where: Numbers, names: Numbers) -> tuple[Numbers, Numbers]:
    """The entries of names that stretches have, and the stretches, where they are enough.

    Args:
        seen: the words of the stretches.
        index: the names.
        where: stretches that have words of a name.
        names: the names.
    """
    begins = index.entries.begins[names]
    many = index.entries.begins[names + 1] - begins
    entries, own = ranges(begins, many), np.repeat(np.arange(len(names)), many)
    some = seen.holds(index.entries.words[entries], where[own])
    entries, own = entries[some], own[some]
    if not len(own):
        return entries, own
    given = np.bitwise_or.reduceat(
        bits(index.entries.places[entries]), own.searchsorted(np.arange(len(names)))
    )
    enough = index.demands.most(names.astype(np.int32), given) >= index.usual[names]
    some = np.flatnonzero(enough[own])
    return entries[some], where[own[some]]


def _found(here: _Rows, asked: tuple[NDArray[np.int32], Numbers]) -> tuple[Numbers, Numbers]:
    """The rows of some words in some stretches.

    Returns:
        The rows of each of them, one behind the other; how many each of them has.
    """
    some = _Seen(*asked).holds(here.words, here.places)
    codes = _code(here.words[some], here.places[some])
    order = np.argsort(codes, kind="stable")
    some, codes, wanted = some[order], codes[order], _code(*asked)
    begins = codes.searchsorted(wanted)
    many = codes.searchsorted(wanted, side="right") - begins
    return some[ranges(begins, many)], many


def _code(words: NDArray[np.int32], places: Numbers) -> Numbers:
    found: Numbers = (places << 32) + words
    return found
