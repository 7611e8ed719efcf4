"""Names too common or too short to count by themselves: they need a context word or a full name.

Even the exact aliases of official lists flood an analyst with "the American", "Stream" and Muhammad
Ali; none of these says by itself who is meant.
"""

from __future__ import annotations

from enum import StrEnum

from watcher.match.crowd import stands_out, told
from watcher.match.demand import CLOSE
from watcher.match.index import Use
from watcher.match.judge import Find
from watcher.match.listed import is_handle, is_spaceless
from watcher.match.neighbour import before, behind, may_be_name
from watcher.match.page import Page
from watcher.match.pair import could_pair, is_pair
from watcher.match.sign import MANY, common
from watcher.match.spot import Piece
from watcher.match.unit import CASED, is_borne, is_spoken_of
from watcher.names import Kind, Part, canon, words
from watcher.text import frequency, script_of

_LETTERS = 6
"""An organisation's one word, if it is not spelled as listed, must have so many letters and a
capital …"""
_SURE = 0.85
"""… and be as alike to the listed word as this."""
_ARTICLES = ("al", "el")
_OPENS_ARTICLE = frozenset("aeаэеأاא")
_OFTEN = 0.05
"""A name that more articles hold than this is more often something else: Russia, not the bank."""
_LEAST_LETTERS = 4
_WORDS = 2
"""Of a name of several parts so many have more than a letter, or it is hardly one."""
_GENERIC = words("generic")
_WHERE = frozenset(
    (
        *("in", "at", "near", "from", "into", "across", "around", "outside"),
        *("в", "во", "из", "под", "около", "возле", "близ", "у", "від", "із", "край"),
        *("w", "we", "z", "ze", "v", "ve", "iz", "im", "aus", "nach", "en", "dans", "à"),
    )
)
"""Prepositions of place; behind them a word of a long list is a place more often than not."""


class Weakness(StrEnum):
    """Why a name needs support to count where it was found."""

    LISTED = "the watchlist calls the name weak"
    HANDLE = "it is a name that people give themselves online"
    COMMON = "many people have names like it"
    CROWD = "in a list so long, words like these may well be somebody else's name"
    ONE = "it is one word of a person's name"
    PHRASE = "its words may be other words than the organisation's name"
    WORD = "its one word may be another word than the organisation's name"
    GIVEN = "its one word is somebody's given name in the article"


def weakness(page: Page, found: Find, names: int) -> Weakness | None:
    """Why a name needs support to count where it was found; None if it needs none.

    Args:
        page: the text.
        found: the words and the name.
        names: how many names the list holds.
    """
    listed = found.listed
    if listed.use is Use.WEAK:
        return Weakness.LISTED
    if is_handle(listed.name.text):
        return Weakness.HANDLE
    if listed.entity.kind == Kind.PERSON:
        return _weak_person(page, found, names)
    if len(found.pieces) > 1:
        return Weakness.PHRASE if _is_weak_phrase(page, found, names) else None
    weak = _is_weak_word(found) or (not _is_as_listed(found) and _goes_on(page, found))
    # Somebody chose each name of a short list; a long one has ships called Snow and Patriot.
    weak = weak or (names >= MANY and (_goes_on(page, found) or _is_where(page, found)))
    return Weakness.WORD if weak else None


def is_weak(page: Page, found: Find, names: int) -> bool:
    """Whether a name needs support to count where it was found; as for `weakness`."""
    return weakness(page, found, names) is not None


def may_tell(page: Page, found: Find, names: int) -> bool:
    """Whether a name of one part may count without support, so far as this one part tells.

    The same for all persons and for all organisations that have it and may count at all.
    """
    if found.listed.entity.kind != Kind.PERSON:
        return not is_weak(page, found, names)
    part = found.listed.name.parts[found.pieces[0].hit.first]
    return is_spaceless(part) or could_pair(page, found)


def _weak_person(page: Page, found: Find, names: int) -> Weakness | None:
    """One word (in scripts without spaces a whole name is one), or not enough for such a list."""
    listed = found.listed
    if len(listed.core) > 1:
        if told(found) < common(names):
            return Weakness.COMMON
        return None if stands_out(page, found, names) else Weakness.CROWD
    if is_spaceless(listed.name.parts[listed.core[0]]):
        return None
    if not is_pair(page, found):
        return Weakness.ONE
    return None if stands_out(page, found, names) else Weakness.CROWD


