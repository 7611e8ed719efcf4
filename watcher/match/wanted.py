"""Which listed names are looked for, and what words must be able to score for each.

A list may hold a million names; what is asked of a few of them must cost no more for that.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

Numbers: TypeAlias = NDArray[np.int32]
Flags: TypeAlias = NDArray[np.bool_]
Scores: TypeAlias = NDArray[np.float64]


class Few(NamedTuple):
    """A few names.

    Attributes:
        names: their numbers, rising.
        least: what each must be able to score.
    """

    names: NDArray[np.intp]
    least: Scores

    def of(self, names: Numbers) -> Scores:
        """What each of some of the names must be able to score."""
        return self.least[self.names.searchsorted(names)]


class Many(NamedTuple):
    """As many names as the list has.

    Attributes:
        names: by listed name, whether it is meant.
        least: by listed name, what it must be able to score.
    """

    names: Flags
    least: Scores

    def of(self, names: Numbers) -> Scores:
        """What each of some of the names must be able to score."""
        return self.least[names]


Wanted: TypeAlias = Few | Many


def evenly(names: Flags, least: float) -> Many:
    """Names that must all be able to score the same."""
    return Many(names, np.broadcast_to(least, len(names)))
