"""Which part of one name goes with which part of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from watcher.names.alike import Likeness, alike
from watcher.names.evidence import Equivalence
from watcher.names.part import Part, Role

Judge: TypeAlias = Callable[[Part, Part], Likeness]

LEAST = 0.2
"""Parts less alike than this do not go together at all."""
_NEIGHBOURS = 2


@dataclass(frozen=True, slots=True)
class Match:
    """Parts that go together: one on either side, or a run of two on one side.

    Attributes:
        left: indexes of the parts of the one name, neighbours.
        right: indexes of the parts of the other.
        likeness: how alike they are.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    likeness: Likeness


def align(left: Sequence[Part], right: Sequence[Part], judge: Judge = alike) -> tuple[Match, ...]:
    """Pair the parts of two names, best pairs first, each part once; order is left free.

    Parts that stay alone on both sides are tried once more as words written together on the other
    side (Shams Abad, Shamsabad).

    Returns:
        The matches in the order of the left name.
    """
    found = [
        Match((i,), (j,), likeness)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (likeness := judge(a, b)).score >= LEAST
    ]
    chosen = _choose(found, len(left), len(right))
    if (
        len(left) != len(right)
        or any(m.likeness.score < 0.6 for m in chosen)
        or len(chosen) < len(left)
    ):
        joins = _joins(left, right, judge)
        if joins:
            chosen = _choose(found + joins, len(left), len(right))
    return tuple(sorted(chosen, key=lambda match: match.left))


def _choose(found: Sequence[Match], rows: int, columns: int) -> list[Match]:
    """Take the best match, then the best of what is left; near the same place breaks a tie."""
    taken_left: set[int] = set()
    taken_right: set[int] = set()
    chosen = []
    for match in sorted(found, key=lambda m: _order(m, rows, columns)):
        if taken_left.isdisjoint(match.left) and taken_right.isdisjoint(match.right):
            taken_left.update(match.left)
            taken_right.update(match.right)
            chosen.append(match)
    return chosen


def _order(match: Match, rows: int, columns: int) -> tuple[float, float]:
    apart = abs(match.left[0] / rows - match.right[0] / columns)
    return (-match.likeness.score, apart)


def _joins(left: Sequence[Part], right: Sequence[Part], judge: Judge) -> list[Match]:
    """Runs of two parts of the one name that are alike to one part of the other."""
    found = []
    for i, both in _runs(left):
        found += [
            Match((i, i + 1), (j,), Likeness(score, Equivalence.JOINED))
            for j, b in enumerate(right)
            if b.role is not Role.INITIAL and (score := judge(both, b).score) > 0.7
        ]
    for j, both in _runs(right):
        found += [
            Match((i,), (j, j + 1), Likeness(score, Equivalence.JOINED))
            for i, a in enumerate(left)
            if a.role is not Role.INITIAL and (score := judge(a, both).score) > 0.7
        ]
    return found


def _runs(parts: Sequence[Part]) -> list[tuple[int, Part]]:
    """Each two neighbours of one script, written together."""
    return [
        (index, joined(a, b))
        for index, (a, b) in enumerate(zip(parts, parts[1:], strict=False))
        if a.script is b.script and Role.INITIAL not in (a.role, b.role)
    ]


def joined(first: Part, second: Part) -> Part:
    """Two neighbouring parts written as one word."""
    folded = first.folded + second.whole
    return replace(first, text=f"{first.text} {second.text}", folded=folded, whole=folded)
