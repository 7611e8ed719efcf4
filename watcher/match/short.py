"""Short forms: a surname alone, in an article that has introduced the person.

An article spells a name one way, so the surname alone must stand as the full name spelled it, but
for clitics and endings: كان is like Qaani, yet no short form where the article wrote قاآني. Where
another given name stands beside it, the surname is somebody else's, and so it stays until the
person is named again. Where two people of one surname were introduced, it belongs to the one named
last. Listed short forms also count beside a context word.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from watcher.match.index import Hit, Index, Listed
from watcher.match.judge import Find, judge
from watcher.match.page import Page
from watcher.match.single import lone
from watcher.match.spot import Piece
from watcher.match.unit import CASED, Unit
from watcher.match.whose import Bearer, Claim, claim
from watcher.names import Evidence, Kind, Verdict
from watcher.text import Reading, Script, frequency, readings, script_of, tokens

_ALIKE = 0.8
"""A word less alike than this to a listed short form is none. Chosen on running text."""
_WORTH = 0.97
"""What a short form is worth, against the whole name elsewhere in the article."""
_BY_CONTEXT = 0.75
"""What a context word beside a listed short form is worth, and …"""
_BY_SPELLING = 0.2
"""… what its spelling adds at best: never as sure as the whole name."""
_COMMON = 0.02
"""A word that a larger share of articles holds stands for no person, where no capital tells."""
_LETTERS = 3
"""A shorter word stands for no person either, where no capital tells."""
_NEVER = (False, -1)
_COUNTS = (Claim.OWN, Claim.FREE)


class Refusal(StrEnum):
    """Why a part of a name that stands alone does not count for the entity."""

    UNLIKE = "the word is not enough like the short form"
    EVERYDAY = "it is a word of everyday use"
    TAKEN = "it stands inside a whole name"
    DOUBTFUL = Claim.DOUBTFUL.value
    ANOTHER = Claim.ANOTHER.value
    STRANGER = "somebody else of this name was named since the full name"
    ALONE = "neither a full name nor a context word stands in the article"
    SPELLED = "the article spells the full name otherwise"


_REFUSED = {Claim.DOUBTFUL: Refusal.DOUBTFUL, Claim.ANOTHER: Refusal.ANOTHER}


class Alone(NamedTuple):
    """A part of an introduced name that stands alone.

    Attributes:
        listed: the name.
        piece: the word taken for the part.
        known: who was introduced.
        refusal: why it does not count; None if it does.
    """

    listed: Listed
    piece: Piece
    known: Introduced
    refusal: Refusal | None


class Introduced(NamedTuple):
    """How an article introduced an entity.

    Attributes:
        find: its surest whole name.
        scripts: the scripts that its whole names stand in.
        parts: by the spelling of a part in the article, with and without affixes, the listed name
            and the part of it.
        places: where its whole names begin: field and code point, rising.
        words: all words of its whole names, with and without affixes.
    """

    find: Find
    scripts: frozenset[Script]
    parts: Mapping[str, tuple[Listed, Hit]]
    places: tuple[tuple[bool, int], ...]
    words: frozenset[str]

    def bearer(self, form: str) -> Bearer:
        """What the words beside a part must be held against."""
        listed, hit = self.parts[form]
        return Bearer(hit.last == _family(listed), self.words)


def introduce(finds: Iterable[tuple[bool, Find]]) -> dict[str, Introduced]:
    """By entity, what its whole names in an article introduce.

    Args:
        finds: the whole names, each with whether it stands in the text (or the title).
    """
    by_entity: dict[str, list[tuple[bool, Find]]] = {}
    for in_text, found in finds:
        by_entity.setdefault(found.listed.entity.id, []).append((in_text, found))
    return {entity: _introduced(found) for entity, found in by_entity.items()}


def _introduced(finds: list[tuple[bool, Find]]) -> Introduced:
    pieces = [(found.listed, piece) for _, found in finds for piece in found.pieces]
    return Introduced(
        max((found for _, found in finds), key=lambda found: found.score),
        frozenset(piece.unit.script for _, piece in pieces),
        {
            form: (listed, piece.hit)
            for listed, piece in pieces
            if _stands_alone(listed, piece)
            for form in _forms(piece)
        },
        tuple(sorted((in_text, found.start) for in_text, found in finds)),
        frozenset(
            reading.form
            for quote in {found.quote for _, found in finds}
            for token in tokens(quote)
            for reading in readings(token.folded, script_of(token.folded))
        ),
    )


def _stands_alone(listed: Listed, piece: Piece) -> bool:
    """Whether a part of a name may stand for it: the surname; any part where capitals tell."""
    if listed.entity.kind != Kind.PERSON or len(listed.core) < 2:
        return False
    return piece.unit.script in CASED or piece.hit.last == _family(listed)


def _family(listed: Listed) -> int:
    """Which part is the family name: as marked, else the last."""
    marked = [i for i in listed.core if listed.name.parts[i].family]
    return marked[-1] if marked else listed.core[-1]


def _forms(piece: Piece) -> set[str]:
    """A word with and without its affixes, and as it was compared."""
    unit = piece.unit
    return {reading.form for reading in readings(unit.folded, unit.script)} | {piece.hit.form}


def surnames(
    page: Page, introduced: Mapping[str, Introduced], taken: AbstractSet[int], *, in_text: bool
) -> Iterator[tuple[Find, Evidence]]:
    """Parts of introduced names standing alone, each with where the whole name stands.

    Args:
        page: the text.
        introduced: by entity, how the article introduced it.
        taken: the words that whole names hold.
        in_text: whether the page is the text (or the title).
    """
    for found in standing(page, introduced, taken, in_text=in_text):
        if found.refusal is None:
            yield _short(page, found.listed, found.piece, found.known)


def standing(
    page: Page, introduced: Mapping[str, Introduced], taken: AbstractSet[int], *, in_text: bool
) -> Iterator[Alone]:
    """Parts of introduced names standing alone, whether or not they count; as for `surnames`."""
    bearers: dict[str, list[Introduced]] = {}
    for known in introduced.values():
        for form in known.parts:
            bearers.setdefault(form, []).append(known)
    if not bearers:
        return
    strangers: dict[str, tuple[bool, int]] = {}
    for unit, reading in _offers(page, bearers, taken):
        form, place = reading.form, (in_text, page.words[unit.first].start)
        known = _last_named(bearers[form], place)
        whose = claim(page, unit, known.bearer(form), taken, partial(_is_family, bearers))
        if whose is Claim.ANOTHER:
            strangers[form] = place
        elif whose is Claim.OWN:
            strangers.pop(form, None)
        why = _REFUSED.get(whose)
        if why is None and strangers.get(form, _NEVER) > _last_place(known.places, place):
            why = Refusal.STRANGER
        listed, hit = known.parts[form]
        hit = hit._replace(form=form, front=reading.front, back=reading.back)
        yield Alone(listed, Piece(_bare(unit, listed, hit), hit), known, why)


def _bare(unit: Unit, listed: Listed, hit: Hit) -> Unit:
    """A word without the particle before it, unless the listed name has one: "do Putina", "the"."""
    part = listed.name.parts[hit.first]
    return unit if part.whole != part.folded else unit._replace(first=unit.head)


def _offers(
    page: Page, forms: Container[str], taken: AbstractSet[int]
) -> Iterator[tuple[Unit, Reading]]:
    """The units outside whole names that may be one of the forms, each in its first such reading.

    An everyday word is none, nor what is left of one without its affixes.
    """
    for place, number in enumerate(page.numbers.tolist()):
        folded, _, script = page.memory.units[number]
        reading = next((way for way in readings(folded, script) if way.form in forms), None)
        if reading is None:
            continue
        unit = page.unit(place)
        if not taken.isdisjoint(range(unit.first, unit.last + 1)):
            continue
        if not (is_everyday(unit.folded, unit.script) or is_everyday(reading.form, unit.script)):
            yield unit, reading


def _is_family(bearers: Mapping[str, list[Introduced]], form: str) -> bool:
    """Whether a form is the surname of anybody introduced."""
    return any(known.bearer(form).family for known in bearers.get(form, ()))


def is_everyday(word: str, script: Script) -> bool:
    """Whether a word stands for no person alone, where no capital tells."""
    return script not in CASED and (len(word) < _LETTERS or frequency(word) >= _COMMON)


def _last_named(bearers: list[Introduced], place: tuple[bool, int]) -> Introduced:
    """Of those who bear a name, the one whom the article named last before a place."""
    return max(bearers, key=lambda known: _last_place(known.places, place))


def _last_place(places: Sequence[tuple[bool, int]], before: tuple[bool, int]) -> tuple[bool, int]:
    at = bisect_left(places, before)
    return places[at - 1] if at else _NEVER


def _short(page: Page, listed: Listed, piece: Piece, known: Introduced) -> tuple[Find, Evidence]:
    found = judge(page, listed, (piece,))
    full = known.find
    note = Evidence(verdict=Verdict.SHORT, part=full.listed.name.text, found=full.quote)
    return found._replace(score=full.score * _WORTH), note


def nicknames(
    page: Page,
    index: Index,
    introduced: Mapping[str, Introduced],
    context: Mapping[str, str],
    taken: AbstractSet[int],
) -> Iterator[tuple[Find, Evidence]]:
    """Listed short forms of one word, beside the whole name or a context word."""
    names = {
        number
        for entity in introduced.keys() | context.keys()
        for number in index.names_of(entity)
        if index.short[number]
    }
    for number, piece in lone(page, index, names) if names else ():
        listed = index.listed[number]
        entity = listed.entity.id
        known = introduced.get(entity)
        if refusal(page, piece, known, taken, backed=entity in context):
            continue
        if known is not None:
            yield _short(page, listed, piece, known)
        else:
            note = Evidence(verdict=Verdict.CONTEXT, found=context[entity])
            found = judge(page, listed, (piece,))
            yield found._replace(score=_BY_CONTEXT + _BY_SPELLING * piece.hit.score), note


def refusal(
    page: Page,
    piece: Piece,
    known: Introduced | None,
    taken: AbstractSet[int],
    *,
    backed: bool,
) -> Refusal | None:
    """Why a listed short form does not count where it stands; None if it does.

    Args:
        page: the text.
        piece: the word taken for it.
        known: how the article introduced the entity; None if it did not.
        taken: the words that whole names hold.
        backed: whether the article holds a context word of the entity.
    """
    unit, hit = piece
    if hit.score < _ALIKE:
        return Refusal.UNLIKE
    if is_everyday(hit.form, unit.script):
        return Refusal.EVERYDAY
    if not taken.isdisjoint(range(unit.first, unit.last + 1)):
        return Refusal.TAKEN
    bearer = Bearer(family=True, words=known.words if known else frozenset())
    whose = claim(page, unit, bearer, taken, lambda _: False)
    if whose not in _COUNTS:
        return _REFUSED[whose]
    if known is None:
        return None if backed else Refusal.ALONE
    # In a script of a full name `surnames` has taken what is spelled as there.
    return Refusal.SPELLED if unit.script in known.scripts else None
