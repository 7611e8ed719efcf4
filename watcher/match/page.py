"""A text cut up for a list, and the places of it that are to be looked at.

What is asked of every word of every text stands in arrays. Words, gaps and units as such are made
for the few places where something was found.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple, TypeAlias, overload

import numpy as np
from numpy.typing import NDArray

from watcher.match.chunk import Chunks
from watcher.match.cut import Line
from watcher.match.flow import Flow, Units
from watcher.match.joint import GAPS
from watcher.match.take import Taken
from watcher.match.trait import CAPITAL, OPENS
from watcher.match.unit import SHUT, Gap, Unit
from watcher.text import Token

Places: TypeAlias = NDArray[np.int32]

_SHUT = GAPS.index(SHUT)


class Run(NamedTuple):
    """Units that stand together and may be one listed name.

    Attributes:
        listed: the name.
        lines: the units in the order of the text: the place of each, what the memory knows of it
            and its word, where that stands in the name.
    """

    listed: int
    lines: tuple[tuple[int, int, int], ...]


class Words(Sequence[Token]):
    """The words of a text, each made when somebody asks for it."""

    def __init__(self, line: Line, chunks: Chunks) -> None:
        self._line, self._chunks = line, chunks

    def __len__(self) -> int:
        return len(self._line.words)

    @overload
    def __getitem__(self, place: int) -> Token: ...

    @overload
    def __getitem__(self, place: slice) -> list[Token]: ...

    def __getitem__(self, place: int | slice) -> Token | list[Token]:
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        line = self._line
        folded = self._chunks.folded[line.words[place]]
        capital = bool(line.traits[place] & CAPITAL)
        return Token(folded, int(line.starts[place]), int(line.ends[place]), capital)

    def opening(self) -> list[int]:
        """The places of those that a context word may begin with."""
        return np.flatnonzero(self._line.traits & OPENS).tolist()


class Page:
    """A text cut up and looked up.

    Attributes:
        text: the text.
        words: its tokens.
        memory: what is known of its units.
        firsts: of each unit that may be a part of a listed name, its first token; rising.
        lasts: of each unit its last token.
        numbers: of each unit its number in the memory.
        runs: once it is learned, the places that may be listed names which reach their bar and
            count without support.
    """

    def __init__(self, text: str, line: Line, taken: Taken, chunks: Chunks) -> None:
        """Line and taken: the words and units of this text alone."""
        self.text = text
        self.words = Words(line, chunks)
        self.memory = chunks.memory
        self.firsts, self.lasts, self.numbers = taken
        self.runs: list[Run] = []
        self._gaps = line.gaps

    @cached_property
    def flow(self) -> Flow:
        """Its units in arrays, apart from what they are."""
        return Flow([self.laid])

    @property
    def laid(self) -> Units:
        """Its units in arrays, to be put behind those of other pages."""
        return self.firsts, self.lasts, self.numbers, self._gaps == _SHUT

    @cached_property
    def between(self) -> list[Gap]:
        """What stands behind each token."""
        return [GAPS[gap] for gap in self._gaps.tolist()]

    def gap(self, place: int) -> Gap:
        """What stands behind one token."""
        return GAPS[self._gaps[place]]

    @cached_property
    def units(self) -> list[list[Unit]]:
        """Those that may be a part of a listed name, by their first token."""
        started: list[list[Unit]] = [[] for _ in range(len(self.words))]
        for place, first in enumerate(self.firsts.tolist()):
            started[first].append(self.unit(place))
        return started

    def unit(self, place: int) -> Unit:
        """One of them, by its place in `firsts`."""
        first, last = int(self.firsts[place]), int(self.lasts[place])
        looked = self.memory.units[self.numbers[place]]
        # Before the head of a unit there is nothing but its particles.
        head = first if looked[0] == looked[1] else last
        return Unit(first, last, head, *looked)
