"""Which part of one name goes with which part of another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

from watcher.names.alike import Likeness, alike
from watcher.names.evidence import Equivalence
from watcher.names.key import keys
from watcher.names.known import known
from watcher.names.part import Part, Role
from watcher.names.plain import LEAST
from watcher.names.roman import consonants

Judge: TypeAlias = Callable[[Part, Part], Likeness]

_FIRM = 0.6
"""Two words for one must be more alike than this."""
_SETTLED = 0.8
"""Parts at least so alike are not looked at again."""

_INITIAL = 0.5
"""A part goes with a part that is half alike rather than with an initial."""
_BODY = 3.0
"""Consonants that two words must have to be taken for one: of fewer, chance makes any word."""


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
    equal = _equals(left, right)
    settled = frozenset(equal.values())
    found = [
        Match((i,), (j,), likeness)
        for i, a in enumerate(left)
        for j, b in enumerate(right)
        if (equal[i] == j if i in equal else j not in settled)
        and _may_stand(a, j, right)
        and _may_stand(b, i, left)
        and (likeness := judge(a, b)).score >= LEAST
    ]
    chosen = _choose(found, len(left), len(right))
    loose = [_loose(chosen, len(left), 0), _loose(chosen, len(right), 1)]
    if all(loose) and max(len(left), len(right)) > 1:
        joins = _joins(left, right, loose, judge)
        if joins:
            chosen = _choose(found + joins, len(left), len(right))
    return tuple(sorted(chosen, key=lambda match: match.left))


def _equals(left: Sequence[Part], right: Sequence[Part]) -> dict[int, int]:
    """By their places, parts of the same letters that each name has once: none is more alike."""
    words = [
        [(p.folded, p.script) if p.role is not Role.INITIAL else None for p in side]
        for side in (left, right)
    ]
    common = {word for word in words[0] if word and words[0].count(word) == 1}
    return {
        words[0].index(word): words[1].index(word) for word in common if words[1].count(word) == 1
    }


def _may_stand(initial: Part, place: int, others: Sequence[Part]) -> bool:
    """An initial stands for a given or middle name, not for the family name at the end."""
    if initial.role is not Role.INITIAL or others[place].role is Role.INITIAL:
        return True
    return len(others) == 1 or not (others[place].family or place == len(others) - 1)


def _loose(chosen: Sequence[Match], size: int, side: int) -> set[int]:
    """The parts of a side that went with nothing, or with little."""
    firm = {i for m in chosen if m.likeness.score >= _SETTLED for i in (m.left, m.right)[side]}
    return set(range(size)) - firm


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
    worth = _INITIAL if match.likeness.by is Equivalence.INITIAL else 1.0
    return (-match.likeness.score * worth, apart)


def _joins(
    left: Sequence[Part], right: Sequence[Part], loose: Sequence[set[int]], judge: Judge
) -> list[Match]:
    """Runs of two parts of the one name that are alike to one part of the other."""
    found = []
    for i, both in _runs(left, loose[0]):
        found += [
            Match((i, i + 1), (j,), Likeness(score, Equivalence.JOINED))
            for j in loose[1]
            if right[j].role is not Role.INITIAL
            and _may_be(both, right[j])
            and (score := judge(both, right[j]).score) > _FIRM
        ]
    for j, both in _runs(right, loose[1]):
        found += [
            Match((i,), (j, j + 1), Likeness(score, Equivalence.JOINED))
            for i in loose[0]
            if left[i].role is not Role.INITIAL
            and _may_be(left[i], both)
            and (score := judge(left[i], both).score) > _FIRM
        ]
    return found


def _may_be(a: Part, b: Part) -> bool:
    """A quick look before a careful one: known names and spellings of one share a key."""
    if Role.INITIAL in (a.role, b.role) or known(a.folded, b.folded):
        return True
    if abs(consonants(a.whole, a.script) - consonants(b.whole, b.script)) > _BODY:
        return False
    return not _keys(a).isdisjoint(_keys(b))


def _keys(part: Part) -> frozenset[str]:
    own = keys(part.folded, part.script)
    return own if part.whole == part.folded else own | keys(part.whole, part.script)


def _runs(parts: Sequence[Part], loose: set[int]) -> list[tuple[int, Part]]:
    """Each two neighbours of one script, one of them loose, written together."""
    return [
        (index, joined(a, b))
        for index, (a, b) in enumerate(pairwise(parts))
        if (index in loose or index + 1 in loose)
        and a.script is b.script
        and Role.INITIAL not in (a.role, b.role)
        and consonants(a.folded, a.script) + consonants(b.folded, b.script) >= _BODY
    ]


def joined(first: Part, second: Part) -> Part:
    """Two neighbouring parts written as one word."""
    folded = first.folded + second.whole
    return replace(first, text=f"{first.text} {second.text}", folded=folded, whole=folded)
