"""Spots: places in a text where several parts of one listed name stand together.

Found by looking up each unit once and meeting the listed names of neighbours. A spot is only a
proposal; `watcher.match.judge` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from watcher.match.index import Hit, Index
from watcher.match.meet import runs
from watcher.match.memory import Memory
from watcher.match.page import Page, Run
from watcher.match.unit import Unit
from watcher.match.wanted import Wanted


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
    chains: AbstractSet[int] | None = None,
) -> Iterator[Spot]:
    """The places where at least two parts of one listed name stand within reach of each other.

    Args:
        page: the text.
        index: the names.
        wanted: the names that are meant, and what a spot must be able to score; None for what
            `learn` found: what reaches its usual bar and may count without support.
        chains: of many names, the chains of units in which alone to look; None for all.
    """
    if wanted is None:
        found: Sequence[Run] = page.runs
    else:
        index.learn(page.memory)
        (found,) = runs((page,), index, wanted, chains)
    return (Spot(run.listed, _pieces(page, index, run)) for run in found)


def _pieces(page: Page, index: Index, run: Run) -> tuple[Piece, ...]:
    return tuple(
        Piece(page.unit(place), index.hit(page.memory, row, entry))
        for place, row, entry in run.lines
    )
