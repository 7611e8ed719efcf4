"""Runs of words parted where a name cannot run on from one word to the next, for many at once."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.flow import REACH, Flow, Numbers
from watcher.match.hope import Runs
from watcher.names.grid import ranges

Flags: TypeAlias = NDArray[np.bool_]
Lies: TypeAlias = Callable[[Numbers], Flags]
"""Tells of some words whether they may lie between the words of a name."""


class _Units(NamedTuple):
    """Units of runs.

    Attributes:
        runs: of each its run.
        own: which of all units of the runs it is.
        firsts: its first word.
        lasts: its last word.
    """

    runs: Numbers
    own: Numbers
    firsts: Numbers
    lasts: Numbers

    def some(self, chosen: Numbers) -> _Units:
        """Some of the units."""
        return _Units(*(column[chosen] for column in self))


def reaching(found: Runs, flow: Flow, lies: Lies) -> Runs:
    """Part runs where the next word is out of reach of all before, or words between are no names.

    Args:
        found: the runs.
        flow: what their units are of.
        lies: tells which words may lie between.

    Returns:
        The runs of units that have another one within reach; by the first two such units of what
        was one run, then by name, then in the order of the text.
    """
    begins = np.flatnonzero(found.opening())
    places = found.lines.units[begins]
    runs = found.begins.searchsorted(begins, side="right") - 1
    every = _Units(runs, np.arange(len(begins)), flow.firsts[places], flow.lasts[places])
    one, two = _pairs(every, flow)
    units = every.some(np.unique(np.append(one, two)))
    units = units.some(np.lexsort((units.lasts, units.firsts, units.runs)))
    parted = _parted(units, flow, lies)
    pair = runs[one].searchsorted(units.runs)
    order = np.lexsort((found.names[units.runs], places[two[pair]], places[one[pair]]))
    units, parted = units.some(order), parted[order]
    sizes = np.diff(np.append(begins, len(found.lines.units)))[units.own]
    lines = found.lines.some(ranges(begins[units.own], sizes))
    starts = np.flatnonzero(parted)
    ends = np.append(0, sizes.cumsum())[np.append(starts, len(order))]
    return Runs(found.names[units.runs[starts]], ends, lines)


def _pairs(units: _Units, flow: Flow) -> tuple[Numbers, Numbers]:
    """The pairs of units of one run that stand within reach of each other, by the first."""
    far = units.runs * (len(flow.shut) + REACH + 1)
    ends = np.searchsorted(units.firsts + far, units.lasts + far + REACH + 1, side="right")
    many = ends - units.own - 1
    one, two = units.own.repeat(many), ranges(units.own + 1, many)
    closes, opens = units.lasts[one], units.firsts[two]
    met = (opens > closes) & (flow.shut[opens] == flow.shut[closes])
    return one[met], two[met]


def _parted(units: _Units, flow: Flow, lies: Lies) -> Flags:
    """Which units no name can run on to from those before."""
    far = units.runs * len(flow.shut)
    # Of overlapping units the one that ends last counts.
    one = (np.maximum.accumulate(units.lasts + far) - far)[:-1]
    two = units.firsts[1:]
    parted = np.ones(len(units.runs), bool)
    parted[1:] = (units.runs[1:] != units.runs[:-1]) | (two - one > REACH + 1)
    parted[1:] |= (two > one) & (flow.shut[np.minimum(one, two)] != flow.shut[two])
    wide = np.flatnonzero(~parted[1:] & (two > one + 1))
    many = two[wide] - one[wide] - 1
    parted[1 + wide.repeat(many)[~lies(ranges(one[wide] + 1, many))]] = True
    return parted
