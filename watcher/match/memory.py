"""What is remembered of the distinct units of texts, by number.

A unit is looked up in the list once, however many articles hold it. What came of it stands in a few
long arrays, and not in objects of its own, so that it can be asked of all units of many articles at
once.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from math import prod
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.unit import CASED
from watcher.names.grid import ranges
from watcher.text import Script, readings

Looked: TypeAlias = tuple[str, str, Script]
"""A unit as it is looked up: folded, the same with its particle, its script."""
Form: TypeAlias = tuple[str, Script]
"""A word without affixes, and its script."""
Numbers: TypeAlias = NDArray[np.intp]


class Column:
    """An array that grows at its end."""

    def __init__(self, kind: Any) -> None:
        self._room = np.zeros(1 << 10, kind)
        self._size = 0

    def extend(self, more: NDArray[Any] | Sequence[Any]) -> None:
        """Append some values."""
        size = self._size + len(more)
        if size > len(self._room):
            room = _room(max(size, len(self._room) * 3 // 2), self._room)
            room[: self._size] = self.array
            self._room = room
        self._room[self._size : size] = more
        self._size = size

    @property
    def array(self) -> NDArray[Any]:
        """The values; what is written to them is kept, until more are appended."""
        return self._room[: self._size]


def _room(size: int, like: NDArray[Any]) -> NDArray[Any]:
    """Room for so many values like some others, in pages that cost memory once they are written.

    So room that is not needed yet costs nothing, and what was outgrown is given back at once.
    """
    shape = size, *like.shape[1:]
    pages = mmap(-1, prod(shape) * like.itemsize, MAP_PRIVATE | MAP_ANONYMOUS)
    return np.frombuffer(pages, like.dtype, prod(shape)).reshape(shape)


class Ways(NamedTuple):
    """The ways to read some units.

    Attributes:
        units: the units, rising.
        which: which of the ways of the unit it is.
        forms: the numbers of the words without affixes.
    """

    units: Numbers
    which: Numbers
    forms: Numbers


class Memory:
    """The distinct units that were met, and what was learned of them.

    An index takes a new one when it has met too many; pages that were cut before keep the old.

    Attributes:
        units: by number, from 0 on, in the order in which they were met.
        forms: the words that they may be without affixes, by number.
        words: of each row the listed word that a unit may be; the rows of one unit together, its
            words rising.
        logits: of each row how alike they are, roughly, as log odds.
        scores: of each row how alike they are with care; NaN until somebody asks.
        ways: of each row in which way to read the unit it is so alike.
        counted: by unit the rows that may be a name of one part that counts by itself.
        sifted: how many rows were looked through for those.
    """

    def __init__(self) -> None:
        self.units: list[Looked] = []
        self.forms: list[Form] = []
        self.words, self.logits = Column(np.int32), Column(np.float32)
        self.scores, self.ways = Column(np.float64), Column(np.int8)
        self.counted: dict[int, set[int]] = {}
        self.sifted = 0
        self._numbers: dict[Looked, int] = {}
        self._formed: dict[Form, int] = {}
        self._reads = Column((np.int32, 3))
        self._ways, self._rows = Column(np.intp), Column(np.intp)
        self._ways.extend([0])
        self._rows.extend([0])

    def number(self, unit: Looked) -> int:
        """The number of a unit."""
        number = self._numbers.setdefault(unit, len(self.units))
        if number == len(self.units):
            self.units.append(unit)
        return number

    def read(self) -> range:
        """Read the units that were not read before, in all ways.

        Returns:
            Their numbers; each of them is to be learned now, in this order.
        """
        new = range(len(self._ways.array) - 1, len(self.units))
        if not new:
            return new
        reads, ends = array("i"), array("q")
        first = int(self._ways.array[-1])
        for unit in self.units[new.start :]:
            reads.extend(self._read(*unit))
            ends.append(first + len(reads) // 3)
        self._reads.extend(np.frombuffer(reads, np.int32).reshape(-1, 3))
        self._ways.extend(np.frombuffer(ends, np.int64))
        return new

    def _read(self, folded: str, whole: str, script: Script) -> list[int]:
        """The ways to read a unit; one with a particle also with the particle glued to it."""
        found, forms = readings(folded, script), self.forms
        if whole != folded:
            found += tuple(reading for reading in readings(whole, script) if not reading.front)
        rows: list[int] = []
        for form, front, back in found:
            number = self._formed.setdefault((form, script), len(forms))
            if number == len(forms):
                forms.append((form, script))
            rows += (number, front, back)
        return rows

    def learn(self, units: Numbers, words: Numbers, logits: NDArray[np.float64]) -> None:
        """Keep which listed words units may be.

        Args:
            units: those that were read last, rising.
            words: the listed words, rising within a unit.
            logits: how alike they are, roughly.
        """
        self.words.extend(words)
        self.logits.extend(logits)
        self.scores.extend(np.full(len(words), np.nan))
        self.ways.extend(np.zeros(len(words), np.int8))
        first, end = len(self._rows.array) - 1, len(self._ways.array) - 1
        ends = np.searchsorted(units, np.arange(first, end), side="right")
        self._rows.extend(ends + self._rows.array[-1])

    def ways_of(self, units: Numbers) -> Ways:
        """The ways to read some units; those of each of them, in the order given.

        `Ways.units` says to which of the given units they belong, not its number.
        """
        starts = self._ways.array
        many = starts[units + 1] - starts[units]
        rows = ranges(starts[units], many)
        back = np.repeat(np.arange(len(units)), many)
        return Ways(back, rows - starts[units][back], self._reads.array[rows, 0].astype(np.intp))

    def way(self, row: int) -> tuple[str, int, int]:
        """The way to read its unit that a row tells of: the word, letters before and behind it."""
        unit = int(self._rows.array.searchsorted(row, side="right")) - 1
        place = self._ways.array[unit] + self.ways.array[row]
        form, front, back = self._reads.array[place].tolist()
        return self.forms[form][0], front, back

    def cased(self, units: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether units are of scripts that have capitals."""
        return np.array([self.units[unit][2] in CASED for unit in units.tolist()], bool)

    def taxed(self, units: Numbers, which: Numbers) -> NDArray[np.bool_]:
        """Whether ways to read units take affixes off."""
        front, back = self._reads.array[self._ways.array[units] + which, 1:].T
        found: NDArray[np.bool_] = (front > 0) | (back > 0)
        return found

    def spelled(self, rows: Numbers) -> list[Form]:
        """The words without affixes that rows tell of."""
        places = self._ways.array[self.owners(rows)] + self.ways.array[rows]
        return [self.forms[form] for form in self._reads.array[places, 0].tolist()]

    def fronts(self, rows: Numbers) -> NDArray[np.int32]:
        """How many letters of its unit stand before the word that each row tells of."""
        found: NDArray[np.int32] = self._reads.array[
            self._ways.array[self.owners(rows)] + self.ways.array[rows], 1
        ]
        return found

    def rows_of(self, units: NDArray[np.int32]) -> tuple[Numbers, Numbers]:
        """The rows of some units.

        Returns:
            For each row, to which of the given units it belongs (not its number); the row.
        """
        starts = self._rows.array
        many = starts[units + 1] - starts[units]
        return np.repeat(np.arange(len(units)), many), ranges(starts[units], many)

    def owners(self, rows: Numbers) -> Numbers:
        """The units that rows belong to."""
        return np.searchsorted(self._rows.array, rows, side="right") - 1
