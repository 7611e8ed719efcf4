"""The units of many texts at once: what of their words may be a part of a listed name.

What `watcher.match.unit.units` says of each text is told here by the traits of its words. A word
that is no particle, no half of a compound and beside none is a unit by itself. Kept are those that
are written as a name may be: with a capital, where their script has them and the text uses them;
else no word so common that it is grammar, unless people bear it too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.chunk import Chunks
from watcher.match.cut import Cut, sums_of
from watcher.match.joint import GAPS, Numbers
from watcher.match.trait import (
    BINDS,
    BINDS_BEHIND,
    CAPITAL,
    HAS_CAPITALS,
    LETTER,
    NAMELIKE,
    PARTICLE,
    PREPOSITION,
    is_namelike,
)
from watcher.match.unit import FREE, SHUT, compounds
from watcher.text import Script, script_of

Flags: TypeAlias = NDArray[np.bool_]

_SHUT, _FREE = GAPS.index(SHUT), GAPS.index(FREE)


class Taken(NamedTuple):
    """The units of some texts, text by text, in the order of their first words.

    Attributes:
        firsts: the first word of each, counted over all texts.
        lasts: the last word.
        numbers: their numbers in the memory.
    """

    firsts: Numbers
    lasts: Numbers
    numbers: Numbers

    def part(self, begin: int, end: int, origin: int) -> Taken:
        """Some of the units, their words counted from an origin on."""
        here = slice(begin, end)
        return Taken(self.firsts[here] - origin, self.lasts[here] - origin, self.numbers[here])


class _Pair(NamedTuple):
    """Two words that make one part together, with a particle between them at most."""

    first: int
    last: int
    script: Script
    ways: tuple[str, ...]


def take(cut: Cut, chunks: Chunks, spaceless: Callable[[str], Iterable[str]]) -> Taken:
    """Take the units of some texts.

    Args:
        cut: their words.
        chunks: what the words were cut by.
        spaceless: the listed words of scripts without spaces that begin with a letter.
    """
    return _Taker(cut, chunks).taken(spaceless)


class _Taker:
    """Takes the units of some texts."""

    def __init__(self, cut: Cut, chunks: Chunks) -> None:
        line, traits, sizes = cut.line, cut.line.traits, np.diff(cut.bounds)
        self._line, self._bounds = line, cut.bounds
        self._chunks, self._memory = chunks, chunks.memory
        self._capital = traits & CAPITAL != 0
        used = np.diff(sums_of(self._capital)[cut.bounds]) > 0
        self._cased = (traits & HAS_CAPITALS != 0) & np.repeat(used, sizes)
        self._barred = (traits & PREPOSITION != 0) & np.repeat(cut.dotted, sizes)
        self._runs_on = line.gaps == _FREE
        # A particle with a capital that leads to no name is one itself: Li Bin said.
        ends = (traits & HAS_CAPITALS != 0) & self._capital
        ends &= ~(self._runs_on & _shifted(self._capital, 1))
        self._leads = (traits & PARTICLE != 0) & ~ends

    def taken(self, spaceless: Callable[[str], Iterable[str]]) -> Taken:
        """All units."""
        pairs = list(self._pairs())
        may = np.where(self._cased, self._capital, self._line.traits & NAMELIKE != 0)
        may &= ~(self._leads | self._barred)
        # Neither half of Abd al-Rahman is a name by itself.
        may[[pair.first for pair in pairs]] = False
        may[list(_passed(pairs))] = False
        lasts = np.flatnonzero(may)
        links = self._leads & (self._line.gaps != _SHUT)
        behind = np.maximum.accumulate(np.where(links, -1, np.arange(len(links))))
        firsts = np.append(-1, behind)[lasts] + 1
        rows = [*self._compounds(pairs), *self._spaceless(spaceless)]
        more = np.array(rows, np.int32).reshape(-1, 3).T
        every = np.concatenate(((firsts, lasts, self._numbers(firsts, lasts)), more), axis=1)
        order = np.argsort(every[0], kind="stable") if rows else slice(None)
        return Taken(*every.astype(np.int32)[:, order])

    def _numbers(self, firsts: NDArray[np.intp], lasts: NDArray[np.intp]) -> Numbers:
        """The numbers of units of one word and the particles before it."""
        folded, scripts, units = self._chunks.folded, self._chunks.scripts, self._chunks.units
        words = self._line.words[lasts]
        alone = firsts == lasts
        new = alone & (np.frombuffer(units, np.int32).take(words) < 0)
        for word in words[new].tolist():
            units[word] = self._memory.number((folded[word], folded[word], scripts[word]))
        numbers = np.frombuffer(units, np.int32).take(words)
        led = np.flatnonzero(~alone).tolist()
        for place in led:
            own = self._line.words[firsts[place] : lasts[place] + 1].tolist()
            whole = "".join([folded[word] for word in own])
            numbers[place] = self._memory.number((folded[own[-1]], whole, scripts[own[-1]]))
        return numbers

    def _pairs(self) -> Iterator[_Pair]:
        """The words that make one part with the next."""
        traits, words = self._line.traits, self._line.words
        folded, scripts = self._chunks.folded, self._chunks.scripts
        behind = traits & BINDS_BEHIND != 0
        particle = traits & PARTICLE != 0
        may = (traits & BINDS != 0) | _shifted(behind, 1)
        may |= _shifted(particle, 1) & _shifted(behind, 2)
        first = np.flatnonzero(may & self._runs_on & ~self._leads)
        last = first + 1
        last += particle[last] & (last + 1 < self._ends(first))
        likely = ~self._capital[first] | self._capital[last]
        for one, two in zip(first[likely].tolist(), last[likely].tolist(), strict=True):
            left, right = words[one], words[two]
            if scripts[left] is scripts[right]:
                both = compounds(folded[left], folded[right], scripts[left])
                if both:
                    yield _Pair(one, two, scripts[left], both)

    def _ends(self, places: NDArray[np.intp]) -> Numbers:
        """Where the texts of some words end."""
        return self._bounds[np.searchsorted(self._bounds, places, "right")]

    def _compounds(self, pairs: Iterable[_Pair]) -> Iterator[tuple[int, int, int]]:
        """The units that pairs are: first, last and number."""
        for first, last, script, ways in pairs:
            capital = self._capital[first] or self._capital[last]
            for both in ways:
                may = capital if self._cased[first] else is_namelike(both, script)
                if may and not self._barred[first]:
                    yield first, last, self._memory.number((both, both, script))

    def _spaceless(self, listed: Callable[[str], Iterable[str]]) -> Iterator[tuple[int, int, int]]:
        """The listed words of a script without spaces that stand in a text from a letter on."""
        words, folded = self._line.words, self._chunks.folded
        places = np.flatnonzero(self._line.traits & LETTER)
        for place, end in zip(places.tolist(), self._ends(places).tolist(), strict=True):
            some = list(listed(folded[words[place]]))
            longest = max(map(len, some), default=0)
            near = [folded[number] for number in words[place : place + longest].tolist()]
            for word in some:
                behind = place + len(word)
                if behind <= end and word == "".join(near[: len(word)]):
                    # None of these scripts has words that are counted as grammar.
                    yield place, behind - 1, self._memory.number((word, word, script_of(word)))


def _passed(pairs: Sequence[_Pair]) -> Iterator[int]:
    """The second words of pairs, unless another pair begins before them."""
    ends = [*(pair.first for pair in pairs[1:]), pairs[-1].last] if pairs else []
    return (pair.last for pair, end in zip(pairs, ends, strict=True) if pair.last <= end)


def _shifted(flags: Flags, places: int) -> Flags:
    """The flags of the words so many places behind."""
    found = np.zeros_like(flags)
    found[: len(flags) - places] = flags[places:]
    return found
