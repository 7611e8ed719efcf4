"""Which words of a run are taken for which parts of its name, told for many runs at once."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.flow import Flow, Numbers
from watcher.match.hope import Runs
from watcher.match.index import Index
from watcher.match.lexicon import HIT
from watcher.match.memory import Memory
from watcher.names.grid import changes

Flags: TypeAlias = NDArray[np.bool_]
Stretches: TypeAlias = tuple[NDArray[np.integer], NDArray[np.integer]]


class _Offers(NamedTuple):
    """Words that may be taken for parts.

    Attributes:
        lines: the lines of the runs.
        runs: the run of each.
        words: its first and its last word.
        parts: the first and the last part.
    """

    lines: Numbers
    runs: Numbers
    words: Stretches
    parts: Stretches


def pick(found: Runs, flow: Flow, memory: Memory, index: Index) -> Runs:
    """Of runs the pieces: the most alike words and parts, no word and no part twice.

    Args:
        found: the runs; their letters were compared.
        flow: what their units are of.
        memory: of the units.
        index: the names.

    Returns:
        The runs that give two parts at least, of one line for each piece, in the order of the text.
    """
    lines = np.sort(_taken(_offers(found, flow, memory, index)))
    begins = lines.searchsorted(found.begins)
    pieces = Runs(found.names, begins, found.lines.some(lines))
    return pieces.some(np.diff(begins) > 1)


def _offers(found: Runs, flow: Flow, memory: Memory, index: Index) -> _Offers:
    """What may be taken, by run, the most alike first; of equals what is more parts."""
    every = memory.scores(found.lines.rows)
    lines = np.flatnonzero(every >= HIT)
    runs = found.begins.searchsorted(lines, side="right") - 1
    firsts = flow.firsts[found.lines.units]
    # Only the first word of a name takes a clitic.
    inner = np.flatnonzero(firsts[lines] != firsts[found.begins[runs]])
    barred = inner[memory.fronts(found.lines.rows[lines[inner]]) > 0]
    barred = barred[~memory.cased(flow.numbers[found.lines.units[lines[barred]]])]
    lines, runs = np.delete(lines, barred), np.delete(runs, barred)
    first, last = index.entries.places[found.lines.entries[lines]].T
    order = np.lexsort((firsts[lines], first - last, -every[lines], runs))
    lines = lines[order]
    words = firsts[lines], flow.lasts[found.lines.units[lines]]
    return _Offers(lines, runs[order], words, (first[order], last[order]))


def _taken(offers: _Offers) -> Numbers:
    """The lines of the best of each run, of the best of what is apart from those, and so on."""
    rest, taken = np.arange(len(offers.lines)), np.zeros(len(offers.lines), bool)
    while len(rest):
        begins = changes(offers.runs[rest])
        taken[rest[begins]] = True
        best = rest[begins].repeat(np.diff(np.append(begins, len(rest))))
        rest = rest[_apart(offers.words, rest, best) & _apart(offers.parts, rest, best)]
    return offers.lines[taken]


def _apart(stretches: Stretches, one: Numbers, two: Numbers) -> Flags:
    """Which of some stretches, from the first to the last, do not overlap."""
    first, last = stretches
    apart: Flags = (last[one] < first[two]) | (last[two] < first[one])
    return apart
