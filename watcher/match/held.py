"""Which names hold a listed word: all entries of a list, or those of some names."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.roll import Entries, Flags
from watcher.names.grid import ranges

Numbers: TypeAlias = NDArray[np.intp]


class Held:
    """Where the words of a list stand in some of its names."""

    def __init__(self, entries: Entries, names: Flags) -> None:
        """Names: which names are meant, by number."""
        chosen = names[entries.names[entries.order]]
        self._entries = entries.order[chosen]
        self._starts = np.concatenate(([0], np.cumsum(chosen)))[entries.starts]

    def holds(self, words: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Whether any of the names holds each of some words."""
        return self._starts[words + 1] > self._starts[words]

    def of(self, words: NDArray[np.int32]) -> tuple[Numbers, NDArray[np.int32]]:
        """The entries of some words.

        Returns:
            For each entry, to which of the given words it belongs (not its number); the entry.
        """
        many = self._starts[words + 1] - self._starts[words]
        entries = self._entries[ranges(self._starts[words], many)]
        return np.repeat(np.arange(len(words)), many), entries
