"""Many texts as two arrays: letters one after the other, and where each text ends.

So they need no object each, and can lie in a file that several processes read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import overload

import numpy as np
from numpy.typing import NDArray

_ERRORS = "surrogatepass"


class Strings(Sequence[str]):
    """Texts by number, each made when it is asked for.

    Attributes:
        letters: UTF-8 of all texts, half surrogates too.
        ends: where each text ends in them.
    """

    __slots__ = ("ends", "letters")

    def __init__(self, letters: NDArray[np.uint8], ends: NDArray[np.int64]) -> None:
        self.letters = letters
        self.ends = ends

    @classmethod
    def of(cls, texts: Iterable[str]) -> Strings:
        """Texts laid into arrays."""
        encoded = [text.encode("utf-8", _ERRORS) for text in texts]
        sizes = np.fromiter(map(len, encoded), np.int64, len(encoded))
        return cls(np.frombuffer(b"".join(encoded), np.uint8), np.cumsum(sizes))

    def __len__(self) -> int:
        return len(self.ends)

    @overload
    def __getitem__(self, place: int) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[str]: ...

    def __getitem__(self, place: int | slice) -> str | Sequence[str]:
        """A text, or several; IndexError if there is none of this number."""
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        if place < 0:
            place += len(self)
        if place < 0:
            raise IndexError("there are not so many texts")
        end = int(self.ends[place])
        begin = int(self.ends[place - 1]) if place else 0
        return self.letters[begin:end].tobytes().decode("utf-8", _ERRORS)

    def __iter__(self) -> Iterator[str]:
        """All texts, in order, sooner than one by one."""
        letters, begin = self.letters.tobytes(), 0
        for end in self.ends.tolist():
            yield letters[begin:end].decode("utf-8", _ERRORS)
            begin = end
