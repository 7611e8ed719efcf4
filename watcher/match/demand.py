"""What a listed name demands of the parts that a text gives, for many places of a text at once.

The same as `watcher.match.bound` says of one spot, but only from which parts are given, as bits of
a number: so nearly everything falls away before a spot is even put together.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from watcher.match.roll import Columns

WITHOUT_FIRST = 0.9
"""What the lack of the first name leaves of a score: a father's and a family's name are shared."""
VAGUE = 0.75
"""What words that may well be other words leave of it."""
DOUBTFUL = 0.5
"""A part less alike than this is doubtful."""
FAINT = 0.3
"""And less alike than this it is none, where no capital tells."""
CLOSE = 0.9
"""The words of an organisation must be as sure as this to count alone; turned round, each must be
as alike."""


class Demands:
    """The demands of all names of a list."""

    def __init__(self, names: Columns) -> None:
        self._names = names

    def most(self, names: NDArray[np.int32], given: NDArray[np.int64]) -> NDArray[np.float64]:
        """The most that words can score that give some parts of a name.

        Args:
            names: the listed names.
            given: for each, the parts that may be given, as bits.
        """
        own = self._names.own[names]
        coverage = np.bitwise_count(given & own) / np.bitwise_count(own)
        first = np.where(given & self._names.first[names], 1.0, WITHOUT_FIRST)
        family = self._names.family[names]
        wanted = np.where((family == 0) | (given & family != 0), 1.0, VAGUE)
        return np.where(self._names.person[names], first * wanted, coverage)
