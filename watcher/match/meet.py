"""From lines of names to the runs of words in pages that may be those names."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import partial
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.flow import REACH, Flow
from watcher.match.hope import Runs, counting, may_count
from watcher.match.index import Index
from watcher.match.join import Lines, every, near, of_few
from watcher.match.page import Page, Run
from watcher.match.pick import pick
from watcher.match.reach import reaching
from watcher.match.roll import bits
from watcher.match.unit import CASED, is_borne
from watcher.match.wanted import Few, Wanted
from watcher.text import Token, script_of

Numbers: TypeAlias = NDArray[np.intp]
Flags: TypeAlias = NDArray[np.bool_]


def runs(
    pages: Sequence[Page],
    index: Index,
    wanted: Wanted | None = None,
    chains: AbstractSet[int] | None = None,
) -> list[list[Run]]:
    """By page the runs of words that may score what a name must, in the order of the text.

    Args:
        pages: learned, with one memory.
        index: the names.
        wanted: the names that are meant; None for those that reach their usual bar and may count
            without support.
        chains: of many names, the chains of units in which alone to look; None for all.
    """
    memory = pages[0].memory
    flow = pages[0].flow if len(pages) == 1 else Flow([page.laid for page in pages])
    if wanted is None:
        lines = near(flow, memory, index)
    elif isinstance(wanted, Few):
        lines = of_few(flow, memory, index, wanted.names)
    else:
        lines = every(flow, memory, index, wanted.names, chains)
    found = _parted(lines, flow, index)
    sure = memory.logits.array[found.lines.rows] >= index.anchored
    found = found.some(_reaches(found, index, wanted) & found.any(sure))
    if not len(found.names):
        return [[] for _ in pages]
    found = reaching(found, flow, partial(_may_lie_between, pages, flow))
    found = found.some(_reaches(found, index, wanted))
    if wanted is None:
        found = found.some(may_count(found, flow, memory, index))
    index.tell(memory, found.lines.rows)
    found = pick(found, flow, memory, index)
    if wanted is None:
        found = found.some(counting(found, flow, memory, index))
    else:
        found = found.some(_reaches(found, index, wanted))
    return _by_page(pages, found, flow)


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


def _reaches(found: Runs, index: Index, wanted: Wanted | None) -> Flags:
    """Which runs of several units may score what their names must."""
    if not len(found.names):
        return np.zeros(0, bool)
    begins, ends = found.begins[:-1], found.begins[1:] - 1
    given = bits(index.entries.places[found.lines.entries])
    given = np.bitwise_or.reduceat(given, begins)
    several = found.lines.units[begins] != found.lines.units[ends]
    several &= np.bitwise_count(given) > 1
    least = index.usual[found.names] if wanted is None else wanted.of(found.names)
    reaches: Flags = several & (index.demands.most(found.names, given) >= least)
    return reaches


def _may_lie_between(pages: Sequence[Page], flow: Flow, words: Numbers) -> Flags:
    """Which words may lie between the words of a name: over names only, where no capital tells."""
    asked, own = np.unique(words, return_inverse=True)
    whose = flow.words.searchsorted(asked, side="right") - 1
    places = zip(whose.tolist(), (asked - flow.words[whose]).tolist(), strict=True)
    lies = np.fromiter((_is_namelike(pages[p].words[w]) for p, w in places), bool, len(asked))
    return lies[own]


def _is_namelike(word: Token) -> bool:
    script = script_of(word.folded)
    return word.capital if script in CASED else is_borne(word.folded, script)


def _by_page(pages: Sequence[Page], found: Runs, flow: Flow) -> list[list[Run]]:
    several: list[list[Run]] = [[] for _ in pages]
    begins = found.begins.tolist()
    whose = flow.starts.searchsorted(found.lines.units[found.begins[:-1]], side="right") - 1
    own = found.lines.units - flow.starts[whose].repeat(np.diff(found.begins))
    columns = own, found.lines.rows, found.lines.entries
    lines = list(zip(*(column.tolist() for column in columns), strict=True))
    ends = pairwise(begins)
    for page, name, (begin, end) in zip(whose.tolist(), found.names.tolist(), ends, strict=True):
        several[page].append(Run(name, tuple(lines[begin:end])))
    return several
