"""Names of one word, and what shows that the word is somebody else's or no name.

A name of one part counts beside a context word or a whole name of the same person. Even so Mohammed
bin Laden is not the Osama bin Laden of the list, and لدينا, "we have", is no bin Laden.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.match.listed import Listed, core
from watcher.match.neighbour import before
from watcher.match.page import Page
from watcher.match.spot import Piece
from watcher.match.unit import CASED, is_borne
from watcher.names import Kind, Part, likeness, parse, words
from watcher.text import Token, readings, script_of

_TITLES = words("title") | words("honorific")
_SONS = words("son")
_OWN = 0.5
"""A word as alike as this to a part of another listed name of the person is the person's own."""
_GLUED = 0.8
"""A word as alike as this to the name with its particle has the particle in it."""


def is_stranger(page: Page, listed: Listed, piece: Piece) -> bool:
    """Whether a word that is like a person's one-word name is no name of that person.

    Another given name stands before it, or it lacks the word for "son of" where no capital tells.
    """
    if listed.entity.kind != Kind.PERSON or len(listed.core) > 1:
        return False
    return _lacks_son(listed.name.parts[listed.core[0]], piece) or _is_led(page, listed, piece)


def _lacks_son(part: Part, piece: Piece) -> bool:
    unit, hit = piece.unit, piece.hit
    if (
        unit.script in CASED
        or unit.first < unit.head
        or part.text.split()[0].casefold() not in _SONS
    ):
        return False
    return likeness(hit.form, unit.script, part.whole, part.script) < _GLUED


def _is_led(page: Page, listed: Listed, piece: Piece) -> bool:
    """Whether a given name before the word is none of the person's, as far as the list knows."""
    word = before(page, piece.unit.first)
    own = list(_own(listed))
    if word is None or not own or not _is_given(word):
        return False
    script = script_of(word.folded)
    return all(
        likeness(reading.form, script, part.folded, part.script) < _OWN
        for reading in readings(word.folded, script)
        for part in own
    )


def _own(listed: Listed) -> Iterator[Part]:
    """The parts of the person's longer names."""
    for text in listed.entity.names:
        name = parse(text)
        places = core(name)
        if len(places) > 1:
            yield from (name.parts[place] for place in places)


def _is_given(word: Token) -> bool:
    script = script_of(word.folded)
    if word.folded in _TITLES or (script in CASED and not word.capital):
        return False
    return any(is_borne(reading.form, script) for reading in readings(word.folded, script))
