"""Words of an article as the name that they would be under `aliases:` or `short:`."""

from __future__ import annotations

from unicodedata import combining

from watcher.match import Near
from watcher.names import Kind, Role, compare, parse
from watcher.text import readings, script_of, tokens

_CONTENT = frozenset((Role.NAME, Role.PATRONYMIC, Role.GENERIC))
"""What a name is made of, without titles, articles, legal forms and the like."""


def is_half(words: str, name: str, kind: Kind) -> bool:
    """Whether words are but a part of the name that they are like: Islamic of Islamic State.

    Of a person two parts are enough, since people leave middle names out.
    """
    size = _size(words, kind)
    enough = kind is Kind.PERSON and size > 1
    return size < _size(name, kind) and not enough


def plain(near: Near, kind: Kind) -> str:
    """The words most like a part of a name, without what grammar wrote before them."""
    words = near.quote
    return max((words, *_cut(words)), key=lambda each: compare(near.part, each, kind).score)


def _cut(words: str) -> list[str]:
    """The words without each clitic that their first may begin with, and without vowel marks."""
    bare = "".join(letter for letter in words if not combining(letter))
    first = tokens(bare)[0]
    found = readings(first.folded, script_of(first.folded))
    return [bare[first.start + one.front :] for one in found if one.front]


def _size(words: str, kind: Kind) -> int:
    """How many parts a name is made of."""
    return sum(part.role in _CONTENT for part in parse(words, kind).parts)
