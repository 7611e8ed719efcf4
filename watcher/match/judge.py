"""The careful look at a spot: is this the listed name, and how sure is that?"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from watcher.match.demand import DOUBTFUL, FAINT, VAGUE, WITHOUT_FIRST
from watcher.match.index import Hit, Listed
from watcher.match.listed import family_parts, own_parts, rejoined
from watcher.match.neighbour import is_numbered
from watcher.match.page import Page
from watcher.match.spot import Piece
from watcher.match.stranger import is_stranger
from watcher.match.unit import CASED, Unit, is_borne
from watcher.match.worded import as_written, bare, origin
from watcher.names import Comparison, Kind, Name, Verdict, parse, weigh
from watcher.text import frequency

_CONTRADICTED = 0.88
"""What a contradicted part leaves of it: lists repeat a name with errors, an article does not."""

_SURE = 0.9
"""So much alike must a word be that a larger share of articles than `_OFTEN` hold …"""
_LIKELY = 0.8
"""… and so much another that one in two hundred hold. Chosen on the OFAC list over news."""
_OFTEN = 0.02
_GRAMMAR = 0.05
"""With a capital only a word that more articles hold than this is doubted: But, She, The."""


_REMEMBERED = 1 << 10
"""Comparisons that are remembered: of news one in five is asked for again before so many others."""


class Cost(StrEnum):
    """Why a place of a text is worth less than the comparison of the two names says."""

    COVERAGE = "the words give only a part of the organisation's name"
    ANOTHER = "the words may be another organisation's name, or several names"
    NO_FIRST = "the first name is missing"
    NO_FAMILY = "the family name is missing"
    CONTRADICTED = "a part of the name is another one"
    VAGUE = "the words may well be other words than a name"
    STRANGER = "another given name stands before the one word, or it is no name as it stands"


class Find(NamedTuple):
    """A listed name recognised at a place of a text, before anything else is weighed.

    Attributes:
        listed: the name.
        first: index of its first token.
        last: index of its last token.
        start: code point where it begins, a clitic before it left out.
        end: code point behind it, an ending included.
        quote: the words as they stand in the text.
        comparison: the judgement over the words.
        score: how sure it is, 0.0 to 1.0.
        pieces: the words taken for its parts.
    """

    listed: Listed
    first: int
    last: int
    start: int
    end: int
    quote: str
    comparison: Comparison
    score: float
    pieces: tuple[Piece, ...]

    @property
    def lacking(self) -> int:
        """How many parts of the listed name the words lack."""
        return sum(e.verdict is Verdict.OMITTED for e in self.comparison.evidence)

    @property
    def apart(self) -> int:
        """How many parts only one of the two has, the words or the listed name."""
        one_sided = (Verdict.OMITTED, Verdict.EXTRA)
        return sum(e.verdict in one_sided for e in self.comparison.evidence)


def judge(page: Page, listed: Listed, pieces: tuple[Piece, ...], least: float = 0.0) -> Find:
    """Compare the words of a spot, without their affixes, with the listed name.

    Args:
        page: the text.
        listed: the name.
        pieces: the words.
        least: nobody asks about a lower score: any number below may come back, without evidence.
    """
    pieces = (opened(page, listed, pieces[0]), *pieces[1:])
    first, last = _extent(pieces)
    written = _plain(page, pieces, first, last)
    comparison = as_written(page, pieces, _weighed(listed.name, written, least))
    start = page.words[first].start
    front = pieces[0].hit.front
    if front and pieces[0].unit.head == first:
        start += origin(page, first, front)
    score = comparison.score
    for _, factor in costs(page, listed, pieces, comparison) if score >= least else ():
        score *= factor
    end = page.words[last].end
    return Find(listed, first, last, start, end, page.text[start:end], comparison, score, pieces)


@lru_cache(maxsize=_REMEMBERED)
def _weighed(listed: Name, written: str, least: float) -> Comparison:
    """The comparison of a listed name with words, which many articles write alike."""
    return weigh(listed, rejoined(parse(written, listed.kind)), least=least)


def costs(
    page: Page, listed: Listed, pieces: tuple[Piece, ...], comparison: Comparison
) -> Iterator[tuple[Cost, float]]:
    """What an article must give beyond what a list forgives, where it does not.

    Yields:
        Each with what it leaves of the score, below 1.0; in the order in which they count.
    """
    if listed.entity.kind == Kind.ORGANIZATION:
        covered = coverage(listed, pieces)
        if covered < 1.0:
            yield Cost.COVERAGE, covered
        if _is_another(page, comparison, pieces):
            yield Cost.ANOTHER, VAGUE
        return
    if not gives_first(listed, pieces):
        yield Cost.NO_FIRST, WITHOUT_FIRST
    if not gives_family(listed, pieces):
        yield Cost.NO_FAMILY, VAGUE
    if _has(comparison, Verdict.CONTRADICTED):
        yield Cost.CONTRADICTED, _CONTRADICTED
    if _is_vague(pieces, comparison):
        yield Cost.VAGUE, VAGUE
    if is_stranger(page, listed, pieces[0]):
        yield Cost.STRANGER, VAGUE


def opened(page: Page, listed: Listed, piece: Piece) -> Piece:
    """A piece without a small word before it that the list does not have: "do Wielkiej …"."""
    unit, part = piece.unit, listed.name.parts[piece.hit.first]
    small = unit.script in CASED and not page.words[unit.first].capital
    if unit.first == unit.head or part.whole != part.folded or not small:
        return piece
    spaced = page.text[page.words[unit.head - 1].end : page.words[unit.head].start].isspace()
    return piece._replace(unit=unit._replace(first=unit.head)) if spaced else piece


def _plain(page: Page, pieces: tuple[Piece, ...], first: int, last: int) -> str:
    """The words of a spot as a name would write them."""
    changed = {p.unit.head: p for p in pieces if p.hit.front or p.hit.back}
    found = []
    place = first
    while place <= last:
        word, piece = page.words[place], changed.get(place)
        if piece is None:
            found.append(page.text[word.start : word.end])
        else:
            # Words that make one part are read as one.
            found.append(bare(word, piece.hit))
            place = piece.unit.last
        if place < last:
            between = page.text[page.words[place].end : page.words[place + 1].start]
            found.append(between.replace("\n", " "))
        place += 1
    return "".join(found)


def _extent(pieces: tuple[Piece, ...]) -> tuple[int, int]:
    """The first and the last word of a spot."""
    return pieces[0].unit.first, max(p.unit.last for p in pieces)


def coverage(listed: Listed, pieces: tuple[Piece, ...]) -> float:
    """The share of an organisation's name that the words give, 0.0 to 1.0.

    A person may go by half of a name, an organisation does not: the European Union is not the
    ministry for leaving it.
    """
    own = own_parts(listed)
    given = {i for p in pieces for i in range(p.hit.first, p.hit.last + 1)}
    return len(given.intersection(own)) / len(own)


def _is_another(page: Page, comparison: Comparison, pieces: tuple[Piece, ...]) -> bool:
    """Whether the words are another organisation's, or several: a number, a comma, an own word."""
    first, last = _extent(pieces)
    return (
        is_numbered(page, last)
        or any(page.gap(place).comma for place in range(first, last))
        or _has(comparison, Verdict.EXTRA)
        or _has(comparison, Verdict.CONTRADICTED)
        or any(is_everyday(unit, hit) for unit, hit in pieces)
    )


