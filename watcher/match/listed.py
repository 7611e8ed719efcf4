"""The names of a watchlist taken apart, and the parts of them that a text may show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise
from typing import NamedTuple

from watcher.names import Kind, Name, Part, Role, bind, joined, rarity, take_apart
from watcher.text import Script
from watcher.watchlist.entity import Entity

SPACELESS = frozenset((Script.HAN, Script.KANA, Script.OTHER))

SAY_LITTLE = frozenset((Role.INITIAL, Role.PATRONYMIC))

_KOREAN = (3, 4)
"""Syllables of a Korean name that is family and given name."""
_ASIDE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION, Role.LEGAL, Role.PARTICLE))


class Use(StrEnum):
    """What a listed name is good for."""

    FULL = "full"
    WEAK = "weak"
    SHORT = "short"
    EXCLUDED = "excluded"


class Listed(NamedTuple):
    """A name of the watchlist, taken apart."""

    entity: Entity
    name: Name
    use: Use
    core: tuple[int, ...]


class Word(NamedTuple):
    """A listed part, or two neighbouring ones written as one word; shared by all names with it."""

    folded: str
    whole: str
    script: Script
    joined: bool


def uses(entity: Entity) -> list[tuple[str, Use]]:
    """The texts of an entity's names, each with what it is good for; always in one order."""
    return [
        *((name, Use.FULL) for name in entity.names),
        *((name, Use.WEAK) for name in entity.weak),
        *((name, Use.SHORT) for name in entity.short),
        *((name, Use.EXCLUDED) for name in entity.exclude),
    ]


def enlist(entity: Entity, text: str, use: Use) -> Listed:
    """A name of an entity taken apart; one without a word has no `core`."""
    name = rejoined(take_apart(text, Kind(entity.kind)))
    return Listed(entity, name, use, core(name))


def rejoined(name: Name) -> Name:
    """A name, and a Korean one that is written as one word as that word.

    Korean text hangs its particles on the word; the family name alone is one syllable.
    """
    if len(name.parts) != 2 or any(p.script is not Script.HANGUL for p in name.parts):
        return name
    one, other = name.parts
    if one.text + other.text != name.text:
        return name
    return replace(name, parts=(joined(one, other),))


def core(name: Name) -> tuple[int, ...]:
    """Which parts of a name are the name itself: no titles, ranks, legal forms."""
    own = tuple(i for i, part in enumerate(name.parts) if part.role not in _ASIDE)
    return own or tuple(range(len(name.parts)))


def is_spaceless(part: Part) -> bool:
    """Whether a part is a whole name in a script that writes names as one word."""
    return part.script in SPACELESS or (
        part.script is Script.HANGUL and len(part.folded) in _KOREAN
    )


def is_handle(text: str) -> bool:
    """Whether a name is one that people give themselves online, such as blade_runner."""
    return "_" in text or any(map(str.isdigit, text))


def own_parts(listed: Listed) -> list[int]:
    """The parts of an organisation's name that are not generic words, or all."""
    parts = listed.name.parts
    return [i for i in listed.core if parts[i].role is not Role.GENERIC] or list(listed.core)


def family_parts(listed: Listed) -> list[int]:
    """The family name where the list shows which it is, beside other parts."""
    marked = [i for i in listed.core if listed.name.parts[i].family]
    return marked if len(listed.core) > 1 else []


def telling(part: Part) -> float:
    """How telling a part is, up to 1.0; 0.0 for patronymics and initials, which say little."""
    return 0.0 if part.role in SAY_LITTLE else rarity(part.folded, part.script)


def may_be_pair(listed: Listed) -> bool:
    """Whether a name of one part is written as two words: Nasr Allah, Da Silva, Sheikh Salman."""
    parts = listed.name.parts
    own = parts[listed.core[0]]
    return (
        is_spaceless(own)
        or " " in own.text
        or any(part.role in (Role.TITLE, Role.HONORIFIC) for part in parts)
    )


def words_of(name: Name, own: Sequence[int]) -> Iterator[tuple[Word, int, int]]:
    """The parts of a name that a text may show, and neighbours written as one word.

    Args:
        name: taken apart.
        own: its `core`.

    Yields:
        Each with the first and the last of the parts it is.
    """
    own = [i for i in own if name.parts[i].role is not Role.INITIAL]
    for i in own:
        yield _word(name.parts[i]), i, i
    for i, j in pairwise(own):
        if j == i + 1 and (both := _both(name.parts[i], name.parts[j])):
            yield both, i, j


def _word(part: Part) -> Word:
    return Word(part.folded, part.whole, part.script, joined=False)


def _both(a: Part, b: Part) -> Word | None:
    if a.script is not b.script or a.script in SPACELESS:
        return None
    bound = bind(a.folded, b.folded, a.script)
    return Word(bound or a.folded + b.folded, bound or a.folded + b.whole, a.script, joined=True)
