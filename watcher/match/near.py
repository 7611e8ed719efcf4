"""The words of an article most like the parts of a name, for who asks why it was not found.

Every word is compared with every part, even those that `find` never looks at.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from watcher.match.index import Listed, Use
from watcher.match.mention import Field
from watcher.match.page import Page
from watcher.match.unit import CASED, Unit, units
from watcher.names import Part, Role, likeness
from watcher.text import readings

_NAMES = 6
"""Of an entity with more names the first are enough to see what a text lacks."""
_LEAST = 0.3
"""A word less like a part than this is no answer."""


class Skipped(StrEnum):
    """Why a word is not looked up at all."""

    SMALL = "it has no capital, in a text that uses them"
    GRAMMAR = "it is a word of everyday use"


@dataclass(frozen=True, slots=True, kw_only=True)
class Near:
    """A part of a name, and the word of an article that is most like it.

    Attributes:
        name: the name of the watchlist.
        part: the part as it stands there.
        field: where the word stands; `start` counts code points of that field.
        start: of the word.
        quote: the word; "" if none is at all like the part.
        score: how alike they are, 0.0 to 1.0.
        skipped: why the word is not looked up; None if it is.
    """

    name: str
    part: str
    field: Field = Field.TEXT
    start: int = 0
    quote: str = ""
    score: float = 0.0
    skipped: Skipped | None = None


def nearest(pages: Mapping[Field, Page], listed: Iterable[Listed]) -> tuple[Near, ...]:
    """For each part of some names, the word of the pages that is most like it.

    Of parts that several names share the first name's is told, and only the first names are taken.
    """
    words = [(field, page, unit) for field, page in pages.items() for unit in _each(page)]
    found: dict[str, Near] = {}
    own = (one for one in listed if one.use is not Use.EXCLUDED)
    for one in islice(own, _NAMES):
        for number in one.core:
            part = one.name.parts[number]
            if part.role is not Role.INITIAL and part.folded not in found:
                found[part.folded] = _nearest(one.name.text, part, words)
    return tuple(found.values())


def _each(page: Page) -> Iterator[Unit]:
    """The words of a page, each once."""
    every = (unit for here in units(page.words, page.between) for unit in here)
    return iter({(unit.folded, unit.whole): unit for unit in reversed(list(every))}.values())


def _nearest(name: str, part: Part, words: Sequence[tuple[Field, Page, Unit]]) -> Near:
    ranked = ((_alike(unit, part), -number) for number, (_, _, unit) in enumerate(words))
    score, number = max(ranked, default=(0.0, 0))
    if score < _LEAST:
        return Near(name=name, part=part.text)
    field, page, unit = words[-number]
    start, end = page.words[unit.first].start, page.words[unit.last].end
    return Near(
        name=name,
        part=part.text,
        field=field,
        start=start,
        quote=page.text[start:end],
        score=score,
        skipped=None if unit in page.units[unit.first] else _why(unit),
    )


def _alike(unit: Unit, part: Part) -> float:
    forms = {reading.form for reading in readings(unit.folded, unit.script)} | {unit.whole}
    parts = {part.folded, part.whole}
    return max(likeness(form, unit.script, own, part.script) for form in forms for own in parts)


def _why(unit: Unit) -> Skipped:
    return Skipped.SMALL if unit.script in CASED else Skipped.GRAMMAR
