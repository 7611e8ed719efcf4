"""A watchlist made fast to look up: which listed parts a word of a text may be."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from weakref import WeakKeyDictionary

from watcher.match.context import Contexts
from watcher.match.unit import Unit
from watcher.names import Kind, Name, Part, Role, bind, keys, likeness, parse
from watcher.text import Script, readings
from watcher.watchlist.entity import Entity, Watchlist

SPACELESS = frozenset((Script.HAN, Script.KANA, Script.OTHER))

_ASIDE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION, Role.LEGAL, Role.PARTICLE))
_HIT = 0.15
"""A word less alike to a listed part than this is not that part. Chosen on running text (see
benchmarks/): low, since the whole name is judged afterwards."""
_AFFIX_TAX = 0.01
"""What a word loses when it is the listed part only without its affixes."""
_REMEMBERED = 1 << 17
"""How many distinct words the index remembers its answer for."""


class Use(StrEnum):
    """What a listed name is good for."""

    FULL = "full"
    WEAK = "weak"
    SHORT = "short"
    EXCLUDED = "excluded"


class Listed(NamedTuple):
    """A name of the watchlist, taken apart."""

    entity: Entity
    name: Name
    use: Use
    core: tuple[int, ...]


class Piece(NamedTuple):
    """A listed part, or two neighbouring ones written as one word; shared by all names with it."""

    folded: str
    whole: str
    script: Script


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


class _Likely(NamedTuple):
    """What is remembered about a word.

    Attributes:
        forms: by piece that shares a key with it, the forms of the word that do.
        several: the listed names of several parts that have such a piece, as bits.
        alone: those of one part.
        compared: by piece, how alike they are and in which form, once somebody asked.
        hits: by listed name, the parts of it that the word is alike to, once somebody asked.
    """

    forms: dict[int, list[tuple[str, int, int]]]
    several: int
    alone: int
    compared: dict[int, tuple[float, str, int, int]]
    hits: dict[int, tuple[Hit, ...]]


class Index:
    """What `find` looks words up in. Made by `compile_index`; never changes, but remembers.

    Sets of listed names are held as the bits of one integer, so that the names which two words may
    both belong to are one `&`.
    """

    def __init__(
        self, listed: tuple[Listed, ...], contexts: Contexts, floors: Mapping[str, float]
    ) -> None:
        # It must not hold the watchlist itself, by whose life `index_of` remembers it.
        self.floors = floors
        self.listed = listed
        self.contexts = contexts
        self._pieces: list[Piece] = []
        self._masks: list[int] = []
        self._parts: list[dict[int, list[tuple[int, int]]]] = [{} for _ in listed]
        self._by_key: dict[str, list[int]] = {}
        self._spaceless: dict[str, list[str]] = {}
        self._lone = sum(1 << n for n, entry in enumerate(listed) if len(entry.core) == 1)
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._look_up)
        self._fill()

    def _fill(self) -> None:
        numbers: dict[Piece, int] = {}
        for listed, entry in enumerate(self.listed):
            for piece, first, last in _pieces(entry.name):
                number = numbers.setdefault(piece, len(numbers))
                if number == len(self._pieces):
                    self._add(piece, number)
                self._masks[number] |= 1 << listed
                self._parts[listed].setdefault(number, []).append((first, last))

    def _add(self, piece: Piece, number: int) -> None:
        self._pieces.append(piece)
        self._masks.append(0)
        if piece.script in SPACELESS:
            self._spaceless.setdefault(piece.folded[0], []).append(piece.folded)
        for key in {k for form in {piece.folded, piece.whole} for k in keys(form, piece.script)}:
            self._by_key.setdefault(key, []).append(number)

    def spaceless(self, letter: str) -> Iterable[str]:
        """The listed words of scripts without spaces that begin with a letter."""
        return self._spaceless.get(letter, ())

    def likely(self, unit: Unit) -> int:
        """The listed names of several parts, as bits, that a unit may belong to by its keys."""
        return self._guess(unit).several

    def alone(self, unit: Unit) -> Iterator[tuple[int, tuple[Hit, ...]]]:
        """The listed names of one part that a unit may be."""
        for listed in bits(self._guess(unit).alone):
            hits = self.hits(unit, listed)
            if hits:
                yield listed, hits

    def hits(self, unit: Unit, listed: int) -> tuple[Hit, ...]:
        """The parts of one listed name that a unit is alike to; nothing else is compared."""
        likely = self._guess(unit)
        found = likely.hits.get(listed)
        if found is None:
            found = likely.hits[listed] = tuple(
                Hit(first, last, *best)
                for number, places in self._parts[listed].items()
                if number in likely.forms
                and (best := self._compare(unit, likely, number))[0] >= _HIT
                for first, last in places
            )
        return found

    def _guess(self, unit: Unit) -> _Likely:
        return self._remembered(unit.folded, unit.whole, unit.script)

    def _look_up(self, folded: str, whole: str, script: Script) -> _Likely:
        forms: dict[int, list[tuple[str, int, int]]] = {}
        for form in _forms(folded, whole, script):
            for number in {n for key in keys(form[0], script) for n in self._by_key.get(key, ())}:
                forms.setdefault(number, []).append(form)
        mask = 0
        for number in forms:
            mask |= self._masks[number]
        return _Likely(forms, mask & ~self._lone, mask & self._lone, {}, {})

    def _compare(self, unit: Unit, likely: _Likely, number: int) -> tuple[float, str, int, int]:
        """How alike a unit is to a piece, and in which form."""
        found = likely.compared.get(number)
        if found is None:
            found = _best(likely.forms[number], unit.script, self._pieces[number])
            likely.compared[number] = found
        return found


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, rising."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _forms(folded: str, whole: str, script: Script) -> Iterator[tuple[str, int, int]]:
    """The ways to read a word; one with a particle also with the particle glued to it."""
    for reading in readings(folded, script):
        yield reading.form, reading.front, reading.back
    if whole != folded:
        for reading in readings(whole, script):
            if not reading.front:
                yield reading.form, 0, reading.back


def _best(
    forms: Iterable[tuple[str, int, int]], script: Script, piece: Piece
) -> tuple[float, str, int, int]:
    return max(
        (_score(form, script, piece) - _AFFIX_TAX * bool(front or back), form, front, back)
        for form, front, back in forms
    )


def _score(form: str, script: Script, piece: Piece) -> float:
    score = likeness(form, script, piece.folded, piece.script)
    if piece.whole != piece.folded:
        score = max(score, likeness(form, script, piece.whole, piece.script))
    return score


def core(name: Name) -> tuple[int, ...]:
    """Which parts of a name are the name itself: no titles, ranks, legal forms."""
    own = tuple(i for i, part in enumerate(name.parts) if part.role not in _ASIDE)
    return own or tuple(range(len(name.parts)))


def _pieces(name: Name) -> Iterator[tuple[Piece, int, int]]:
    """The parts of a name that a text may show, and neighbours written as one word."""
    own = [i for i in core(name) if name.parts[i].role is not Role.INITIAL]
    for i in own:
        yield _piece(name.parts[i]), i, i
    for i, j in pairwise(own):
        if j == i + 1 and (both := _both(name.parts[i], name.parts[j])):
            yield both, i, j


def _piece(part: Part) -> Piece:
    return Piece(part.folded, part.whole, part.script)


def _both(a: Part, b: Part) -> Piece | None:
    if a.script is not b.script or a.script in SPACELESS:
        return None
    bound = bind(a.folded, b.folded, a.script)
    return Piece(bound or a.folded + b.folded, bound or a.folded + b.whole, a.script)


def _uses(entity: Entity) -> Iterator[tuple[str, Use]]:
    yield from ((name, Use.FULL) for name in entity.names)
    yield from ((name, Use.WEAK) for name in entity.weak)
    yield from ((name, Use.SHORT) for name in entity.short)
    yield from ((name, Use.EXCLUDED) for name in entity.exclude)


def _taken_apart(watchlist: Watchlist) -> Iterator[Listed]:
    for entity in watchlist:
        for text, use in _uses(entity):
            name = parse(text, Kind(entity.kind))
            if name.parts:
                yield Listed(entity, name, use, core(name))


def compile_index(watchlist: Watchlist, floors: Mapping[str, float] | None = None) -> Index:
    """Make a watchlist fast to look up; takes some seconds for 20,000 names.

    Args:
        watchlist: who to look for.
        floors: by entity id, a bar below the entity's own that somebody wants to hear from.
    """
    return Index(tuple(_taken_apart(watchlist)), Contexts(watchlist), floors or {})


_COMPILED: WeakKeyDictionary[Watchlist, Index] = WeakKeyDictionary()


def index_of(watchlist: Watchlist | Index) -> Index:
    """The index of a watchlist, compiled at the first call and kept while the list lives."""
    if isinstance(watchlist, Index):
        return watchlist
    if watchlist not in _COMPILED:
        _COMPILED[watchlist] = compile_index(watchlist)
    return _COMPILED[watchlist]
