"""A text cut up for a list, and the places of it that are to be looked at.

What is asked of every word of every text stands in arrays. Words, gaps and units as such are for
the few places where something was found.
"""

from __future__ import annotations

from itertools import accumulate, chain
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.memory import Memory
from watcher.match.unit import Gap, Unit
from watcher.text import Token

Places: TypeAlias = NDArray[np.int32]


class Run(NamedTuple):
    """Units that stand together and may be parts of one listed name."""

    listed: int
    units: tuple[Unit, ...]


class Page:
    """A text cut up and looked up.

    Attributes:
        text: the text.
        words: its tokens.
        between: what stands behind each token.
        units: those that may be a part of a listed name, by their first token.
        memory: what is known of them.
        firsts: of each unit, in the order of `units`, its first token.
        lasts: of each unit its last token.
        numbers: of each unit its number in the memory.
        shut: by token, how many gaps before it no name runs over; one more than tokens.
        runs: once it is learned, the listed names that may reach their bar, each with the units
            that stand together and may be its parts.
    """

    def __init__(
        self,
        text: str,
        cut: tuple[list[Token], list[Gap], list[list[Unit]]],
        memory: Memory,
    ) -> None:
        """Cut: words, what stands between them, and units."""
        self.text = text
        self.words, self.between, self.units = cut
        self.memory = memory
        found = list(chain.from_iterable(self.units))
        self.firsts: Places = np.array([unit.first for unit in found], np.int32)
        self.lasts: Places = np.array([unit.last for unit in found], np.int32)
        self.numbers: Places = memory.numbered(unit[3:] for unit in found)
        self.shut: Places = np.array(
            list(accumulate((not gap.open for gap in self.between), initial=0)), np.int32
        )
        self.runs: list[Run] = []
