"""A watchlist made fast to look up: which listed parts a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import inf, log
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from watcher.match.bar import BAR, bar_of
from watcher.match.chunk import Chunks
from watcher.match.context import Contexts
from watcher.match.demand import Demands
from watcher.match.laid import Laid, lay
from watcher.match.lexicon import HIT, Lexicon, Proposed
from watcher.match.listed import SPACELESS, Listed, Use, core
from watcher.match.memory import Memory
from watcher.match.roll import Roll
from watcher.match.unit import Unit
from watcher.names.grid import ranges
from watcher.text import Script, readings
from watcher.watchlist.entity import Entity, Watchlist

__all__ = [
    "SPACELESS",
    "Hit",
    "Index",
    "Listed",
    "Use",
    "compile_index",
    "core",
    "index_of",
]

Numbers: TypeAlias = NDArray[np.intp]

_AFFIX_TAX = 0.01
"""What a word loses when it is the listed part only without its affixes."""
_ALONE = 0.55
"""Of names of one part none less alike than this reaches the next."""
_MAYBE_ALONE = -1.0
"""Nor one roughly less alike, as log odds; where letters run over the slots that is less than it is
with care."""
_USUAL = 0.75
_ANCHORED = 0.5
"""Of the parts of a name one must be roughly so alike. Of mentions in running text all have one."""
ANCHOR = 1 << 40
"""Marks such a part among the bits of parts."""
NEVER = 2.0
"""No name scores so much."""
_REMEMBERED = 1 << 16
"""How many distinct words the index remembers its answer for."""


class Hit(NamedTuple):
    """A word of a text that may be a part of a listed name.

    Attributes:
        first: the part it may be (and `last`, for two parts written as one word).
        last: see first.
        score: how alike they are, 0.0 to 1.0.
        form: the word without affixes, as it was compared.
        front: folded letters of the word before the form.
        back: folded letters of the word behind the form.
    """

    first: int
    last: int
    score: float
    form: str
    front: int
    back: int


class Known(NamedTuple):
    """What is remembered about a unit of a text: the listed parts that it may be.

    Attributes:
        names: the listed names; one as often as it has such parts. Those of several parts first,
            rising, then those of one, rising.
        several: how many of them are of several parts.
        places: for each, the first and the last of the parts.
        words: for each, the number of the listed word that the parts are.
        parts: for each, the parts as bits, and `ANCHOR` where the unit is so alike that the other
            parts of the name are looked for.
        alone: which of them are names of one part that may count without support.
        forms: the unit without affixes, and how many letters stand before and behind; every way
            to read it.
        told: by listed word, how alike the unit is, and the number of the form that is so alike;
            of words that somebody asked about.
    """

    names: NDArray[np.int32]
    several: int
    places: NDArray[np.int16]
    words: NDArray[np.int32]
    parts: NDArray[np.int64]
    alone: NDArray[np.intp]
    forms: tuple[tuple[str, int, int], ...]
    told: dict[int, tuple[float, int]]

    def rows(self, listed: int) -> range:
        """The rows of one listed name of several parts."""
        start, end = self.names[: self.several].searchsorted((listed, listed + 1)).tolist()
        return range(start, end)

    def hit(self, row: int) -> Hit | None:
        """One of the parts that the unit may be, somebody having asked; None if it is not."""
        score, which = self.told[int(self.words[row])]
        if score < HIT:
            return None
        first, last = self.places[row].tolist()
        return Hit(first, last, score, *self.forms[which])


class Index:
    """What `find` looks words up in. Made by `compile_index`; never changes, but remembers."""

    def __init__(
        self,
        entities: Sequence[Entity],
        laid: Laid,
        contexts: Contexts,
        floors: Mapping[str, float],
        crowd: int | None = None,
    ) -> None:
        # It must not hold the watchlist itself, by whose life `index_of` remembers it.
        self.listed = listed = Roll(entities, laid.columns, laid.people)
        self.contexts = contexts
        self.crowd = len(listed) if crowd is None else crowd
        self._lexicon = Lexicon(laid.words)
        self._spaceless = _spaceless(laid.spaceless)
        self._alone, self._counts = listed.columns.alone, listed.columns.counts
        self.demands = Demands(listed.columns)
        bars = listed.bars(floors)
        self.lowest = float(bars.min(initial=BAR))
        self.whole = listed.used(Use.FULL, Use.WEAK)
        self.excluded = listed.used(Use.EXCLUDED)
        self.usual = np.where(self.whole, bars, NEVER)
        self._floors = floors
        usual = self.lowest >= _USUAL
        self._least = _ALONE if usual else 0.0
        self._anchored = log(_ANCHORED / (1 - _ANCHORED)) if usual else -inf
        self._entries = laid.entries
        self._known: dict[tuple[str, str, Script], Known] = {}
        self.memory = Memory()
        self._chunks = self._no_chunks()

    def bar(self, entity: Entity) -> float:
        """What a mention of an entity must score."""
        own = bar_of(entity)
        return min(own, self._floors.get(entity.id, own))

    def names_of(self, entity: str) -> Iterable[int]:
        """The numbers of the names of an entity."""
        return self.listed.names_of(entity)

    def spaceless(self, letter: str) -> Iterable[str]:
        """The listed words of scripts without spaces that begin with a letter."""
        return self._spaceless.get(letter, ())

    def chunks(self) -> Chunks:
        """What texts are cut up by; a new one, where it has read too much or others forgot."""
        if self._chunks.is_full or self._chunks.memory is not self.memory:
            self._chunks = self._no_chunks()
        return self._chunks

    def _no_chunks(self) -> Chunks:
        return Chunks(self.memory, self.contexts.opening, frozenset(self._spaceless))

    def known(self, unit: Unit) -> Known:
        """What is known of a unit; it is looked up now if it was not learned before."""
        found = self._known.get(unit[3:])
        if found is None:
            self.learn((unit,))
            found = self._known[unit[3:]]
        return found

    def hits(self, unit: Unit, listed: int) -> tuple[Hit, ...]:
        """The parts of one listed name that a unit is alike to."""
        known = self.known(unit)
        rows = known.rows(listed)
        self.tell((unit, int(known.words[row])) for row in rows)
        return tuple(hit for row in rows if (hit := known.hit(row)) is not None)

    def lone(self, unit: Unit) -> Iterator[tuple[int, Hit]]:
        """The names of one part that a unit is alike to, with the part."""
        known = self.known(unit)
        for row in range(known.several, len(known.names)):
            hit = known.hit(row)
            if hit is not None:
                yield int(known.names[row]), hit

    def alone(self, unit: Unit) -> Iterator[tuple[int, Hit]]:
        """Those of `lone` that may count without support."""
        known = self.known(unit)
        for row in known.alone.tolist():
            hit = known.hit(row)
            if hit is not None and hit.score >= self._least:
                yield int(known.names[row]), hit

    def tell(self, asked: Iterable[tuple[Unit, int]]) -> None:
        """Compare units with care with listed words that they may be, all at once.

        Args:
            asked: units and the numbers of words; what was told before costs nothing.
        """
        wanted = dict.fromkeys(
            (unit[3:], word) for unit, word in asked if word not in self.known(unit).told
        )
        if not wanted:
            return
        numbers: dict[tuple[str, Script], int] = {}
        rows = [
            (numbers.setdefault((form[0], unit[2]), len(numbers)), word, place, which)
            for place, (unit, word) in enumerate(wanted)
            for which, form in enumerate(self._known[unit].forms)
        ]
        one, two, place, which = np.array(rows, np.intp).T
        order = np.argsort(one, kind="stable")
        scores = np.empty(len(rows))
        scores[order] = self._lexicon.alike(list(numbers), (one[order], two[order]))
        ways: list[list[tuple[float, tuple[str, int, int], int]]] = [[] for _ in wanted]
        units = list(wanted)
        for at, form, score in zip(place.tolist(), which.tolist(), scores.tolist(), strict=True):
            read = self._known[units[at][0]].forms[form]
            tax = _AFFIX_TAX if read[1] or read[2] else 0.0
            ways[at].append((score - tax, read, form))
        for (unit, word), several in zip(wanted, ways, strict=True):
            score, _, form = max(several)
            self._known[unit].told[word] = score, form

    def learn(self, units: Iterable[Unit]) -> None:
        """Look units up, all at once, unless they are remembered; forget what is too much."""
        asked = dict.fromkeys(unit[3:] for unit in units)
        new = [unit for unit in asked if unit not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            kept = {unit: self._known[unit] for unit in asked if unit in self._known}
            self._known = kept
            self.memory = Memory()
        if new:
            self._known.update(zip(new, self._looked_up(new), strict=True))

    def _looked_up(self, units: Sequence[tuple[str, str, Script]]) -> Iterator[Known]:
        forms = [tuple(_forms(*unit)) for unit in units]
        numbers: dict[tuple[str, Script], int] = {}
        several = [
            [numbers.setdefault((form[0], unit[2]), len(numbers)) for form in own]
            for unit, own in zip(units, forms, strict=True)
        ]
        proposed = self._lexicon.propose(list(numbers))
        owner, word, logit = _best(proposed, several)
        # From listed words to the names that hold them.
        entries = self._entries
        many = entries.starts[word + 1] - entries.starts[word]
        entry = entries.order[ranges(entries.starts[word], many)]
        back = np.repeat(np.arange(len(word)), many)
        order = np.lexsort((entry, self._alone[entries.names[entry]], owner[back]))
        entry, back = entry[order], back[order]
        names = entries.names[entry]
        alone = self._alone[names]
        ends = np.searchsorted(owner[back] * 2 + alone, np.arange(2 * len(units) + 1)).tolist()
        places, words = entries.places[entry], word[back].astype(np.int32)
        parts = (2 << places[:, 1].astype(np.int64)) - (1 << places[:, 0].astype(np.int64))
        parts |= np.where(logit[back] >= self._anchored, ANCHOR, 0)
        counts = self._counts[names] & alone & (logit[back] >= _MAYBE_ALONE)
        for unit, own in enumerate(forms):
            begin, middle, end = ends[2 * unit : 2 * unit + 3]
            part = slice(begin, end)
            yield Known(
                names[part].copy(),
                middle - begin,
                places[part].copy(),
                words[part].copy(),
                parts[part].copy(),
                np.flatnonzero(counts[part]),
                own,
                {},
            )


def _best(
    proposed: Proposed, several: Sequence[Sequence[int]]
) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """For each unit the listed words that one of its forms may be.

    Returns:
        The units, rising; the words; how alike the best of the forms is, as log odds.
    """
    owner = np.array([unit for unit, own in enumerate(several) for _ in own], np.intp)
    form = np.array([number for own in several for number in own], np.intp)
    starts = np.searchsorted(proposed.asked, np.arange(int(form.max(initial=-1)) + 2))
    many = starts[form + 1] - starts[form]
    row = ranges(starts[form], many)
    unit = np.repeat(owner, many)
    order = np.lexsort((proposed.logits[row], proposed.listed[row], unit))
    row, unit = row[order], unit[order]
    word = proposed.listed[row]
    last = np.ones(len(row), bool)
    last[:-1] = (unit[1:] != unit[:-1]) | (word[1:] != word[:-1])
    return unit[last], word[last], proposed.logits[row[last]]


def _forms(folded: str, whole: str, script: Script) -> Iterator[tuple[str, int, int]]:
    """The ways to read a word; one with a particle also with the particle glued to it."""
    for reading in readings(folded, script):
        yield reading.form, reading.front, reading.back
    if whole != folded:
        for reading in readings(whole, script):
            if not reading.front:
                yield reading.form, 0, reading.back


def _spaceless(words: Iterable[str]) -> dict[str, list[str]]:
    """Words by their first letters."""
    found: dict[str, list[str]] = {}
    for word in words:
        found.setdefault(word[0], []).append(word)
    return found


def compile_index(
    watchlist: Watchlist,
    floors: Mapping[str, float] | None = None,
    crowd: int | None = None,
    laid: Laid | None = None,
) -> Index:
    """Make a watchlist fast to look up; takes some seconds for 20,000 names.

    Args:
        watchlist: who to look for.
        floors: by entity id, a bar below the entity's own that somebody wants to hear from.
        crowd: among how many names they stand, where the watchlist is a piece of a longer one;
            None if it is whole. The longer a list, the more a name must tell.
        laid: what `lay` made of the very same watchlist before, which takes nearly all the time.
    """
    laid = laid or lay(watchlist)
    return Index(watchlist.entities, laid, Contexts(watchlist), floors or {}, crowd)


_COMPILED: WeakKeyDictionary[Watchlist, Index] = WeakKeyDictionary()


def index_of(watchlist: Watchlist | Index) -> Index:
    """The index of a watchlist, compiled at the first call and kept while the list lives."""
    if isinstance(watchlist, Index):
        return watchlist
    if watchlist not in _COMPILED:
        _COMPILED[watchlist] = compile_index(watchlist)
    return _COMPILED[watchlist]
