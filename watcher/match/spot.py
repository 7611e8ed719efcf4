"""Spots: places in a text where several parts of one listed name stand together.

Found by looking up each unit once and meeting the listed names of neighbours. A spot is only a
proposal; `watcher.match.judge` decides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watcher.match.index import ANCHOR, Hit, Index
from watcher.match.page import Page, Run
from watcher.match.unit import CASED, Unit, is_borne
from watcher.text import Token, script_of

_REACH = 2
"""How many words may stand between two parts of a name in a text: middle names, a nickname."""

_AROUND = 8
"""So many words from the part that is most alike a name is looked for."""
_BITS = np.uint64(64)
_WINDOW = np.uint64((1 << 2 * _AROUND + 1) - 1 - (1 << _AROUND))


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
    pages = list(pages)
    distinct = {unit[3:]: unit for page in pages for here in page.units for unit in here}
    index.learn(distinct.values())
    for page in pages:
        page.runs.extend(_together(page, index, index.usual))
    index.tell(chain.from_iterable(_asked(page.runs, index) for page in pages))
    index.tell(
        (unit, int(index.known(unit).words[row]))
        for unit in distinct.values()
        for row in index.known(unit).alone.tolist()
    )


def _asked(runs: Iterable[Run], index: Index) -> Iterator[tuple[Unit, int]]:
    """What must be told to judge some runs."""
    for listed, together in runs:
        for unit in {unit[3:]: unit for unit in together}.values():
            known = index.known(unit)
            for row in known.rows(listed):
                yield unit, int(known.words[row])


def spots(page: Page, index: Index, least: NDArray[np.float64] | None = None) -> Iterator[Spot]:
    """The places where at least two parts of one listed name stand within reach of each other.

    Args:
        page: the text.
        index: the names.
        least: by listed name, what a spot must be able to score; None for all spots.
    """
    if least is index.usual:
        runs: Sequence[Run] = page.runs
    else:
        runs = list(_together(page, index, np.zeros(len(index.listed)) if least is None else least))
        index.tell(_asked(runs, index))
    for listed, together in runs:
        said = {unit[3:]: unit for unit in together}
        hits = {words: index.hits(unit, listed) for words, unit in said.items()}
        yield from _runs(page, listed, {unit: hits[unit[3:]] for unit in together})


def _together(page: Page, index: Index, least: NDArray[np.float64]) -> list[Run]:
    """The listed names that units of a page may be together, in the order of the text."""
    found = [unit for here in page.units for unit in here]
    shut = page.shut.tolist()
    met = []
    for number, run in _shared(found, shut, index, least):
        pairs = list(_met(found, run, shut))
        if pairs:
            met.append((pairs[0], number, sorted({place for pair in pairs for place in pair})))
    return [Run(number, tuple(found[place] for place in run)) for _, number, run in sorted(met)]


def _shared(
    found: Sequence[Unit], shut: Sequence[int], index: Index, least: NDArray[np.float64]
) -> Iterator[tuple[int, list[int]]]:
    """The listed names that neighbouring units may belong to, with those units."""
    known = [index.known(unit) for unit in found]
    units = np.repeat(np.arange(len(found)), [one.several for one in known])
    if not len(units):
        return
    names = np.concatenate([one.names[: one.several] for one in known])
    parts = np.concatenate([one.parts[: one.several] for one in known])
    beside = _beside_anchors(names, units, parts, found)
    names, units, parts = names[beside], units[beside], parts[beside]
    if not len(names):
        return
    order = np.argsort(names, kind="stable")
    names, units, parts = names[order], units[order], parts[order]
    begins = np.flatnonzero(_parted(names, units, found, shut))
    ends = np.append(begins[1:], len(names)) - 1
    several = units[begins] != units[ends]
    begins, ends = begins[several], ends[several]
    if not len(begins):
        return
    # The bits of every second stretch are those between two runs.
    bounds = np.column_stack((begins, np.minimum(ends + 1, len(names) - 1))).ravel()
    given = np.bitwise_or.reduceat(parts, bounds)[::2]
    if ends[-1] == len(names) - 1:
        given[-1] |= parts[-1]
    hopeful = given >= ANCHOR
    given &= ANCHOR - 1
    hopeful &= index.demands.most(names[begins], given) >= least[names[begins]]
    hopeful &= np.bitwise_count(given) > 1
    for begin, end in zip(begins[hopeful].tolist(), ends[hopeful].tolist(), strict=True):
        yield int(names[begin]), list(dict.fromkeys(units[begin : end + 1].tolist()))


def _beside_anchors(
    names: NDArray[np.int32],
    units: NDArray[np.intp],
    parts: NDArray[np.int64],
    found: Sequence[Unit],
) -> NDArray[np.intp]:
    """The rows of units that stand near another unit of the same name, one of them an anchor.

    A name has a bit for each place of a text, modulo their number; so a few too many may stay.
    """
    first = np.array([unit.first for unit in found], np.uint64) % _BITS
    own = np.uint64(1) << first
    back = (first - np.uint64(_AROUND)) % _BITS
    near = (_WINDOW << back) | (_WINDOW >> (_BITS - back) % _BITS)
    own, near = own[units], near[units]
    anchors = np.flatnonzero(parts >= ANCHOR)
    anchored = np.zeros(int(names.max()) + 1, np.uint64)
    np.bitwise_or.at(anchored, names[anchors], own[anchors])
    beside = (anchored[names] & near) != 0
    several = np.zeros_like(anchored)
    np.bitwise_or.at(several, names, own)
    beside[anchors] |= (several[names[anchors]] & near[anchors]) != 0
    return np.flatnonzero(beside)


def _parted(
    names: NDArray[np.int32], units: NDArray[np.intp], found: Sequence[Unit], shut: Sequence[int]
) -> NDArray[np.bool_]:
    """Of units sorted by name, where a run begins that the units before do not reach."""
    firsts = np.array([unit.first for unit in found])[units]
    lasts = np.array([unit.last for unit in found])[units]
    stretch = np.array(shut)
    # Of overlapping units the one that ends last counts.
    far = names.astype(np.int64) * len(shut)
    lasts = np.maximum.accumulate(lasts + far) - far
    one, two = lasts[:-1], firsts[1:]
    parted = np.ones(len(names), bool)
    parted[1:] = (names[1:] != names[:-1]) | (two - one > _REACH + 1)
    parted[1:] |= (two > one) & (stretch[np.minimum(one, two)] != stretch[two])
    return parted


def _met(
    found: Sequence[Unit], run: Sequence[int], shut: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """The pairs of a run of units that stand within reach of each other."""
    for place, one in enumerate(run):
        last = found[one].last
        for behind in range(place + 1, len(run)):
            two = run[behind]
            first = found[two].first
            if first - last > _REACH + 1:
                break
            if first > last and shut[first] == shut[last]:
                yield one, two


def lone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """The units that may be a listed name of one part, in the order of the text."""
    found = [unit for here in page.units for unit in here]
    index.tell(
        (unit, word)
        for unit in found
        for known in [index.known(unit)]
        for word in known.words[known.several :].tolist()
    )
    for unit in found:
        for listed, hit in index.lone(unit):
            yield listed, Piece(unit, hit)


def alone(page: Page, index: Index) -> Iterator[tuple[int, Piece]]:
    """Those of `lone` that may count without support."""
    for here in page.units:
        for unit in here:
            for listed, hit in index.alone(unit):
                yield listed, Piece(unit, hit)


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
