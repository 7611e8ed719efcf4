"""Words taken for the parts of names in arrays: the same as taken one by one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations

import numpy as np
import pytest
from hypothesis import example, given

from tests.match.test_whole import INDEX, LINES, LOW, WORDS
from watcher import Watchlist
from watcher.match import Index, compile_index
from watcher.match.flow import REACH
from watcher.match.index import Hit
from watcher.match.lexicon import HIT
from watcher.match.page import Page
from watcher.match.reader import read
from watcher.match.spot import Piece, Spot, spots
from watcher.match.unit import CASED, Unit, is_borne
from watcher.match.wanted import evenly
from watcher.text import Token, script_of
from watcher.watchlist.entity import Entity


def every(page: Page, index: Index) -> list[Spot]:
    """The spots of all names."""
    return list(spots(page, index, evenly(np.ones(len(index.listed), bool), 0.0)))


def plain_spots(page: Page, index: Index) -> list[Spot]:
    """The spots of a page, told name by name."""
    found = []
    for name, hits in _hits(page, index).items():
        for units in _together(page, sorted(hits)):
            pairs = [pair for pair in combinations(units, 2) if _are_near(page, *pair)]
            if pairs:
                own = {page.unit(p): hits[p] for p in sorted(set(chain.from_iterable(pairs)))}
                found.append((pairs[0], name, list(_parted(page, name, own))))
    return [spot for *_, several in sorted(found) for spot in several]


def _together(page: Page, units: Sequence[int]) -> Iterator[list[int]]:
    """The units that stand together, whatever lies between."""
    run: list[int] = []
    for place in units:
        last = max((page.unit(other) for other in run), key=lambda u: u.last, default=None)
        if last and not _runs_on(page, last.last, page.unit(place).first):
            yield run
            run = []
        run.append(place)
    yield run


def _hits(page: Page, index: Index) -> dict[int, dict[int, list[Hit]]]:
    index.learn(page.memory)
    units, rows = page.memory.rows_of(page.numbers)
    index.tell(page.memory, rows)
    back, entries = index.held.of(page.memory.words.array[rows])
    lines = zip(units[back].tolist(), entries.tolist(), rows[back].tolist(), strict=True)
    by_name: dict[int, dict[int, list[Hit]]] = defaultdict(lambda: defaultdict(list))
    for unit, entry, row in sorted(lines):
        hits = by_name[int(index.entries.names[entry])][unit]
        hit = index.hit(page.memory, row, entry)
        hits.extend([hit] if hit.score >= HIT else [])
    return by_name


def _are_near(page: Page, one: int, two: int) -> bool:
    last, first = page.unit(one).last, page.unit(two).first
    return first > last and _runs_on(page, last, first)


def _runs_on(page: Page, last: int, first: int) -> bool:
    return first - last <= REACH + 1 and _is_open(page, last, first)


def _is_open(page: Page, last: int, first: int) -> bool:
    return all(page.between[place].open for place in range(last, first))


def _parted(page: Page, number: int, hits: Mapping[Unit, Sequence[Hit]]) -> Iterator[Spot]:
    """The spots of units that stand together: what lies between may part them."""
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
    between = (page.words[place] for place in range(last + 1, first))
    return _runs_on(page, last, first) and all(map(_may_lie_between, between))


def _may_lie_between(word: Token) -> bool:
    script = script_of(word.folded)
    return word.capital if script in CASED else is_borne(word.folded, script)


def _chosen(number: int, run: Sequence[Unit], hits: Mapping[Unit, Sequence[Hit]]) -> Iterator[Spot]:
    offers = sorted(
        (
            Piece(unit, hit)
            for unit in run
            for hit in hits[unit]
            if not hit.front or unit.first == run[0].first or unit.script in CASED
        ),
        key=lambda p: (-p.hit.score, p.hit.first - p.hit.last, p.unit.first),
    )
    chosen: list[Piece] = []
    for offer in offers:
        if all(_apart(offer, other) for other in chosen):
            chosen.append(offer)
    if len(chosen) > 1:
        yield Spot(number, tuple(sorted(chosen, key=lambda p: p.unit.first)))


def _apart(one: Piece, other: Piece) -> bool:
    words = one.unit.last < other.unit.first or other.unit.last < one.unit.first
    parts = one.hit.last < other.hit.first or other.hit.last < one.hit.first
    return words and parts


@pytest.mark.parametrize("index", [INDEX, LOW])
@example(WORDS)
@example(["Hajj", "Qasem", "Qasem", "bin", "Ali", "Soleimani", "Hajj"] * 3)
@given(LINES)
def test_any_words_are_taken_as_if_one_by_one(index: Index, words: list[str]) -> None:
    page = read(" ".join(words), index)

    assert every(page, index) == plain_spots(page, index)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("Qasem Soleimani", "Qasem Qasem Soleimani", ["qasem", "soleimani"]),
        ("Qasem Soleimani", "Qasem and Soleimani", []),
        ("Qasem Soleimani", "Qasem And Soleimani", ["qasem", "soleimani"]),
        ("Qasem Soleimani", "قاسم محمد سليماني", ["قاسم", "سليماني"]),
        ("Qasem Soleimani", "قاسم يوم سليماني", []),
        ("Qasem Soleimani", "سليماني وقاسم", []),
        ("Qasem Soleimani", "وقاسم سليماني", ["وقاسم", "سليماني"]),
        ("Nasr Allah Hassan", "Hassan Nasrallah", ["hassan", "nasrallah"]),
        ("Ali Ali", "Ali Ali", ["ali", "ali"]),
        ("Ali Ali", "Ali said", []),
    ],
)
def test_no_word_and_no_part_is_taken_twice(name: str, text: str, words: list[str]) -> None:
    index = compile_index(Watchlist((Entity(id="it", names=(name,)),)))
    page = read(text, index)

    found = every(page, index)

    assert found == plain_spots(page, index)
    assert [piece.unit.folded for spot in found for piece in spot.pieces] == words
