"""Whether an exclusion hides the very entity that it shall tell from others.

What is excluded is found in every script, as names are: `not: [قاسم سليماني]` at Qasem Soleimani
takes away each spelling of him, and nobody is told any more.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import TypeAlias

from watcher.names import Kind, Role, Verdict, compare, keys, parse
from watcher.text import fold
from watcher.watchlist.entity import Entity

_Keys: TypeAlias = "tuple[frozenset[str], ...]"
_SURE, _ALIKE = 0.85, 0.5
"""What a name scores that is told as very likely, and the least of each of its parts: below, two
people may well be meant. Judgement, tried on names of one family."""

_TELLING = frozenset((Role.NAME, Role.PATRONYMIC, Role.GENERIC))
"""What tells two people of one name apart, or two firms; a title does not."""


def hidden(entity: Entity, excluded: str) -> str:
    """The name of an entity of which an excluded one is but a spelling; "" if there is none."""
    names = (*entity.names, *entity.weak)
    same = (name for name in names if squeezed(name) == squeezed(excluded))
    alike = (name for name in names if _is_spelling(excluded, name, entity.kind))
    return next(same, "") or next(alike, "")


def hides(excluded: str, name: str, whose: str = "the entity") -> str:
    """What is told of such an exclusion."""
    what = "" if squeezed(excluded) == squeezed(name) else f'but a spelling of "{name}", '
    return f'"{excluded}" is {what}a name of {whose} itself, which it hides'


def adds(entity: Entity, words: Iterable[str]) -> bool:
    """Whether one of some words is a part that no name of an entity has: another middle name.

    Initials are none: one may stand for whatever begins with it.
    """
    kind = entity.kind
    names = (*entity.names, *entity.weak, *entity.short)
    own = {part.text for name in names for part in parse(name, kind).parts}
    parts = (part for each in words for part in parse(each, kind).parts if part.role in _TELLING)
    return any(
        len(part.folded) > 1 and all(compare(o, part.text, kind).score < _ALIKE for o in own)
        for part in parts
    )


def squeezed(name: str) -> str:
    """A name as its letters are compared, whatever the marks, the case and the spaces."""
    return " ".join(fold(name).split())


def _is_spelling(excluded: str, name: str, kind: Kind) -> bool:
    """Whether both are one name, each part of it."""
    if not _may_be(_keys(excluded, kind), _keys(name, kind)):
        return False
    found = compare(name, excluded, kind)
    return found.score >= _SURE and all(
        piece.verdict is Verdict.MATCHED and piece.score >= _ALIKE for piece in found.evidence
    )


def _may_be(parts: _Keys, others: _Keys) -> bool:
    """Whether a close look is worth its time, of which it takes much."""
    if len(parts) != len(others):
        return 1 in {len(parts), len(others)} and len(parts) + len(others) == 3
    return all(any(not part.isdisjoint(other) for other in others) for part in parts)


@lru_cache(maxsize=64)  # the names of an entity are held against one exclusion after the other
def _keys(name: str, kind: Kind) -> _Keys:
    """What each part of a name sounds like."""
    return tuple(frozenset(keys(part.folded, part.script)) for part in parse(name, kind).parts)