def gives_family(listed: Listed, pieces: tuple[Piece, ...]) -> bool:
    """Whether the words give a family name, where the list shows which it is."""
    marked = family_parts(listed)
    given = {i for p in pieces for i in range(p.hit.first, p.hit.last + 1)}
    return not marked or not given.isdisjoint(marked)


def gives_first(listed: Listed, pieces: tuple[Piece, ...]) -> bool:
    """Whether the words give a person's first name, or all they have."""
    first = listed.core[0]
    return any(p.hit.first <= first <= p.hit.last for p in pieces)


def _has(comparison: Comparison, verdict: Verdict) -> bool:
    return any(e.verdict is verdict for e in comparison.evidence)


def _is_vague(pieces: tuple[Piece, ...], comparison: Comparison) -> bool:
    """Whether the words may well be other words than a name.

    A doubtful part is carried by the others only if none is left out; where no capital tells, a
    word of everyday use that nobody bears must be very much like the name.
    """
    if len(pieces) == 1:
        return False
    whole = not _has(comparison, Verdict.OMITTED)
    for unit, hit in pieces:
        least = DOUBTFUL if not whole else 0.0 if unit.script in CASED else FAINT
        if hit.score < least or is_everyday(unit, hit):
            return True
    return False


def is_everyday(unit: Unit, hit: Hit) -> bool:
    """Whether a word is commoner in news than it is like the name."""
    often = max(frequency(hit.form), frequency(unit.folded))
    if not often or is_borne(hit.form, unit.script):
        return False
    if unit.script in CASED:
        return often >= _GRAMMAR and hit.score < _LIKELY
    return hit.score < (_SURE if often >= _OFTEN else _LIKELY)
