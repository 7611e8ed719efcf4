"""What runs of words may come to, told for all of them at once before any is looked at.

Nearly all places where two words of a name stand together would need support that no article gives:
half of an organisation's name, a person's common name in a long list. So what may count without
support is looked for first, and everything else only for entities that have support.
"""

from __future__ import annotations

from math import log
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.demand import CLOSE, DOUBTFUL, FAINT, VAGUE
from watcher.match.flow import Flow
from watcher.match.index import Index
from watcher.match.join import Lines
from watcher.match.lexicon import SAME
from watcher.match.memory import Memory
from watcher.match.partner import Bits
from watcher.match.roll import bits
from watcher.match.sign import BASE, MOST, SEVERAL, TELLS, WEIGHTS, common
from watcher.match.unit import is_spoken_of
from watcher.names import rarity
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]

_SPELLED = 0.98
"""A word that is spelled as listed is so alike, its affixes taken off."""
_ROUNDED = 1e-9
"""What sums may differ by that are added up in another order."""


class Runs(NamedTuple):
    """Lines that stand together, run by run; each run is of one name, its units in order.

    Attributes:
        names: of each run the listed name.
        begins: where its lines begin; one more than runs.
        lines: of all runs.
    """

    names: NDArray[np.int32]
    begins: Numbers
    lines: Lines

    @property
    def sizes(self) -> Numbers:
        """How many lines each run has."""
        return self.begins[1:] - self.begins[:-1]

    def opening(self) -> Flags:
        """Which lines are the first of a unit of their run."""
        new = np.ones(len(self.lines.units), bool)
        new[1:] = self.lines.units[1:] != self.lines.units[:-1]
        new[self.begins[:-1]] = True
        return new

    def any(self, lines: Flags) -> Flags:
        """Which runs have any of some lines."""
        before = _sums(lines)[self.begins]
        some: Flags = before[1:] > before[:-1]
        return some

    def of(self, runs: Flags) -> Flags:
        """Which lines are of some runs."""
        return runs.repeat(self.sizes)

    def some(self, chosen: Flags) -> Runs:
        """Some of the runs."""
        runs = np.flatnonzero(chosen)
        sizes = self.sizes[runs]
        lines = self.lines.some(ranges(self.begins[runs], sizes))
        return Runs(self.names[runs], _sums(sizes), lines)


def _sums(column: NDArray[Any]) -> Numbers:
    """The sums of all before each, and of all at last."""
    found = np.zeros(len(column) + 1, np.intp)
    column.cumsum(out=found[1:])
    return found


def may_count(found: Runs, flow: Flow, memory: Memory, index: Index) -> Flags:
    """Which runs may count without support, however alike their letters turn out to be.

    Args:
        found: the runs.
        flow: what their units are of.
        memory: of the units.
        index: the names.
    """
    if not len(found.names):
        return np.zeros(0, bool)
    begins = np.flatnonzero(found.opening())
    starts = begins.searchsorted(found.begins[:-1])
    given = bits(index.entries.places[found.lines.entries])
    most = index.demands.most(found.names, np.bitwise_or.reduceat(given, found.begins[:-1]))
    spelled = np.logical_or.reduceat(memory.logits.array[found.lines.rows] >= SAME, begins)
    cased = memory.cased(flow.numbers[found.lines.units[begins]])
    odds = _odds(most) + WEIGHTS.tells * TELLS + WEIGHTS.worst
    odds += WEIGHTS.cased * np.logical_or.reduceat(cased, starts)
    odds += WEIGHTS.several * (np.diff(np.append(starts, len(begins))) >= SEVERAL)
    # Half of an organisation's name must be spelled as listed.
    half = np.add.reduceat(spelled.astype(np.intp), starts) > 1
    person = index.listed.columns.person[found.names]
    counts = np.where(person, odds >= log(max(index.crowd, 1)), half | (most >= CLOSE))
    return counts & ~index.weak[found.names]


