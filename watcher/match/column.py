"""Arrays that grow at their end, so that what is remembered of many words needs no objects."""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from mmap import MAP_ANONYMOUS, MAP_PRIVATE, mmap
from typing import Any

import numpy as np
from numpy.typing import NDArray

from watcher.names.grid import ranges
from watcher.text.strings import Strings


class Column:
    """An array that grows at its end."""

    def __init__(self, kind: Any) -> None:
        self._room = np.zeros(1 << 10, kind)
        self._size = 0

    def extend(self, more: NDArray[Any] | Sequence[Any]) -> None:
        """Append some values."""
        size = self._size + len(more)
        if size > len(self._room):
            room = _room(max(size, len(self._room) * 3 // 2), self._room)
            room[: self._size] = self.array
            self._room = room
        self._room[self._size : size] = more
        self._size = size

    @property
    def array(self) -> NDArray[Any]:
        """The values; what is written to them is kept, until more are appended."""
        return self._room[: self._size]


class Stretches:
    """The rows of things that have some each, one thing after the other.

    Attributes:
        starts: by thing where its rows begin, and where the last ones end.
    """

    def __init__(self) -> None:
        self._starts = Column(np.intp)
        self._starts.extend([0])

    def __len__(self) -> int:
        """How many things there are."""
        return len(self.starts) - 1

    @property
    def starts(self) -> NDArray[np.intp]:
        """By thing where its rows begin, and where the last ones end."""
        return self._starts.array

    def extend(self, many: NDArray[np.integer] | Sequence[int]) -> None:
        """Append things by how many rows they have."""
        self._starts.extend(np.cumsum(many) + self.starts[-1])

    def of(self, things: NDArray[np.integer]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """The rows of some things: for each to which of those given it belongs; the row."""
        starts = self.starts
        many = starts[things + 1] - starts[things]
        return np.repeat(np.arange(len(things)), many), ranges(starts[things], many)

    def flags(self, things: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """By row whether it is of one of some things, told by thing."""
        return np.repeat(things, np.diff(self.starts))

    def owner(self, row: int) -> int:
        """The thing that a row belongs to."""
        return int(self.starts.searchsorted(row, side="right")) - 1

    def owners(self, rows: NDArray[np.integer]) -> NDArray[np.intp]:
        """The things that rows belong to."""
        return np.searchsorted(self.starts, rows, side="right") - 1


class Texts:
    """Texts that become more, without an object each."""

    def __init__(self) -> None:
        self._letters, self._ends = Column(np.uint8), Column(np.int64)

    def __getitem__(self, number: int) -> str:
        """A text."""
        return self._all()[number]

    def extend(self, texts: Sequence[str]) -> None:
        """Append some texts."""
        self._append(Strings.of(texts))

    def some(self, chosen: NDArray[np.bool_]) -> Texts:
        """Some of the texts by themselves; by text whether it is one of them."""
        sizes = np.diff(self._ends.array, prepend=0)
        found = Texts()
        letters = self._letters.array[np.repeat(chosen, sizes)]
        found._append(Strings(letters, np.cumsum(sizes[chosen])))
        return found

    def _append(self, more: Strings) -> None:
        self._ends.extend(more.ends + len(self._letters.array))
        self._letters.extend(more.letters)

    def take(self, numbers: NDArray[np.integer]) -> list[str]:
        """Some of the texts."""
        return list(map(self._all().__getitem__, numbers.tolist()))

    def _all(self) -> Strings:
        return Strings(self._letters.array, self._ends.array)


def _room(size: int, like: NDArray[Any]) -> NDArray[Any]:
    """Room for so many values like some others, in pages that cost memory once they are written.

    So room that is not needed yet costs nothing, and what was outgrown is given back at once.
    """
    shape = size, *like.shape[1:]
    pages = mmap(-1, prod(shape) * like.itemsize, MAP_PRIVATE | MAP_ANONYMOUS)
    return np.frombuffer(pages, like.dtype, prod(shape)).reshape(shape)
