"""A watchlist made fast to look up: which listed parts a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from watcher.match.bar import BAR, bar_of, bars_of
from watcher.match.context import Contexts
from watcher.match.demand import Demands
from watcher.match.lexicon import HIT, Alike, Lexicon
from watcher.match.listed import (
    SPACELESS,
    Listed,
    Use,
    Word,
    core,
    may_be_pair,
    taken_apart,
    words_of,
)
from watcher.match.unit import Unit
from watcher.names import Kind
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
_USUAL = 0.75
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
        scores: for each, how alike they are.
        which: for each, which of the forms of the unit it is.
        forms: the forms: the word without affixes, and how many letters stand before and behind.
        parts: for each, the parts as bits.
        alone: which of them are names of one part that may count without support.
    """

    names: NDArray[np.int32]
    several: int
    places: NDArray[np.int16]
    scores: NDArray[np.float64]
    which: NDArray[np.int16]
    forms: tuple[tuple[str, int, int], ...]
    parts: NDArray[np.int16]
    alone: NDArray[np.intp]

    def hits(self, listed: int) -> tuple[Hit, ...]:
        """The parts of one listed name of several parts that the unit may be."""
        start, end = self.names[: self.several].searchsorted((listed, listed + 1)).tolist()
        return tuple(self.hit(row) for row in range(start, end))

    def hit(self, row: int) -> Hit:
        """One of the parts that the unit may be."""
        first, last = self.places[row].tolist()
        return Hit(first, last, float(self.scores[row]), *self.forms[self.which[row]])


class Index:
    """What `find` looks words up in. Made by `compile_index`; never changes, but remembers."""

    def __init__(
        self,
        listed: tuple[Listed, ...],
        contexts: Contexts,
        floors: Mapping[str, float],
        crowd: int | None = None,
    ) -> None:
        # It must not hold the watchlist itself, by whose life `index_of` remembers it.
        self.listed = listed
        self.contexts = contexts
        self.crowd = len(listed) if crowd is None else crowd
        words, entries = _entries(listed)
        self._lexicon = Lexicon(words)
        self._spaceless = _spaceless(words)
        self._alone = np.array([len(entry.core) == 1 for entry in listed], bool)
        self._counts = np.array([_counts_alone(entry) for entry in listed], bool)
        self.demands = Demands(listed)
        self.bars = bars_of(listed, floors)
        self.lowest = float(self.bars.min(initial=BAR))
        uses = [entry.use for entry in listed]
        self.whole = np.array([use in (Use.FULL, Use.WEAK) for use in uses], bool)
        self.excluded = np.array([use is Use.EXCLUDED for use in uses], bool)
        self._floors = floors
        self._of: dict[str, list[int]] = {}
        for number, entry in enumerate(listed):
            self._of.setdefault(entry.entity.id, []).append(number)
        self._least = _ALONE if self.lowest >= _USUAL else 0.0
        self._names, self._starts, self._entries, self._places = entries
        self._known: dict[tuple[str, str, Script], Known] = {}

    def bar(self, entity: Entity) -> float:
        """What a mention of an entity must score."""
        own = bar_of(entity)
        return min(own, self._floors.get(entity.id, own))

    def names_of(self, entity: str) -> Iterable[int]:
        """The numbers of the names of an entity."""
        return self._of[entity]

    def spaceless(self, letter: str) -> Iterable[str]:
        """The listed words of scripts without spaces that begin with a letter."""
        return self._spaceless.get(letter, ())

    def known(self, unit: Unit) -> Known:
        """What is known of a unit; it is looked up now if it was not learned before."""
        found = self._known.get(unit[3:])
        if found is None:
            self.learn((unit,))
            found = self._known[unit[3:]]
        return found

    def hits(self, unit: Unit, listed: int) -> tuple[Hit, ...]:
        """The parts of one listed name that a unit is alike to."""
        return self.known(unit).hits(listed)

    def learn(self, units: Iterable[Unit]) -> None:
        """Look units up, all at once, unless they are remembered; forget what is too much."""
        asked = dict.fromkeys(unit[3:] for unit in units)
        new = [unit for unit in asked if unit not in self._known]
        if len(self._known) + len(new) > _REMEMBERED:
            kept = {unit: self._known[unit] for unit in asked if unit in self._known}
            self._known = kept
        if new:
            self._known.update(zip(new, self._looked_up(new), strict=True))

    def _looked_up(self, units: Sequence[tuple[str, str, Script]]) -> Iterator[Known]:
        forms = [tuple(_forms(*unit)) for unit in units]
        numbers: dict[tuple[str, Script], int] = {}
        several = [
            [numbers.setdefault((form[0], unit[2]), len(numbers)) for form in own]
            for unit, own in zip(units, forms, strict=True)
        ]
        alike = self._lexicon.alike(list(numbers))
        owner, which, row, score = _best(alike, several, forms)
        # From listed words to the names that hold them.
        word = alike.listed[row]
        many = self._starts[word + 1] - self._starts[word]
        entry = self._entries[ranges(self._starts[word], many)]
        back = np.repeat(np.arange(len(row)), many)
        order = np.lexsort((entry, self._alone[self._names[entry]], owner[back]))
        entry, back = entry[order], back[order]
        names = self._names[entry].astype(np.int32)
        alone = self._alone[names]
        owners = owner[back] * 2 + alone
        ends = np.searchsorted(owners, np.arange(2 * len(units) + 1)).tolist()
        places, scores = self._places[entry], score[back]
        form = which[back].astype(np.int16)
        parts = (
            (2 << places[:, 1].astype(np.int64)) - (1 << places[:, 0].astype(np.int64))
        ).astype(np.int16)
        counts = self._counts[names] & alone & (scores >= self._least)
        for unit, own in enumerate(forms):
            begin, middle, end = ends[2 * unit : 2 * unit + 3]
            part = slice(begin, end)
            yield Known(
                names[part].copy(),
                middle - begin,
                places[part].copy(),
                scores[part].copy(),
                form[part].copy(),
                own,
                parts[part].copy(),
                np.flatnonzero(counts[part]),
            )