def counting(found: Runs, flow: Flow, memory: Memory, index: Index) -> Flags:
    """Which pieces taken for names may count without support, were all else as it should be.

    Args:
        found: by run the pieces (see `watcher.match.pick`); their letters were compared.
        flow: what their units are of.
        memory: of the units.
        index: the names.
    """
    if not len(found.names):
        return np.zeros(0, bool)
    begins = found.begins[:-1]
    given = np.bitwise_or.reduceat(bits(index.entries.places[found.lines.entries]), begins)
    person = index.listed.columns.person[found.names]
    most = index.demands.most(found.names, given)
    cased = memory.cased(flow.numbers[found.lines.units])
    scores = memory.scores(found.lines.rows)
    vague = found.any(scores < _floors(found, flow, index, given, cased))
    most[person & vague] *= VAGUE
    worst = np.minimum.reduceat(scores, begins)
    told = _told(found, person, memory, index)
    odds = _odds(most) + WEIGHTS.worst * worst + WEIGHTS.tells * np.minimum(told, TELLS)
    turned = _are_turned(found, index)
    odds += WEIGHTS.turned * (turned & ~_may_be_turned(found, index))
    first = cased[begins]
    near = first & ~index.crosses(memory, found.lines.rows[begins])
    odds += WEIGHTS.cased * first + WEIGHTS.near * near
    odds += WEIGHTS.several * (found.sizes >= SEVERAL)
    stands_out = (odds >= log(max(index.crowd, 1))) & (told >= common(index.crowd))
    # Half of an organisation's name must be spelled as listed, and not of words of news alone.
    half = found.of(~person & (worst >= _SPELLED))
    half[half] = [not is_spoken_of(form) for form, _ in memory.spelled(found.lines.rows[half])]
    whole = (most >= CLOSE) & (~turned | (worst >= CLOSE))
    counts = np.where(person, stands_out, found.any(half) | whole)
    return counts & (most >= index.usual[found.names]) & ~index.weak[found.names]


def _odds(most: Scores) -> Scores:
    """What speaks for persons at best, of their scores alone (see `watcher.match.crowd`)."""
    score = np.clip(most, 1 - MOST, MOST)
    odds: Scores = BASE + _ROUNDED + WEIGHTS.odds * np.log(score / (1 - score))
    return odds


def _told(found: Runs, persons: Flags, memory: Memory, index: Index) -> Scores:
    """How telling the pieces of persons' names are together (see `watcher.match.crowd`)."""
    listed = index.entries.tells[found.lines.entries] / 10_000
    seen, own = np.zeros(len(listed)), found.of(persons)
    seen[own] = [rarity(*word) for word in memory.spelled(found.lines.rows[own])]
    both = np.where(listed > 0, listed + seen, 0.0)
    told: Scores = np.add.reduceat(both, found.begins[:-1]) / 2 + _ROUNDED
    return told


def _are_turned(found: Runs, index: Index) -> Flags:
    """Which names have their pieces in another order than the list's."""
    first = index.entries.places[found.lines.entries, 0]
    falls = np.diff(first, prepend=0) < 0
    falls[found.begins[:-1]] = False
    return found.any(falls)


def _may_be_turned(found: Runs, index: Index) -> Flags:
    """Which persons' names may be given in another order, as nothing against them.

    Three words may stand in the order of their language, and a patronymic in that of the list.
    """
    own = index.entries.begins[found.names]
    many = index.entries.begins[found.names + 1] - own
    least = np.minimum.reduceat(index.entries.tells[ranges(own, many)], many.cumsum() - many)
    may: Flags = (found.sizes >= SEVERAL) | (least == 0)
    return may


def _floors(found: Runs, flow: Flow, index: Index, given: Bits, cased: Flags) -> Scores:
    """How much like its part each piece must be to be that name.

    The same as `watcher.match.bound` says of a person's name, but for words of everyday use.
    """
    begins, lines = found.begins[:-1], found.lines
    firsts, lasts = flow.firsts[lines.units], flow.lasts[lines.units]
    words = np.add.reduceat(lasts - firsts + 1, begins)
    parts = index.listed.columns.parts[found.names]
    whole = np.maximum.reduceat(lasts, begins) - firsts[begins] + 1 > words
    whole |= given & parts == parts
    return np.where(found.of(whole), np.where(cased, 0.0, FAINT), DOUBTFUL)
