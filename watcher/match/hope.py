"""What runs of words may come to, told for all of them at once before any is looked at.

Nearly all places where two words of a name stand together would need support that no article gives:
half of an organisation's name, a person's common name in a long list. So what may count without
support is looked for first, and everything else only for entities that have support.
"""

from __future__ import annotations

from math import log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.demand import CLOSE, DOUBTFUL, FAINT, VAGUE
from watcher.match.index import Index
from watcher.match.join import Flow, Lines
from watcher.match.lexicon import HIT, SAME
from watcher.match.memory import Memory
from watcher.match.partner import Bits, bits
from watcher.match.sign import BASE, MOST, SEVERAL, TELLS, WEIGHTS
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]

_SPELLED = 0.98
"""A word that is spelled as listed is so alike, its affixes taken off."""


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

    def some(self, chosen: Flags) -> Runs:
        """Some of the runs."""
        sizes = np.diff(self.begins)[chosen]
        lines = self.lines.some(ranges(self.begins[:-1][chosen], sizes))
        return Runs(self.names[chosen], np.cumsum(np.append(0, sizes)), lines)


class _Units(NamedTuple):
    """The units of runs, one behind the other.

    Attributes:
        starts: by run its first unit; one more than runs.
        numbers: their places in the flow.
        best: how alike each is to the part that it is most alike to.
        spelled: whether it is spelled as listed.
        given: the parts that it may give, as bits.
        cased: whether its script has capitals.
    """

    starts: Numbers
    numbers: Numbers
    best: Scores
    spelled: Flags
    given: Bits
    cased: Flags


def may_count(found: Runs, flow: Flow, memory: Memory, index: Index, *, told: bool) -> Flags:
    """Which runs may count without support, were all else as it should be.

    Args:
        found: the runs.
        flow: what their units are of.
        memory: of the units.
        index: the names.
        told: whether their letters were compared.
    """
    if not len(found.names):
        return np.zeros(0, bool)
    units = _units(found, flow, memory, index, told=told)
    given = np.bitwise_or.reduceat(units.given, units.starts[:-1])
    most = index.demands.most(found.names, given)
    person = index.listed.columns.person[found.names]
    stands_out = _odds(most, units) >= log(max(index.crowd, 1))
    # Half of an organisation's name must be spelled as listed.
    spelled = np.add.reduceat(units.spelled.astype(np.intp), units.starts[:-1]) > 1
    counts = np.where(person, stands_out, spelled | (most >= CLOSE))
    counts &= ~(person & _are_vague(found, units, flow, given, index))
    return counts & ~index.weak[found.names]


def _units(found: Runs, flow: Flow, memory: Memory, index: Index, *, told: bool) -> _Units:
    lines = found.lines
    new = np.ones(len(lines.units), bool)
    new[1:] = lines.units[1:] != lines.units[:-1]
    new[found.begins[:-1]] = True
    begins = np.flatnonzero(new)
    numbers = lines.units[begins]
    given = bits(index.entries.places[lines.entries])
    if told:
        alike = memory.scores.array[lines.rows]
        spelled = alike >= _SPELLED
        given[alike < HIT] = 0
    else:
        alike = np.ones(len(lines.rows))
        spelled = memory.logits.array[lines.rows] >= SAME
    return _Units(
        np.searchsorted(begins, found.begins),
        numbers,
        np.maximum.reduceat(alike, begins),
        np.logical_or.reduceat(spelled, begins),
        np.bitwise_or.reduceat(given, begins),
        memory.cased(flow.numbers[numbers]),
    )


def _odds(most: Scores, units: _Units) -> Scores:
    """What speaks for persons at best (see `watcher.match.crowd`)."""
    score = np.clip(most, 1 - MOST, MOST)
    sizes = np.diff(units.starts)
    run = np.repeat(np.arange(len(sizes)), sizes)
    second = units.best[np.lexsort((units.best, run))][units.starts[1:] - 2]
    cased = np.logical_or.reduceat(units.cased, units.starts[:-1])
    found: Scores = (
        BASE
        + WEIGHTS.odds * np.log(score / (1 - score))
        + WEIGHTS.tells * TELLS
        + WEIGHTS.worst * second
        + WEIGHTS.cased * cased
        + WEIGHTS.several * (sizes >= SEVERAL)
    )
    return found


def _are_vague(found: Runs, units: _Units, flow: Flow, given: Bits, index: Index) -> Flags:
    """Which runs are of two units one of which is too little like its part to be that name.

    The same as `watcher.match.bound` says of a person's name.
    """
    one = units.starts[:-1]
    two = one + 1
    own = units.numbers[one], units.numbers[two]
    parts = index.parts[found.names]
    whole = (flow.firsts[own[1]] > flow.lasts[own[0]] + 1) | (given & parts == parts)
    floors = (np.where(whole, np.where(units.cased[u], 0.0, FAINT), DOUBTFUL) for u in (one, two))
    faint = [units.best[u] < floor for u, floor in zip((one, two), floors, strict=True)]
    vague: Flags = (np.diff(units.starts) == 2) & (faint[0] | faint[1])
    return vague & (index.usual[found.names] > VAGUE)