def _best(
    alike: Alike,
    several: Sequence[Sequence[int]],
    forms: Sequence[Sequence[tuple[str, int, int]]],
) -> tuple[Numbers, Numbers, Numbers, NDArray[np.float64]]:
    """For each unit and listed word the best of the unit's forms.

    Returns:
        The units, the number of the form, the row of `alike`, the score.
    """
    owner = np.array([unit for unit, own in enumerate(several) for _ in own], np.intp)
    form = np.array([number for own in several for number in own], np.intp)
    which = np.array([place for own in several for place in range(len(own))], np.intp)
    tax = np.array([_AFFIX_TAX * bool(f[1] or f[2]) for own in forms for f in own])
    rank = np.array(
        [
            rank
            for own in forms
            for rank in np.argsort(sorted(range(len(own)), key=own.__getitem__)).tolist()
        ],
        np.intp,
    )
    starts = np.searchsorted(alike.asked, np.arange(int(form.max(initial=-1)) + 2))
    many = starts[form + 1] - starts[form]
    row = ranges(starts[form], many)
    back = np.repeat(np.arange(len(form)), many)
    score = alike.scores[row] - tax[back]
    reached = np.flatnonzero(score >= HIT)
    row, back, score = row[reached], back[reached], score[reached]
    order = np.lexsort((rank[back], score, alike.listed[row], owner[back]))
    row, back, score = row[order], back[order], score[order]
    last = np.ones(len(row), bool)
    last[:-1] = (owner[back][1:] != owner[back][:-1]) | (
        alike.listed[row][1:] != alike.listed[row][:-1]
    )
    return owner[back][last], which[back][last], row[last], score[last]


def _forms(folded: str, whole: str, script: Script) -> Iterator[tuple[str, int, int]]:
    """The ways to read a word; one with a particle also with the particle glued to it."""
    for reading in readings(folded, script):
        yield reading.form, reading.front, reading.back
    if whole != folded:
        for reading in readings(whole, script):
            if not reading.front:
                yield reading.form, 0, reading.back


def _entries(
    listed: Sequence[Listed],
) -> tuple[list[Word], tuple[Numbers, Numbers, Numbers, NDArray[np.int16]]]:
    """The distinct words of names, and where they stand in them.

    Returns:
        The words; and in arrays: by entry its name (rising); by word where its entries begin in
        the next; the entries by word; by entry the first and last part.
    """
    numbers: dict[Word, int] = {}
    rows: list[tuple[int, int, int, int]] = []
    for number, entry in enumerate(listed):
        parts: dict[int, list[tuple[int, int]]] = {}
        for word, first, last in words_of(entry.name):
            parts.setdefault(numbers.setdefault(word, len(numbers)), []).append((first, last))
        rows += [(number, word, *place) for word, places in parts.items() for place in places]
    table = np.array(rows, np.intp).reshape(-1, 4)
    order = np.argsort(table[:, 1], kind="stable")
    starts = np.searchsorted(table[order, 1], np.arange(len(numbers) + 1))
    return list(numbers), (table[:, 0], starts, order, table[:, 2:].astype(np.int16))


def _counts_alone(listed: Listed) -> bool:
    """Whether a name of one part may count without support, wherever it stands."""
    is_full = listed.use is Use.FULL and len(listed.core) == 1
    if not is_full or listed.entity.kind != Kind.PERSON:
        return is_full
    return listed.name.parts[listed.core[0]].script in SPACELESS or may_be_pair(listed)


def _spaceless(words: Iterable[Word]) -> dict[str, list[str]]:
    """By first letter, the words of scripts without spaces."""
    found: dict[str, list[str]] = {}
    for word in words:
        if word.script in SPACELESS:
            found.setdefault(word.folded[0], []).append(word.folded)
    return found


def compile_index(
    watchlist: Watchlist, floors: Mapping[str, float] | None = None, crowd: int | None = None
) -> Index:
    """Make a watchlist fast to look up; takes some seconds for 20,000 names.

    Args:
        watchlist: who to look for.
        floors: by entity id, a bar below the entity's own that somebody wants to hear from.
        crowd: among how many names they stand, where the watchlist is a piece of a longer one;
            None if it is whole. The longer a list, the more a name must tell.
    """
    return Index(tuple(taken_apart(watchlist)), Contexts(watchlist), floors or {}, crowd)


_COMPILED: WeakKeyDictionary[Watchlist, Index] = WeakKeyDictionary()


def index_of(watchlist: Watchlist | Index) -> Index:
    """The index of a watchlist, compiled at the first call and kept while the list lives."""
    if isinstance(watchlist, Index):
        return watchlist
    if watchlist not in _COMPILED:
        _COMPILED[watchlist] = compile_index(watchlist)
    return _COMPILED[watchlist]
