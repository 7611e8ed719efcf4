"""From lines of names to the runs of words in pages that may be those names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.hope import Runs, may_count
from watcher.match.index import Hit, Index
from watcher.match.join import Flow, Lines, every, flow_of, near, of_few
from watcher.match.lexicon import HIT
from watcher.match.memory import Memory
from watcher.match.page import Page, Run
from watcher.match.partner import bits
from watcher.match.unit import Unit
from watcher.match.wanted import Few, Wanted

Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]

REACH = 2
"""How many words may stand between two parts of a name in a text: middle names, a nickname."""


def runs(
    pages: Sequence[Page],
    index: Index,
    wanted: Wanted | None = None,
    around: int | None = None,
) -> list[list[Run]]:
    """By page the runs of words that may score what a name must, in the order of the text.

    Args:
        pages: learned, with one memory.
        index: the names.
        wanted: the names that are meant; None for those that reach their usual bar and may count
            without support.
        around: of many names, a word of the first page in whose stretch alone to look; None for
            all.
    """
    memory, flow = pages[0].memory, flow_of(pages)
    if wanted is None:
        lines = near(flow, memory, index)
    elif isinstance(wanted, Few):
        lines = of_few(flow, memory, index, wanted.names)
    else:
        lines = every(flow, memory, index, wanted.names, around)
    found = _parted(lines, flow, index)
    sure = memory.logits.array[found.lines.rows] >= index.anchored
    found = found.some(_reaches(found, index, wanted) & _any(found, sure))
    if wanted is None:
        found = found.some(may_count(found, flow, memory, index, told=False))
    index.tell(memory, found.lines.rows)
    hits = memory.scores.array[found.lines.rows] >= HIT
    found = found.some(_reaches(found, index, wanted, hits))
    if wanted is None:
        found = found.some(may_count(found, flow, memory, index, told=True))
    return _by_page(pages, found, flow, index)


def _parted(lines: Lines, flow: Flow, index: Index) -> Runs:
    """Part the lines of each name where the units before do not reach."""
    names = index.entries.names[lines.entries]
    order = np.lexsort((lines.entries, lines.units, names))
    lines, names = lines.some(order), names[order]
    firsts, lasts = flow.firsts[lines.units], flow.lasts[lines.units]
    # Of overlapping units the one that ends last counts.
    far = names.astype(np.int64) * len(flow.shut)
    lasts = np.maximum.accumulate(lasts + far) - far
    one, two = lasts[:-1], firsts[1:]
    parted = np.ones(len(names), bool)
    parted[1:] = (names[1:] != names[:-1]) | (two - one > REACH + 1)
    parted[1:] |= (two > one) & (flow.shut[np.minimum(one, two)] != flow.shut[two])
    begins = np.flatnonzero(parted)
    return Runs(names[begins], np.append(begins, len(names)), lines)


def _reaches(found: Runs, index: Index, wanted: Wanted | None, meant: Flags | None = None) -> Flags:
    """Which runs may score what their names must, by the lines that are meant."""
    if not len(found.names):
        return np.zeros(0, bool)
    begins, ends = found.begins[:-1], found.begins[1:] - 1
    given = bits(index.entries.places[found.lines.entries])
    if meant is not None:
        given[~meant] = 0
    given = np.bitwise_or.reduceat(given, begins)
    several = found.lines.units[begins] != found.lines.units[ends]
    several &= np.bitwise_count(given) > 1
    least = index.usual[found.names] if wanted is None else wanted.of(found.names)
    reaches: Flags = several & (index.demands.most(found.names, given) >= least)
    return reaches


def _any(found: Runs, lines: Flags) -> Flags:
    """Which runs have any of some lines."""
    before = np.append(0, np.cumsum(lines))[found.begins]
    any_of: Flags = before[1:] > before[:-1]
    return any_of


class _Span(NamedTuple):
    """Where a unit stands: its first and last word, and the shut gaps before each."""

    first: int
    last: int
    opens: int
    closes: int


def _by_page(pages: Sequence[Page], found: Runs, flow: Flow, index: Index) -> list[list[Run]]:
    several: list[list[tuple[tuple[int, int], int, Run]]] = [[] for _ in pages]
    whose = np.searchsorted(flow.starts, found.lines.units[found.begins[:-1]], side="right") - 1
    spans = _spans(np.unique(found.lines.units), flow)
    lines = list(zip(*(column.tolist() for column in found.lines), strict=True))
    begins = found.begins.tolist()
    for number, (name, page) in enumerate(zip(found.names.tolist(), whose.tolist(), strict=True)):
        part = lines[begins[number] : begins[number + 1]]
        pairs = list(_pairs(list(dict.fromkeys(unit for unit, _, _ in part)), spans))
        if pairs:
            start = int(flow.starts[page])
            own = {place: pages[page].unit(place - start) for pair in pairs for place in pair}
            run = Run(name, _hits(part, own, pages[page].memory, index))
            several[page].append((pairs[0], name, run))
    return [[run for *_, run in sorted(own, key=itemgetter(0, 1))] for own in several]


def _spans(units: Numbers, flow: Flow) -> dict[int, _Span]:
    firsts, lasts = flow.firsts[units], flow.lasts[units]
    columns = firsts, lasts, flow.shut[firsts], flow.shut[lasts]
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return dict(zip(units.tolist(), map(_Span._make, rows), strict=True))


def _hits(
    part: Sequence[tuple[int, int, int]], own: Mapping[int, Unit], memory: Memory, index: Index
) -> dict[Unit, tuple[Hit, ...]]:
    """The parts that units of a run are alike to; units that are none stand with nothing."""
    found: dict[Unit, list[Hit]] = {unit: [] for _, unit in sorted(own.items())}
    for place, row, entry in part:
        if place in own and memory.scores.array[row] >= HIT:
            found[own[place]].append(index.hit(memory, row, entry))
    return {unit: tuple(hits) for unit, hits in found.items()}


def _pairs(run: Sequence[int], spans: Mapping[int, _Span]) -> Iterator[tuple[int, int]]:
    """The pairs of units of a run that stand within reach of each other."""
    for place, one in enumerate(run):
        last, closes = spans[one].last, spans[one].closes
        for two in run[place + 1 :]:
            behind = spans[two]
            if behind.first - last > REACH + 1:
                break
            if behind.first > last and behind.opens == closes:
                yield one, two