def _is_weak_phrase(page: Page, found: Find, names: int) -> bool:
    """Whether an organisation's words may be other words."""
    forms = [piece.hit.form for piece in found.pieces]
    if sum(len(form) > 1 for form in forms) < _WORDS:
        # ISIS-K is nobody else; of a long list's Sea B and Star 5 that is not so sure.
        doubted = names >= MANY or sum(map(len, forms)) < _LEAST_LETTERS
        return doubted or not _is_as_listed(found) or any(map(_is_known, forms))
    if found.lacking:
        # The South East is no movement, and Iran's Foreign Minister no Foreign Investment Company.
        return not _is_as_listed(found) or all(map(is_spoken_of, forms)) or _goes_on(page, found)
    if _is_turned(found) and min(piece.hit.score for piece in found.pieces) < CLOSE:
        return True
    common = all(frequency(form) > 0 for form in forms)
    return (common and not _is_as_listed(found)) or found.score < CLOSE


def _is_turned(found: Find) -> bool:
    places = [piece.hit.first for piece in found.pieces]
    return places != sorted(places)


def is_weak_anywhere(found: Find) -> bool:
    """Whether the one word of a name that may count alone needs support wherever it stands."""
    return found.listed.entity.kind != Kind.PERSON and _is_weak_word(found)


def _is_weak_word(found: Find) -> bool:
    """An organisation's one word that is common, short or spelled otherwise."""
    (piece,) = found.pieces
    unit, (form, score) = piece.unit, (piece.hit.form, piece.hit.score)
    if len(form) < _LEAST_LETTERS or form in _GENERIC:
        return True
    if _is_as_listed(found):
        doubted = _is_known(form) or _is_bent(piece) or is_borne(form, unit.script)
        return unit.script in CASED and doubted
    # In the script of the list another spelling is another word: Golsan is not Jolson.
    return (
        unit.script not in CASED
        or not _crosses(found)
        or _sheds_article(found)
        or len(form) < _LETTERS
        or score < _SURE
        or _is_known(form)
        or is_borne(form, unit.script)
    )


def _is_where(page: Page, found: Find) -> bool:
    """Whether a word says where: in Devon, в Казани; ships are called after towns and woods.

    Of a word that news use as a name (w Gazpromie) the list of common ones tells more.
    """
    word = before(page, found.first)
    spoken = frequency(found.pieces[0].hit.form, capital=True) > 0
    return not spoken and word is not None and not word.capital and word.folded in _WHERE


def _is_bent(piece: Piece) -> bool:
    """Whether a word is the listed one only without an ending, and may be a word of its own."""
    unit, hit = piece.unit, piece.hit
    bent = hit.form != unit.folded
    return bent and (len(hit.form) < _LETTERS or frequency(unit.folded) > 0)


def _sheds_article(found: Find) -> bool:
    """Whether a word is alike only if the name's own first letters are an article: Alitalia."""
    (piece,) = found.pieces
    listed = found.listed.name.parts[piece.hit.first].folded
    return listed.startswith(_ARTICLES) and piece.hit.form[0] not in _OPENS_ARTICLE


def _crosses(found: Find) -> bool:
    """Whether the one word stands in another script than the list's."""
    (piece,) = found.pieces
    return found.listed.name.parts[piece.hit.first].script is not piece.unit.script


def _is_known(form: str) -> bool:
    """Whether a word is common, or names something that news often speak of (Russia, Freedom)."""
    return frequency(form) > 0 or frequency(form, capital=True) >= _OFTEN


def _is_as_listed(found: Find) -> bool:
    """Whether the words are spelled as the list spells them."""
    parts = found.listed.name.parts
    return all(is_spelled(parts[p.hit.first], p) for p in found.pieces)


def is_spelled(part: Part, piece: Piece) -> bool:
    """Whether a word is spelled as a listed part, but for how a compound is joined (Hezbollah)."""
    return canon(piece.hit.form, piece.unit.script) == part.folded


def is_given(page: Page, found: Find) -> bool:
    """Whether an organisation's one word is somebody's given name: a family name stands behind."""
    if len(found.pieces) > 1 or found.listed.entity.kind == Kind.PERSON:
        return False
    (piece,) = found.pieces
    bent = piece.hit.form != piece.unit.folded
    if bent and _is_as_listed(found) and not is_borne(piece.hit.form, piece.unit.script):
        return False  # Глава Газпрома Алексей Миллер: who follows stands in another case
    word = behind(page, found.last)
    return may_be_name(word) and word is not None and is_borne(word.folded, script_of(word.folded))


def _goes_on(page: Page, found: Find) -> bool:
    """Whether a capital beside the words makes them half of another name."""
    if found.pieces[0].unit.script not in CASED:
        return False
    word = before(page, found.first)
    opens = found.first < 2 or not page.gap(found.first - 2).open
    return may_be_name(behind(page, found.last)) or (not opens and may_be_name(word))
