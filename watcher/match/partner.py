"""Which words of a name must stand together before the name is looked for.

A name that reaches its bar gives its family name, or nearly all words of an organisation's name.
So of every name a few words are chosen that no place of a text can do without, the rarest that are
enough; and a place is looked at only where such a word has another word of the name beside it.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.demand import VAGUE
from watcher.match.roll import Columns, Entries, bits
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]
Bits: TypeAlias = NDArray[np.int64]

_PARTS = 16
"""A name has no more parts."""


class Partners(NamedTuple):
    """The pairs of words of one name of which the first is one that it cannot do without.

    Attributes:
        starts: by word where its pairs begin.
        words: of each pair the other word, rising within one word.
        begins: of each pair where its names begin in `names`; one more than pairs.
        names: the names that have both, by pair.
    """

    starts: NDArray[np.int32]
    words: NDArray[np.int32]
    begins: NDArray[np.int32]
    names: NDArray[np.int32]


def partners(columns: Columns, entries: Entries, least: NDArray[np.float64]) -> Partners:
    """The pairs of words of the names of a list.

    Args:
        columns: the names.
        entries: where their words stand in them.
        least: what each name must score; names that cannot score so much have no pairs.
    """
    count = len(entries.starts) - 1
    words, begins = entries.words, entries.begins
    given = bits(entries.places)
    wanted = _pivots(columns, _spread(columns, entries), least)
    one = np.flatnonzero(given & wanted[entries.names])
    own = entries.names[one]
    many = begins[own + 1] - begins[own]
    two, one = ranges(begins[own], many), np.repeat(one, many)
    apart = np.flatnonzero(given[one] & given[two] == 0)
    one, two = one[apart], two[apart]
    return _sorted(words[one], words[two], entries.names[one], count)


def _sorted(
    one: NDArray[np.int32], two: NDArray[np.int32], names: NDArray[np.int32], count: int
) -> Partners:
    """The pairs of words, each once; given by their names, which are rising."""
    codes = one.astype(np.int64) << 32 | two
    order = np.argsort(codes, kind="stable")
    codes, names = codes[order], names[order]
    new = np.ones(len(order), bool)
    new[1:] = (codes[1:] != codes[:-1]) | (names[1:] != names[:-1])
    codes, names = codes[new], names[new]
    last = np.ones(len(codes), bool)
    last[:-1] = codes[1:] != codes[:-1]
    ends = np.flatnonzero(last)
    one, two = (codes[ends] >> 32).astype(np.int32), codes[ends].astype(np.int32)
    starts = np.searchsorted(one, np.arange(count + 1)).astype(np.int32)
    return Partners(starts, two, np.append(0, ends + 1).astype(np.int32), names)


def _spread(columns: Columns, entries: Entries) -> NDArray[np.float32]:
    """By name and part, how many names have the word; infinite where no word is the part alone."""
    spread = np.full((len(columns.owners), _PARTS), np.inf, np.float32)
    first, last = entries.places.T
    own = np.flatnonzero(first == last)
    spread[entries.names[own], first[own]] = np.diff(entries.starts)[entries.words[own]]
    return spread


def _pivots(columns: Columns, spread: NDArray[np.float32], least: NDArray[np.float64]) -> Bits:
    """Of each name the parts one of which is given wherever the name scores so much, as bits."""
    single = np.isfinite(spread)
    own = (columns.own[:, None].astype(np.int64) >> np.arange(_PARTS) & 1).astype(bool)
    free = columns.person | (least <= 0)
    meant = np.where(free[:, None], single, own)
    sizes = meant.sum(axis=1)
    # Of two parts that are given one is not the commonest; else no more may lack than the bar lets.
    enough = np.where(free, sizes - 1, _lacking(sizes, least) + 1)
    order = np.argsort(np.where(meant, spread, np.inf), axis=1, kind="stable")
    rank = np.argsort(order, axis=1)
    rarest = meant & (rank < enough[:, None])
    found = (rarest << np.arange(_PARTS)).sum(axis=1)
    family = columns.person & (columns.family != 0) & (least > VAGUE)
    found = np.where(family, columns.family, found)
    return np.where(columns.alone | (least > 1), 0, found)


def _lacking(sizes: Numbers, least: NDArray[np.float64]) -> Numbers:
    """How many of so many parts may lack in a name of an organisation."""
    lacking = np.arange(1, _PARTS + 1)
    share = (sizes[:, None] - lacking) / np.maximum(sizes, 1)[:, None]
    found: Numbers = ((share >= least[:, None]) & (share >= 0)).sum(axis=1)
    return found
