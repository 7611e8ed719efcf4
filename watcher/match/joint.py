"""What stands between the last word of a chunk of a text and the first word of the next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.trait import GAPPY, HAS_CAPITALS, INITIAL
from watcher.match.unit import COMMA, FREE, SHUT, gap_of

Numbers: TypeAlias = NDArray[np.int32]

GAPS = (SHUT, FREE, COMMA)
"""By number, what stands behind a word."""
JOINT = len(GAPS)
"""The gap behind the last word of a chunk, of which others tell too."""

SEPARATORS = "\n.,،:()"
"""What no word holds and what often stands at one is a chunk by itself, as between spaces that the
text does not have."""
MIDDLES = (*SEPARATORS, "")
"""The chunks that stand between two words often, by number."""
_BASE = len(MIDDLES) + 1


def chunks_of(text: str) -> list[str]:
    """Cut a text at its spaces and separators."""
    for separator in SEPARATORS:
        if separator in text:
            text = text.replace(separator, f" {separator} ")
    return text.split(" ")


class Sides(dict[str, int]):
    """The numbers of what stands around the words of chunks; 0 is nothing.

    Attributes:
        letters: by number.
    """

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.letters = [""]

    def __missing__(self, letters: str) -> int:
        self.letters.append(letters)
        self[letters] = number = len(self)
        return number


class Joints(dict[int, int]):
    """The numbers of gaps by what makes them; one is worked out when it is first asked for."""

    def __init__(self, sides: Sequence[str]) -> None:
        super().__init__()
        self._sides = sides

    def __missing__(self, key: int) -> int:
        letters = self._sides[key >> 33], self._sides[key >> 9 & 0xFFFFFF]
        middles = [MIDDLES[one - 1] for one in divmod(key >> 2 & 0x7F, _BASE) if one]
        between = " ".join((letters[0], *middles, letters[1]))
        for separator in SEPARATORS:
            between = between.replace(f" {separator} ", separator)
        self[key] = gap = gap_number(between, key & GAPPY)
        return gap

    def between(
        self, sides: tuple[Numbers, Numbers], middles: Numbers, traits: Numbers
    ) -> list[int]:
        """The gaps between some words.

        Args:
            sides: what stands behind the words before, and what before the words behind.
            middles: the chunks between, by `middle`.
            traits: of the words before.
        """
        keys = (sides[0].astype(np.int64) << 24 | sides[1]) << 7 | middles
        return list(map(self.__getitem__, (keys << 2 | traits & GAPPY).tolist()))


def middle(chunks: Numbers, places: Numbers, many: Numbers) -> Numbers:
    """The chunks that stand between words, as one number for each gap; -1 if they are unusual.

    Args:
        chunks: the numbers of all chunks.
        places: the place of the chunk before each gap.
        many: how many chunks stand in it.
    """
    one = (chunks[places + np.minimum(many, 1)] + 1) * (many > 0)
    two = (chunks[places + np.minimum(many, 2)] + 1) * (many > 1)
    usual = (many < 3) & (one < _BASE) & (two < _BASE)
    return np.where(usual, one * np.where(many > 1, _BASE, 1) + two, -1)


def gap_number(between: str, traits: int) -> int:
    """The number of what stands between two words, of which the first has some traits."""
    gap = gap_of(between, cased=bool(traits & HAS_CAPITALS), initial=bool(traits & INITIAL))
    return GAPS.index(gap)
