"""Names of one part that are written as two words: Nasr Allah, Abu Zayd, bin Laden, Sheikh Salman.

One word alone is never enough. Two are more than one where both the list and the text write two:
a compound, a surname with its particle, a name with its title. They count alone if the telling one
is rare and no other name stands beside them; Osama bin Laden and Abu Hamza al-Masri are others, as
far as this name says.
"""

from __future__ import annotations

from functools import lru_cache

from watcher.match.judge import Find
from watcher.match.page import Page
from watcher.match.unit import CASED, FREE, is_borne
from watcher.names import Part, Role, likeness, rarity, words
from watcher.text import Token, frequency, readings, script_of

_TITLES = words("title") | words("honorific")
_OF = words("son") | frozenset(
    (
        *("de", "da", "di", "do", "du", "des", "dos", "das", "del", "della", "dello"),
        *("van", "von", "der", "den", "ter", "ten", "zu", "zum", "zur"),
        *("де", "да", "ди", "дю", "дель", "ван", "фон", "дер", "ден"),
        *("دي", "دو", "دا", "ديل", "دل", "دير", "فان", "فون"),
        *("דה", "די", "דל", "דר", "ואן", "פון", "ון"),
    )
)
"""Particles of surnames. An article makes a nickname (The Doctor, El Loco) or says where from."""
_RARE = 0.7
"""A part less rare than this (of both spellings the mean) is borne by too many. Chosen on running
text and on the traps of the UK list: Abdul Rahman and Abu Bakr stay weak."""
_ALIKE = 0.5
"""A title less alike than this to the listed one is another title."""
_OFTEN = 0.02
"""A word with the article that a larger share of articles hold is no surname: second, last."""


def is_pair(page: Page, found: Find) -> bool:
    """Whether a name of one part is given as two words, and tells enough to count alone."""
    if not _tells(found):
        return False
    parts = found.listed.name.parts
    if " " in parts[found.pieces[0].hit.first].text and _is_two(page, found):
        return _is_alone(page, found.first, found.last)
    asides = [p for p in parts if p.role in (Role.TITLE, Role.HONORIFIC)]
    for place in _sides(page, found.first, found.last) if asides else ():
        if _is_title(page.words[place], asides):
            return _is_alone(page, min(place, found.first), max(place, found.last))
    return False


def could_pair(page: Page, found: Find) -> bool:
    """Whether a name of one part may be given as two words, so far as this one part tells.

    The same for all names that have it, which may be many in a long list.
    """
    if not _tells(found):
        return False
    return found.last > found.first or has_title(page, found.first, found.last)


def has_title(page: Page, first: int, last: int) -> bool:
    """Whether a title stands beside words, from the first to the last."""
    return any(_titles(page.words[place].folded) for place in _sides(page, first, last))


def _tells(found: Find) -> bool:
    """Whether a part and what the text has for it are rare enough."""
    (piece,) = found.pieces
    part = found.listed.name.parts[piece.hit.first]
    seen = rarity(piece.hit.form, piece.unit.script)
    return (rarity(part.folded, part.script) + seen) / 2 >= _RARE


def _sides(page: Page, first: int, last: int) -> list[int]:
    """The places beside words, from the first to the last, that a name may run on to."""
    return [place for place in (first - 1, last + 1) if _joins(page, place, last)]


def _is_two(page: Page, found: Find) -> bool:
    """Whether the text gives a compound of two words, or a surname with its particle."""
    (piece,) = found.pieces
    compound = piece.unit.head == piece.unit.first
    return found.last > found.first and (compound or page.words[found.first].folded in _OF)


def _joins(page: Page, place: int, last: int) -> bool:
    """Whether a place is in the text, and a name may run from it to words beside it."""
    return 0 <= place < len(page.words) and _is_open(page, min(place, last))


def _is_open(page: Page, gap: int) -> bool:
    return page.gap(gap) is FREE


def _is_title(word: Token, asides: list[Part]) -> bool:
    script = script_of(word.folded)
    return any(
        likeness(form, script, p.folded, p.script) >= _ALIKE
        for form in _titles(word.folded)
        for p in asides
    )


@lru_cache(maxsize=1 << 12)
def _titles(folded: str) -> tuple[str, ...]:
    """The titles that a word may be."""
    found = (reading.form for reading in readings(folded, script_of(folded)))
    return tuple(form for form in found if form in _TITLES)


def _is_alone(page: Page, first: int, last: int) -> bool:
    """Whether no other name stands beside the words."""
    before = first > 0 and _is_open(page, first - 1) and _is_name(page.words[first - 1])
    return not before and not (_is_open(page, last) and _goes_on(page.words[last + 1]))


def _is_name(word: Token) -> bool:
    script = script_of(word.folded)
    if script in CASED:
        return word.capital and word.folded not in _TITLES
    return any(is_borne(reading.form, script) for reading in readings(word.folded, script))


def _goes_on(word: Token) -> bool:
    """Whether a word behind a name may be more of it; where no capital tells, al-Masri is."""
    folded = word.folded
    nisba = folded.startswith("ال") and folded.endswith("ي") and frequency(folded) < _OFTEN
    return nisba or _is_name(word)
