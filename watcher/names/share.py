"""Work on many things that several hands may share; here one does it all.

The core starts no process. Whoever calls it may give it hands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

R = TypeVar("R")


class Share(Protocol):
    """Whoever has work done."""

    def __call__(self, work: Callable[[range], R], size: int, /) -> Sequence[R]:
        """Have something done for so many things.

        Args:
            work: a function of some of their numbers.
            size: how many things there are.

        Returns:
            What came of it, piece by piece; together the pieces are all the numbers, in order.
        """


def alone(work: Callable[[range], R], size: int) -> Sequence[R]:
    """All in one piece."""
    return [work(range(size))]
