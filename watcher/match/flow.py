"""The units of some pages, as if they were of one long text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.grid import changes, ranges

Numbers: TypeAlias = NDArray[np.intp]

Units: TypeAlias = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.int32], NDArray[np.bool_]]
"""Of the units of a page the first words, the last ones and the numbers; by word whether no name
runs over the gap behind it."""

_SHUT = np.ones(1, bool)

REACH = 2
"""How many words may stand between two parts of a name in a text: middle names, a nickname."""


class Flow:
    """The units of some pages, one page behind the other, by number.

    Attributes:
        starts: by page, its first unit; one more than pages.
        words: by page, its first word; one more than pages.
        firsts: of each unit the first word.
        lasts: of each unit the last word.
        numbers: of each unit its number in the memory.
        shut: by word, how many gaps before it no name runs over; one more than words.
    """

    def __init__(self, pages: Sequence[Units]) -> None:
        """Put the units of some pages, one at least, one behind the other."""
        firsts, lasts, numbers, shut = zip(*pages, strict=True)
        self.starts = _starts(map(len, numbers))
        self.words = _starts(len(gaps) + 1 for gaps in shut)
        own = self.words[:-1].repeat(np.diff(self.starts))
        self.firsts, self.lasts = np.concatenate(firsts) + own, np.concatenate(lasts) + own
        self.numbers = np.concatenate(numbers)
        # No name runs over from a page to the next.
        between = chain.from_iterable((_SHUT, gaps) for gaps in shut)
        self.shut = np.concatenate(tuple(between)).cumsum() - 1

    @cached_property
    def chains(self) -> Numbers:
        """For each unit the number of its chain: the units within reach of one or the next.

        A gap that no name runs over parts them, unless it is within a unit.
        """
        stretches = self._stretches()[self.firsts]
        ends = np.maximum.accumulate(self.lasts)
        parted = np.ones(len(ends), bool)
        parted[1:] = stretches[1:] != stretches[:-1]
        parted[1:] |= self.firsts[1:] - ends[:-1] > REACH + 1
        chains: Numbers = parted.cumsum()
        return chains

    def chained(self) -> Numbers:
        """For each word the number of the chain that began last; 0 before the first."""
        starts = self.firsts[changes(self.chains)]
        return starts.searchsorted(np.arange(len(self.shut)), side="right")

    def around(self, word: int) -> set[int]:
        """The chains of the units that have a word, wherever such units stand."""
        own = (self.firsts <= word) & (word <= self.lasts)
        return set(self.chains[np.isin(self.numbers, self.numbers[own])].tolist())

    def _stretches(self) -> Numbers:
        """For each word how many gaps before it part names: a gap within a unit parts nothing."""
        opens, closes = self.shut[self.firsts], self.shut[self.lasts]
        over = np.flatnonzero(opens != closes)
        if not len(over):
            return self.shut
        parted = np.ones(int(self.shut[-1]) + 1, np.intp)
        parted[ranges(opens[over] + 1, closes[over] - opens[over])] = 0
        stretches: Numbers = parted.cumsum()[self.shut]
        return stretches


def _starts(sizes: Iterable[int]) -> Numbers:
    return np.cumsum([0, *sizes], dtype=np.intp)
