"""What is remembered of the distinct units of texts, by number.

A unit is looked up in the list once, however many articles hold it. What came of it stands in a few
long arrays, and not in objects of its own, so that it can be asked of all units of many articles at
once.
"""

from __future__ import annotations

from array import array
from itertools import count
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.column import Column, Stretches, Texts
from watcher.match.unit import CASED
from watcher.text import Reading, Script, readings

FULL = 7 << 13
"""So many distinct units are remembered, and somewhat more: of general news one in three is met
again before as many others were."""

Looked: TypeAlias = tuple[str, str, Script]
"""A unit as it is looked up: folded, the same with its particle, its script."""
Form: TypeAlias = tuple[str, Script]
"""A word without affixes, and its script."""
Numbers: TypeAlias = NDArray[np.intp]


class Ways(NamedTuple):
    """The ways to read some units.

    Attributes:
        units: the units, rising.
        which: which of the ways of the unit it is.
        numbers: of the ways themselves.
    """

    units: Numbers
    which: Numbers
    numbers: Numbers


class Memory:
    """The distinct units that were met, and what was learned of them.

    An index takes a new one when it has met too many; pages that were cut before keep the old.

    Attributes:
        units: by number, from 0 on, in the order in which they were met.
        words: of each row the listed word that a unit may be; the rows of one unit together, its
            words rising.
        logits: of each row how alike they are, roughly, as log odds.
        counted: by unit the rows that may be a name of one part that counts by itself.
        sifted: how many rows were looked through for those.
    """

    def __init__(self) -> None:
        self.units: list[Looked] = []
        self.words, self.logits = Column(np.int32), Column(np.float32)
        self.counted: dict[int, set[int]] = {}
        self.sifted = 0
        self._numbers: dict[Looked, int] = {}
        self._met = array("i")
        self._ways, self._rows = Stretches(), Stretches()
        self._reads, self._forms = Column((np.int32, 2)), Texts()
        # Of fifty rows one is told; the first stands for all that are not.
        self._told, self._scores, self._chosen = np.array([-1]), np.array([np.nan]), np.array([0])

    def number(self, unit: Looked) -> int:
        """The number of a unit."""
        number = self._numbers.setdefault(unit, len(self.units))
        if number == len(self.units):
            self.units.append(unit)
            self._met.append(0)
        return number

    def meet(self, numbers: NDArray[np.int32]) -> None:
        """Note that some texts hold units."""
        np.frombuffer(self._met, np.int32)[numbers] += 1

    @property
    def is_full(self) -> bool:
        """Whether so much is remembered that it is time to forget what is seldom met."""
        return len(self.units) > FULL

    def read(self) -> tuple[list[Form], Numbers]:
        """Read the units that were not read before, in all ways.

        Returns:
            The words that they may be without affixes, unit by unit; the number of the unit of
            each. All these units are to be learned now.
        """
        first = len(self._ways)
        found = [self._read(*unit) for unit in self.units[first:]]
        many = np.fromiter(map(len, found), np.intp, len(found))
        forms = [reading.form for own in found for reading in own]
        reads = array("i", (size for own in found for reading in own for size in reading[1:]))
        self._ways.extend(many)
        self._reads.extend(np.frombuffer(reads, np.int32).reshape(-1, 2))
        self._forms.extend(forms)
        owners = np.repeat(np.arange(first, first + len(found)), many)
        scripts = (self.units[owner][2] for owner in owners.tolist())
        return list(zip(forms, scripts, strict=True)), owners

    @staticmethod
    def _read(folded: str, whole: str, script: Script) -> tuple[Reading, ...]:
        """The ways to read a unit; one with a particle also with the particle glued to it."""
        found = readings(folded, script)
        if whole != folded:
            found += tuple(reading for reading in readings(whole, script) if not reading.front)
        return found

    def learn(self, units: Numbers, words: Numbers, logits: NDArray[np.float64]) -> None:
        """Keep which listed words units may be.

        Args:
            units: those that were read last, rising.
            words: the listed words, rising within a unit.
            logits: how alike they are, roughly.
        """
        self.words.extend(words)
        self.logits.extend(logits)
        first = len(self._rows)
        self._rows.extend(np.bincount(units - first, minlength=len(self._ways) - first))

    def ways_of(self, units: Numbers) -> Ways:
        """The ways to read some units; those of each of them, in the order given.

        `Ways.units` says to which of the given units they belong, not its number.
        """
        back, numbers = self._ways.of(units)
        return Ways(back, numbers - self._ways.starts[units][back], numbers)

    def forms(self, ways: Numbers) -> list[Form]:
        """The words without affixes that some ways make of their units."""
        scripts = (self.units[unit][2] for unit in self._ways.owners(ways).tolist())
        return list(zip(self._forms.take(ways), scripts, strict=True))

    def scores(self, rows: Numbers) -> NDArray[np.float64]:
        """How alike the pairs of rows are with care; NaN where nobody asked."""
        return self._scores[self._places(rows)]

    def tell(self, rows: Numbers, scores: NDArray[np.float64], which: Numbers) -> None:
        """Keep how alike the pairs of rows are with care.

        Args:
            rows: rising; of none of them that was known.
            scores: how alike they are.
            which: in which way to read the unit it is so alike.
        """
        places = np.searchsorted(self._told, rows)
        self._told = np.insert(self._told, places, rows)
        self._scores = np.insert(self._scores, places, scores)
        self._chosen = np.insert(self._chosen, places, which)

    def _places(self, rows: Numbers) -> Numbers:
        """Where it stands what was told of rows; 0 where nobody asked."""
        places = np.searchsorted(self._told, rows, side="right") - 1
        found: Numbers = np.where(self._told[places] == rows, places, 0)
        return found

    def _ways_told(self, rows: Numbers) -> Numbers:
        """The ways to read their units that rows tell of."""
        chosen = self._chosen[self._places(rows)]
        found: Numbers = self._ways.starts[self.owners(rows)] + chosen
        return found

    def told(self, row: int) -> tuple[float, str, int, int]:
        """What was told of a row with care: how alike the two are, and by which way of the unit.

        That is the word without affixes, and the letters before and behind it.
        """
        place, unit = self._told.searchsorted(row), self._rows.owner(row)
        way = int(self._ways.starts[unit] + self._chosen[place])
        front, back = self._reads.array[way].tolist()
        return float(self._scores[place]), self._forms[way], front, back

    def cased(self, units: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether units are of scripts that have capitals."""
        return np.array([self.units[unit][2] in CASED for unit in units.tolist()], bool)

    def taxed(self, ways: Numbers) -> NDArray[np.bool_]:
        """Whether ways to read units take affixes off."""
        front, back = self._reads.array[ways].T
        found: NDArray[np.bool_] = (front > 0) | (back > 0)
        return found

    def spelled(self, rows: Numbers) -> list[Form]:
        """The words without affixes that rows tell of."""
        return self.forms(self._ways_told(rows))

    def fronts(self, rows: Numbers) -> NDArray[np.int32]:
        """How many letters of its unit stand before the word that each row tells of."""
        found: NDArray[np.int32] = self._reads.array[self._ways_told(rows), 0]
        return found

    def rows_of(self, units: NDArray[np.int32]) -> tuple[Numbers, Numbers]:
        """The rows of some units.

        Returns:
            For each row, to which of the given units it belongs (not its number); the row.
        """
        return self._rows.of(units)

    def owners(self, rows: Numbers) -> Numbers:
        """The units that rows belong to."""
        return self._rows.owners(rows)

    def kept(self) -> tuple[Memory, NDArray[np.int32]]:
        """What is worth keeping: the units that were met most, at most half of all.

        All must have been learned.

        Returns:
            A new memory of them; by unit its number there, -1 of those that are forgotten.
        """
        met = np.frombuffer(self._met, np.int32)
        chosen = often(met)
        own = np.flatnonzero(chosen)
        numbers = np.full(len(self.units), -1, np.int32)
        numbers[own] = np.arange(len(own))
        kept = Memory()
        kept.units = [self.units[number] for number in own.tolist()]
        kept._numbers = dict(zip(kept.units, count()))
        kept._met.frombytes((met[own] // 2).tobytes())
        ways, rows = self._ways.flags(chosen), self._rows.flags(chosen)
        kept._ways.extend(np.diff(self._ways.starts)[own])
        kept._reads.extend(self._reads.array[ways])
        kept._forms = self._forms.some(ways)
        kept._rows.extend(np.diff(self._rows.starts)[own])
        kept.words.extend(self.words.array[rows])
        kept.logits.extend(self.logits.array[rows])
        kept._keep_told(self, np.flatnonzero(rows))
        return kept, numbers

    def _keep_told(self, other: Memory, rows: Numbers) -> None:
        """Take over what was told of rows of another memory, which are now all of this one."""
        own, held = _among(rows, other._told)
        self.tell(own, other._scores[held], other._chosen[held])
        self.sifted = int(np.searchsorted(rows, other.sifted))
        counted = [row for own in other.counted.values() for row in own]
        own, _ = _among(rows, np.array(counted, np.intp))
        for unit, row in zip(self.owners(own).tolist(), own.tolist(), strict=True):
            self.counted.setdefault(unit, set()).add(row)


def _among(rows: Numbers, asked: Numbers) -> tuple[Numbers, NDArray[np.bool_]]:
    """Where those of some rows stand that are among others, which rise; which these are."""
    places = np.searchsorted(rows, asked)
    held = np.append(rows, -2)[places] == asked
    return places[held], held


def often(met: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which things are worth keeping by how often they were met: twice, and more than most."""
    found: NDArray[np.bool_] = met > max(1.0, float(np.median(met)))
    return found
