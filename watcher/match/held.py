"""Which names hold a listed word: all entries of a list, or those of some names."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.roll import Entries, Flags
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]


class Held(NamedTuple):
    """Where the words of a list stand in some of its names.

    Attributes:
        starts: by word where its entries begin in the next, and where the last ones end.
        entries: by word, rising within one word.
    """

    starts: NDArray[np.int32]
    entries: NDArray[np.int32]

    def holds(self, words: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether any of the names holds each of some words."""
        return self.starts[words + 1] > self.starts[words]

    def first(self, words: NDArray[np.int32]) -> NDArray[np.int32]:
        """The first entry of each of some words that names hold."""
        return self.entries[self.starts[words]]

    def of(self, words: NDArray[np.int32]) -> tuple[Numbers, NDArray[np.int32]]:
        """The entries of some words.

        Returns:
            For each entry, to which of the given words it belongs (not its number); the entry.
        """
        many = self.starts[words + 1] - self.starts[words]
        entries = self.entries[ranges(self.starts[words], many)]
        return np.repeat(np.arange(len(words)), many), entries


def held(entries: Entries, names: Flags) -> Held:
    """Where the words stand in the names that are meant, by number."""
    chosen = names[entries.names[entries.order]]
    before = np.concatenate(([0], chosen.cumsum())).astype(np.int32)
    return Held(before[entries.starts], entries.order[chosen])
