"""A watchlist made fast to look up: which listed parts a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from math import inf, log
from threading import RLock
from typing import NamedTuple, TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from watcher.match.bar import NEVER, bar_of
from watcher.match.chunk import Chunks
from watcher.match.context import Contexts
from watcher.match.demand import Demands
from watcher.match.held import Held
from watcher.match.laid import Laid, lay
from watcher.match.lexicon import SAME, Lexicon
from watcher.match.listed import SPACELESS, Listed, Use, core
from watcher.match.memory import Form, Memory
from watcher.match.partner import partners
from watcher.match.roll import Roll
from watcher.match.unit import CASED
from watcher.text import Script
from watcher.watchlist.entity import Entity, Watchlist

__all__ = [
    "NEVER",
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
_ONE_WORD = SPACELESS | {Script.HANGUL}
"""Scripts that write names as one word, or may."""


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
        self.demands = Demands(listed.columns)
        self.usual, self.lowest = listed.bars(floors)
        self.whole = self.usual < NEVER
        self.excluded = np.flatnonzero(listed.used(Use.EXCLUDED))
        self.short = listed.used(Use.SHORT)
        self.weak = listed.used(Use.WEAK)
        self._floors = floors
        usual = self.lowest >= _USUAL
        self.least = _ALONE if usual else 0.0
        self.anchored = log(_ANCHORED / (1 - _ANCHORED)) if usual else -inf
        self.entries = entries = laid.entries
        is_own = not floors or np.array_equal(self.usual, listed.columns.bars)
        self.partners = laid.partners if is_own else partners(listed.columns, entries, self.usual)
        self.held = Held(entries.starts, entries.order)
        self.single, self.counting, self.pairs = laid.single, laid.counting, laid.pairs
        self.memory = Memory()
        self._chunks = self._no_chunks()
        self._lock = RLock()
        self._made = entities, laid, contexts, floors, crowd

    def __reduce__(self) -> tuple[type[Index], tuple[object, ...]]:
        """What it was made of; what it remembers stays behind."""
        return Index, self._made

    @contextmanager
    def asked(self) -> Iterator[None]:
        """Look words up in one thread at a time; whoever is interrupted leaves nothing half noted.

        Pages that were cut before keep what they know.
        """
        with self._lock:
            try:
                yield
            except BaseException:
                self.memory = Memory()
                raise

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

    def spaceless_words(self, words: NDArray[np.int32]) -> NDArray[np.bool_]:
        """Which listed words are of scripts in which a person's name may be one word."""
        return self._lexicon.among(words, _ONE_WORD)

    def chunks(self) -> Chunks:
        """What texts are cut up by; what is seldom met is forgotten where there is too much."""
        if self._chunks.memory is not self.memory:
            self._chunks = self._no_chunks()
        if self.memory.is_full:
            self.learn(self.memory)
            self.memory, numbers = self.memory.kept()
            self._chunks.follow(self.memory, numbers)
        if self._chunks.is_full:
            self._chunks = self._chunks.kept()
        return self._chunks

    def _no_chunks(self) -> Chunks:
        return Chunks(self.memory, self.contexts.opening, frozenset(self._spaceless))

    def learn(self, memory: Memory) -> None:
        """Look up the units that were met since, all at once."""
        forms, owners = memory.read()
        if forms:
            memory.learn(*self._lexicon.propose(forms, owners))

    def may_count(self, memory: Memory, rows: Numbers) -> NDArray[np.bool_]:
        """Which rows may be a name of one part that counts without support.

        The one word of an organisation's name must be spelled as in the list, but where one of two
        scripts has capitals and the other is the list's (see `watcher.match.weak`).
        """
        words, logits = memory.words.array[rows], memory.logits.array[rows]
        found = self.counting.holds(words) & (logits >= _MAYBE_ALONE)
        some = np.flatnonzero(found & (logits < SAME) & ~self.pairs.holds(words))
        found[some] = self.crosses(memory, rows[some])
        return found

    def crosses(self, memory: Memory, rows: Numbers) -> NDArray[np.bool_]:
        """Whether units of a script with capitals are compared with words of another script.

        Args:
            memory: of the units.
            rows: of units and words.
        """
        units = (memory.units[unit] for unit in memory.owners(rows).tolist())
        theirs = self._lexicon.scripts(memory.words.array[rows])
        pairs = zip(units, theirs, strict=True)
        return np.array([s in CASED and s is not other for (*_, s), other in pairs], bool)

    def hit(self, memory: Memory, row: int, entry: int) -> Hit:
        """The part that a unit is, somebody having asked.

        Args:
            memory: of the unit.
            row: of the unit and the word.
            entry: where the word stands in a name.
        """
        first, last = self.entries.places[entry].tolist()
        return Hit(first, last, *memory.told(row))

    def tell(self, memory: Memory, rows: Numbers) -> None:
        """Compare units with care with listed words that they may be, all at once.

        Args:
            memory: of the units.
            rows: of units and words; what was told before costs nothing.
        """
        asked = rows[np.isnan(memory.scores(rows))]
        if not len(asked):
            return
        asked = np.unique(asked)
        ways = memory.ways_of(memory.owners(asked))
        numbers: dict[Form, int] = {}
        told = memory.forms(ways.numbers)
        form = np.array([numbers.setdefault(each, len(numbers)) for each in told], np.intp)
        spelled = list(numbers)
        order = np.argsort(form, kind="stable")
        words = memory.words.array[asked].astype(np.intp)[ways.units]
        scores = np.empty(len(form))
        scores[order] = self._lexicon.alike(spelled, (form[order], words[order]))
        scores -= np.where(memory.taxed(ways.numbers), _AFFIX_TAX, 0.0)
        # Of ways that are as alike the last word in the alphabet: any order would do, but one.
        rank = np.argsort(np.array(sorted(range(len(spelled)), key=spelled.__getitem__)))
        order = np.lexsort((ways.which, rank[form], scores, ways.units))
        last = order[np.searchsorted(ways.units, np.arange(len(asked)), side="right") - 1]
        memory.tell(asked, scores[last], ways.which[last])


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
