"""Spots: places in a text where several parts of one listed name stand together.

Found by looking up each unit once and meeting the listed names of neighbours. A spot is only a
proposal; `watcher.match.judge` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from watcher.match.index import Hit, Index
from watcher.match.meet import REACH, runs
from watcher.match.memory import Memory
from watcher.match.page import Page, Run
from watcher.match.unit import CASED, Unit, is_borne
from watcher.match.wanted import Wanted
from watcher.text import Token, script_of


class Piece(NamedTuple):
    """A unit of the text taken for a part of a listed name."""

    unit: Unit
    hit: Hit


class Spot(NamedTuple):
    """Units that stand together and may be one listed name; in the order of the text."""

    listed: int
    pieces: tuple[Piece, ...]


def learn(pages: Iterable[Page], index: Index) -> None:
    """Look up all units of some pages at once, which is much cheaper than one by one."""
    by_memory: dict[Memory, list[Page]] = {}
    for page in pages:
        by_memory.setdefault(page.memory, []).append(page)
    for memory, several in by_memory.items():
        index.learn(memory)
        for page, found in zip(several, runs(several, index), strict=True):
            page.runs.extend(found)


def spots(
    page: Page,
    index: Index,
    wanted: Wanted | None = None,
    around: int | None = None,
) -> Iterator[Spot]:
    """The places where at least two parts of one listed name stand within reach of each other.

    Args:
        page: the text.
        index: the names.
        wanted: the names that are meant, and what a spot must be able to score; None for what
            `learn` found: what reaches its usual bar and may count without support.
        around: of many names, a word in whose stretch alone to look; None for all.
    """
    if wanted is None:
        found: Sequence[Run] = page.runs
    else:
        index.learn(page.memory)
        (found,) = runs((page,), index, wanted, around)
    for listed, together in found:
        yield from _runs(page, listed, together)


def _runs(page: Page, number: int, hits: Mapping[Unit, tuple[Hit, ...]]) -> Iterator[Spot]:
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
        first - last <= REACH + 1
        and all(page.between[place].open for place in range(last, first))
        and all(_may_lie_between(page.words[place]) for place in range(last + 1, first))
    )


def _may_lie_between(word: Token) -> bool:
    script = script_of(word.folded)
    return word.capital if script in CASED else is_borne(word.folded, script)


def _chosen(
    number: int, run: Sequence[Unit], hits: Mapping[Unit, tuple[Hit, ...]]
) -> Iterator[Spot]:
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
