"""Names too common or too short to count by themselves: they need a context word or a full name.

Even the exact aliases of official lists flood an analyst with "the American", "Stream" and Muhammad
Ali; none of these says by itself who is meant.
"""

from __future__ import annotations

from watcher.match.index import SPACELESS, Use
from watcher.match.judge import Find
from watcher.match.spot import Page
from watcher.match.unit import CASED, is_borne
from watcher.names import Kind, Role, rarity
from watcher.text import frequency

_COMMON = 1.1
"""A person's name of which the given parts say less than this together is borne by many. Chosen on
the hand-made traps of the UK list and on running text (see benchmarks/)."""
_LETTERS = 6
"""An organisation's one word, if it is not spelled as listed, must have so many letters and a
capital …"""
_SURE = 0.85
"""… and be as alike to the listed word as this."""
_OFTEN = 0.05
"""A name that more articles hold than this is more often something else: Russia, not the bank."""
_LEAST_LETTERS = 4
_SAY_LITTLE = frozenset((Role.INITIAL, Role.PATRONYMIC))


def is_weak(page: Page, found: Find) -> bool:
    """Whether a name needs support to count where it was found."""
    listed = found.listed
    if listed.use is Use.WEAK or _is_handle(listed.name.text):
        return True
    if listed.entity.kind == Kind.PERSON:
        return _is_weak_person(found)
    return _is_weak_organisation(page, found)


def _is_handle(text: str) -> bool:
    """Whether a name is one that people give themselves online, such as blade_runner."""
    return "_" in text or any(letter.isdigit() for letter in text)


def _is_weak_person(found: Find) -> bool:
    """One word (in scripts without spaces a whole name is one), or common names only."""
    listed = found.listed
    if len(listed.core) == 1:
        return listed.name.parts[listed.core[0]].script not in SPACELESS
    told = [
        (part, piece)
        for piece in found.pieces
        if (part := listed.name.parts[piece.hit.first]).role not in _SAY_LITTLE
    ]
    # A strange spelling makes a common name seem rare, so both sides are heard.
    as_listed = sum(rarity(part.folded, part.script) for part, _ in told)
    as_seen = sum(rarity(piece.hit.form, piece.unit.script) for _, piece in told)
    return (as_listed + as_seen) / 2 < _COMMON


def _is_weak_organisation(page: Page, found: Find) -> bool:
    forms = [piece.hit.form for piece in found.pieces]
    if sum(map(len, forms)) < _LEAST_LETTERS:
        return True
    if len(found.pieces) > 1:
        return all(frequency(form) > 0 for form in forms) and not _is_as_listed(found)
    if _goes_on(page, found):
        return True
    (form,) = forms
    unit, hit = found.pieces[0]
    if _is_as_listed(found):
        return unit.script in CASED and _is_known(form)
    return (
        unit.script not in CASED
        or len(form) < _LETTERS
        or hit.score < _SURE
        or _is_known(form)
        or is_borne(form, unit.script)
    )


def _is_known(form: str) -> bool:
    """Whether a word is common, or names something that news often speak of (Russia, Freedom)."""
    return frequency(form) > 0 or frequency(form, capital=True) >= _OFTEN


def _is_as_listed(found: Find) -> bool:
    """Whether the words are spelled as the list spells them."""
    parts = found.listed.name.parts
    return all(p.hit.form == parts[p.hit.first].folded for p in found.pieces)


def _goes_on(page: Page, found: Find) -> bool:
    """Whether a name of one word has a capital beside it, so that it is half of another name."""
    if found.pieces[0].unit.script not in CASED:
        return False
    before, after = found.first - 1, found.last + 1
    left = before > 0 and page.between[before].open and page.between[before - 1].open
    right = after < len(page.words) and page.between[found.last].open
    return (left and page.words[before].capital) or (right and page.words[after].capital)
