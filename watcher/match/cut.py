"""Many texts cut into words at once, in arrays.

What `watcher.text.tokens` and `watcher.match.unit.gaps` say of each text is put together here from
chunks that were read before.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watcher.match.chunk import Chunks
from watcher.match.joint import GAPS, JOINT, Numbers, chunks_of, gap_number, middle
from watcher.match.unit import FREE, SHUT
from watcher.names.grid import ranges

_SHUT, _FREE = GAPS.index(SHUT), GAPS.index(FREE)


class Line(NamedTuple):
    """Words one behind the other.

    Attributes:
        words: their numbers.
        starts: where they begin in their text.
        ends: where they end in it.
        gaps: the number of what stands behind each, by `GAPS`; shut behind the last of a text.
        traits: of each word, as bits.
    """

    words: Numbers
    starts: Numbers
    ends: Numbers
    gaps: Numbers
    traits: Numbers

    def part(self, begin: int, end: int) -> Line:
        """Some of the words."""
        return Line(*(column[begin:end] for column in self))


class Cut(NamedTuple):
    """Some texts cut into words.

    Attributes:
        line: the words of all texts.
        bounds: where the words of each text begin; behind the last text how many they are in all.
        dotted: by text, whether it ends words in ي.
    """

    line: Line
    bounds: Numbers
    dotted: NDArray[np.bool_]


def cut(texts: Sequence[str], chunks: Chunks) -> Cut:
    """Cut some texts into words."""
    found: list[int] = []
    ends = [0]
    for text in texts:
        found += map(chunks.__getitem__, chunks_of(text))
        ends.append(len(found))
    numbers, limits = np.array(found, np.int32), np.array(ends)
    first, count, span, ya = chunks.chunks(numbers)
    holders = np.repeat(np.arange(len(numbers)), count)
    words, starts, stops, gaps, before, behind = chunks.pieces(ranges(first, count))
    bounds, origins, dots = sums_of(count)[limits], sums_of(span), sums_of(ya)[limits]
    origins = (origins[:-1] - np.repeat(origins[limits[:-1]], limits[1:] - limits[:-1]))[holders]
    traits = chunks.traits(words)
    line = Line(words, starts + origins, stops + origins, gaps, traits)
    gaps[bounds[1:][bounds[1:] > bounds[:-1]] - 1] = _SHUT
    joints = np.flatnonzero(gaps == JOINT)
    gaps[joints] = _FREE
    between = holders[joints + 1] - holders[joints] - 1
    odd = (between != 0) | (behind[joints] != 0) | (before[joints + 1] != 0)
    joints = joints[odd]
    middles = middle(numbers, holders[joints], between[odd])
    usual = middles >= 0
    some = joints[usual]
    sides = behind[some], before[some + 1]
    gaps[some] = chunks.joints.between(sides, middles[usual], traits[some])
    made = Cut(line, bounds, dots[1:] > dots[:-1])
    _measure(texts, made, joints[~usual])
    return made


def _measure(texts: Sequence[str], made: Cut, places: NDArray[np.intp]) -> None:
    """Tell the gaps in which more than usual stands between two words."""
    line = made.line
    of = np.searchsorted(made.bounds, places, "right") - 1
    rows = (of, places, line.ends[places], line.starts[places + 1], line.traits[places])
    for text, place, start, end, traits in zip(*(row.tolist() for row in rows), strict=True):
        line.gaps[place] = gap_number(texts[text][start:end], traits)


def sums_of(column: Numbers) -> Numbers:
    """The sums of all before each, and of all at last."""
    found = np.zeros(len(column) + 1, np.int32)
    np.cumsum(column, out=found[1:])
    return found
