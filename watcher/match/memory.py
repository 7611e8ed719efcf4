"""What is remembered of the distinct units of texts, by number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.text import Script

Looked: TypeAlias = tuple[str, str, Script]
"""A unit as it is looked up: folded, the same with its particle, its script."""


class Memory:
    """The numbers of distinct units, from 0 on, in the order in which they were met.

    An index takes a new one when it has met too many; pages that were cut before keep the old.
    """

    def __init__(self) -> None:
        self.units: list[Looked] = []
        self._numbers: dict[Looked, int] = {}

    def numbered(self, units: Iterable[Looked]) -> NDArray[np.int32]:
        """The numbers of some units."""
        return np.fromiter(map(self.number, units), np.int32)

    def number(self, unit: Looked) -> int:
        """The number of a unit."""
        number = self._numbers.setdefault(unit, len(self.units))
        if number == len(self.units):
            self.units.append(unit)
        return number
