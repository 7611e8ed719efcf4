"""Which part of one name goes with which part of another."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple, TypeAlias

from watcher.names.alike import Likeness, alike
from watcher.names.evidence import Equivalence
from watcher.names.key import keys
from watcher.names.known import known
from watcher.names.part import Part, Role
from watcher.names.plain import LEAST
from watcher.names.roman import consonants
from watcher.text import Script

Judge: TypeAlias = Callable[[Part, Part], Likeness]

_FIRM = 0.6
"""Two words for one must be more alike than this."""
_SETTLED = 0.8
"""Parts at least so alike are not looked at again."""

_INITIAL = 0.5
"""A part goes with a part that is half alike rather than with an initial."""
_BODY = 3.0
"""Consonants that two words must have to be taken for one: of fewer, chance makes any word."""


class Match(NamedTuple):
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
        and (a.role is not Role.INITIAL or _may_stand(j, right))
        and (b.role is not Role.INITIAL or _may_stand(i, left))
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


def _may_stand(place: int, others: Sequence[Part]) -> bool:
    """An initial stands for a given or middle name, not for the family name at the end."""
    if others[place].role is Role.INITIAL or len(others) == 1:
        return True
    return not others[place].family and place < len(others) - 1


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
    there = _joined(left, loose[0], right, loose[1], judge)
    back = _joined(right, loose[1], left, loose[0], judge)
    found = [Match((i, i + 1), (j,), likeness) for i, j, likeness in there]
    return found + [Match((i,), (j, j + 1), likeness) for j, i, likeness in back]


def _joined(
    parts: Sequence[Part], loose: set[int], others: Sequence[Part], alone: set[int], judge: Judge
) -> Iterator[tuple[int, int, Likeness]]:
    """The first of two neighbours, the part of the other name that both are, and how alike."""
    for place, (a, b) in enumerate(pairwise(parts)):
        if (place in loose or place + 1 in loose) and _may_join(a, b):
            word = a.folded + b.whole
            for other in alone:
                part = others[other]
                if _may_be(word, a.script, part):
                    score = judge(joined(a, b), part).score
                    if score > _FIRM:
                        yield place, other, Likeness(score, Equivalence.JOINED)


def _may_join(a: Part, b: Part) -> bool:
    """Whether two neighbours may be one word: of one script, and with enough letters to tell."""
    return (
        a.script is b.script
        and a.role is not Role.INITIAL is not b.role
        and consonants(a.folded, a.script) + consonants(b.folded, b.script) >= _BODY
    )


def _may_be(word: str, script: Script, part: Part) -> bool:
    """A quick look before a careful one: known names and spellings of one share a key."""
    if part.role is Role.INITIAL:
        return False
    if known(word, part.folded):
        return True
    if abs(consonants(word, script) - consonants(part.whole, part.script)) > _BODY:
        return False
    return not keys(word, script).isdisjoint(_keys(part))


def _keys(part: Part) -> frozenset[str]:
    own = keys(part.folded, part.script)
    return own if part.whole == part.folded else own | keys(part.whole, part.script)


def joined(first: Part, second: Part) -> Part:
    """Two neighbouring parts written as one word."""
    folded = first.folded + second.whole
    return Part(
        text=f"{first.text} {second.text}",
        folded=folded,
        whole=folded,
        script=first.script,
        role=first.role,
        article=first.article,
        family=first.family,
    )
