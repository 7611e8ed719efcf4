"""Spots: places in a text where several parts of one listed name stand together.

Found by looking up each unit once and meeting the listed names of neighbours. A spot is only a
proposal; `watcher.match.judge` decides.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from watcher.match.index import SPACELESS, Hit, Index, bits
from watcher.match.unit import CASED, Gap, Unit, gaps, is_borne, units
from watcher.text import Token, frequency, script_of, tokens

_REACH = 2
"""How many words may stand between two parts of a name in a text: middle names, a nickname."""

_FINAL_YA = re.compile(r"ي\b")
_PREPOSITIONS = frozenset(("على", "إلى", "الى", "وعلى", "وإلى", "والى"))
_GRAMMAR = 0.10
"""A word that a larger share of articles holds is grammar. Chosen on running text."""


class Piece(NamedTuple):
    """A unit of the text taken for a part of a listed name."""

    unit: Unit
    hit: Hit


class Spot(NamedTuple):
    """Units that stand together and may be one listed name; in the order of the text."""

    listed: int
    pieces: tuple[Piece, ...]


class Page(NamedTuple):
    """A text cut up and looked up.

    Attributes:
        text: the text.
        words: its tokens.
        between: what stands behind each token.
        units: those that may be a part of a listed name, by their first token.
    """

    text: str
    words: list[Token]
    between: list[Gap]
    units: list[list[Unit]]


def read(text: str, index: Index) -> Page:
    """Cut a text up and leave the units that may be part of a listed name."""
    words = tokens(text)
    between = gaps(text, words)
    started = units(words, between)
    for place, word in enumerate(words):
        if script_of(word.folded) in SPACELESS:
            started[place].extend(_spaceless(words, place, index))
    cased = any(word.capital for word in words)
    plain = _prepositions(text)
    started = [
        [u for u in here if _may_name(words, u, cased=cased) and not plain(words[u.head])]
        for here in started
    ]
    return Page(text, words, between, started)


def _prepositions(text: str) -> Callable[[Token], bool]:
    """Tells the words على (on) and إلى (to), where a text writes the name Ali otherwise.

    Folding makes one of على and علي. A text that ends words in ي keeps the two apart; one that
    writes ى for both, as much of Egypt does, leaves them to the judgement.
    """
    if not _FINAL_YA.search(text):
        return lambda _: False
    return lambda token: text[token.start : token.end] in _PREPOSITIONS


def _may_name(words: Sequence[Token], unit: Unit, *, cased: bool) -> bool:
    """Whether a unit is written as a name may be.

    With a capital, where its script has them and the text uses them; else no word so common that
    it is grammar, unless people bear it too.
    """
    if cased and unit.script in CASED:
        return words[unit.head].capital or words[unit.last].capital
    return frequency(unit.folded) < _GRAMMAR or is_borne(unit.folded, unit.script)


def _spaceless(words: Sequence[Token], place: int, index: Index) -> Iterator[Unit]:
    """The listed words of a script without spaces that stand in the text from a letter on."""
    for listed in index.spaceless(words[place].folded):
        last = place + len(listed) - 1
        run = words[place : last + 1]
        if "".join(word.folded for word in run) == listed:
            yield Unit(place, last, place, listed, listed, script_of(listed))


def spots(page: Page, index: Index) -> Iterator[Spot]:
    """The places where at least two parts of one listed name stand within reach of each other."""
    met: dict[int, dict[Unit, None]] = {}
    for here in page.units:
        for unit in here:
            ours = index.likely(unit)
            if not ours:
                continue
            for other in _within_reach(page, unit):
                for number in bits(ours & index.likely(other)):
                    if index.hits(unit, number) and index.hits(other, number):
                        met.setdefault(number, {})[unit] = None
                        met[number][other] = None
    for number, run in met.items():
        yield from _runs(page, number, {unit: index.hits(unit, number) for unit in run})


def lone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """The units that may be a listed name of one part, in the order of the text."""
    for here in page.units:
        for unit in here:
            for number, found in index.alone(unit):
                for hit in found:
                    yield number, Piece(unit, hit)


def _within_reach(page: Page, unit: Unit) -> Iterator[Unit]:
    place = unit.last
    for _ in range(_REACH + 1):
        if place + 1 >= len(page.words) or not page.between[place].open:
            return
        place += 1
        yield from page.units[place]


def _runs(page: Page, number: int, hits: dict[Unit, tuple[Hit, ...]]) -> Iterator[Spot]:
    """Part the units of one listed name into runs whose units reach each other, and choose."""
    run: list[Unit] = []
    last = 0
    for unit in sorted(hits, key=lambda unit: (unit.first, unit.last)):
        if run and not _reaches(page, last, unit.first):
            yield from _chosen(number, run, hits)
            run = []
        last = max(last, unit.last) if run else unit.last
        run.append(unit)
    yield from _chosen(number, run, hits)


def _reaches(page: Page, last: int, first: int) -> bool:
    """Whether a name may run from one word to another: over names only, where no capital tells."""
    return (
        first - last <= _REACH + 1
        and all(page.between[place].open for place in range(last, first))
        and all(_may_lie_between(page.words[place]) for place in range(last + 1, first))
    )


def _may_lie_between(word: Token) -> bool:
    script = script_of(word.folded)
    return word.capital if script in CASED else is_borne(word.folded, script)


def _chosen(number: int, run: Sequence[Unit], hits: dict[Unit, tuple[Hit, ...]]) -> Iterator[Spot]:
    """The best pieces of a run: no word and no listed part twice."""
    offers = sorted(
        (Piece(u, hit) for u in run for hit in hits[u] if _may_stand(u, hit, run[0].first)),
        key=lambda p: (-p.hit.score, p.hit.first - p.hit.last, p.unit.first),
    )
    chosen: list[Piece] = []
    for offer in offers:
        if all(_apart(offer, other) for other in chosen):
            chosen.append(offer)
    if len(chosen) > 1:
        chosen.sort(key=lambda p: p.unit.first)
        yield Spot(number, tuple(chosen))


def _may_stand(unit: Unit, hit: Hit, first: int) -> bool:
    """Whether a word may be a part there: only the first word of a name takes a clitic."""
    return not hit.front or unit.first == first or unit.script in CASED


def _apart(one: Piece, other: Piece) -> bool:
    words = one.unit.last < other.unit.first or other.unit.last < one.unit.first
    parts = one.hit.last < other.hit.first or other.hit.last < one.hit.first
    return words and parts
