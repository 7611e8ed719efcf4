"""The chunks of texts: what stands between two spaces or usual separators, each read once.

A text is cut at its spaces, which is quick, and each chunk looked up whole. No word runs over a
space or a separator, so nothing is lost. What a chunk holds stands in rows of numbers, so that many
texts are put together at once and no letter is looked at.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import compress, count, repeat

import numpy as np
from numpy.typing import NDArray

from watcher.match.joint import GAPS, JOINT, MIDDLES, SEPARATORS, Joints, Numbers, Sides
from watcher.match.listed import SPACELESS
from watcher.match.memory import Memory, often
from watcher.match.trait import LETTER, OPENS, ends_in_ya, traits
from watcher.match.unit import gaps
from watcher.names.grid import ranges
from watcher.text import Script, Token, folds, scripts_of, soles, tokens

_LETTERS = 3 << 18
"""So many letters of chunks are remembered: some 100,000 chunks, 30 MB."""
_SIDES = 1 << 14
"""So many different things that stand around words, or pairs of them."""
_COLUMNS, _FIELDS = 4, 6


class Chunks(dict[str, int]):
    """The numbers of chunks, for whoever asks with `[]`; what they hold is read when it is needed.

    Attributes:
        memory: what the units are remembered in.
        folded: by word, its letters folded.
        scripts: by word.
        units: by word, the number of the unit that it is by itself; -1 if nobody asked yet.
        joints: the gaps between chunks.
    """

    def __init__(
        self,
        memory: Memory,
        opens: Callable[[Sequence[str]], Iterable[int]],
        letters: frozenset[str],
    ) -> None:
        """Remember nothing yet.

        Args:
            memory: numbers the units.
            opens: tells with which of some folded words, by place, a context word may begin.
            letters: what listed words of scripts without spaces begin with.
        """
        super().__init__()
        self.update(zip(MIDDLES, count()))
        self.folded: list[str] = []
        self.scripts: list[Script] = []
        self.units = array("i")
        self.memory = memory
        self._opens, self._letters = opens, letters
        self._new: list[str] = []
        self._size = 0
        # A separator is set off by spaces that the text does not have.
        self._chunks = array("i", (0, 0, 0, 0) * len(SEPARATORS) + (0, 0, 1, 0))
        self._met = array("i", (0,) * len(MIDDLES))
        self._pieces = array("i")
        self._words: dict[str, int] = {}
        self._traits = array("i")
        self._sides = Sides()
        self.joints = Joints(self._sides.letters)

    @property
    def is_full(self) -> bool:
        """Whether so much is remembered that it is time to begin anew."""
        return self._size > _LETTERS or self._has_odd_sides

    @property
    def _has_odd_sides(self) -> bool:
        """Whether too many different things stood around words."""
        return max(len(self._sides), len(self.joints)) > _SIDES

    def __missing__(self, chunk: str) -> int:
        """Give a new chunk a number."""
        self._new.append(chunk)
        self[chunk] = number = len(self)
        return number

    def chunks(self, numbers: Numbers) -> Numbers:
        """What is known of some chunks, in rows.

        Where their words begin, how many they are, how many code points lie between its begin and
        that of the next chunk, whether a word in it ends in ي.
        """
        if self._new:
            self._read()
        np.frombuffer(self._met, np.int32)[numbers] += 1
        table = np.frombuffer(self._chunks, np.int32).reshape(-1, _COLUMNS)
        return np.ascontiguousarray(table.take(numbers, axis=0).T)

    def pieces(self, places: NDArray[np.integer]) -> Numbers:
        """What is known of some words of chunks, in rows.

        The number of the word, where it begins and ends in the chunk, the gap behind it; of the
        first word what stands before it, of the last what stands behind it.
        """
        table = np.frombuffer(self._pieces, np.int32).reshape(-1, _FIELDS)
        return np.ascontiguousarray(table.take(places, axis=0).T)

    def traits(self, words: Numbers) -> Numbers:
        """The traits of some words, as bits."""
        return np.frombuffer(self._traits, np.int32).take(words)

    def _read(self) -> None:
        """Read the new chunks."""
        new = self._new
        before, sole, behind = zip(*soles(new), strict=True)
        # One string serves for a chunk and for the word that it is.
        own = dict(zip(new, new, strict=True))
        written = [own.get(word, word) for word in sole]
        self._learn(written, folds(written))
        words = np.fromiter(map(self._words.get, written, repeat(-1)), np.int32)
        begins = np.arange(len(new), dtype=np.int32) + len(self._pieces) // _FIELDS
        many = np.ones_like(begins)
        starts = _lengths(before)
        rows = (
            words,
            starts,
            starts + _lengths(written),
            np.full_like(begins, JOINT),
            np.fromiter(map(self._sides.__getitem__, before), np.int32),
            np.fromiter(map(self._sides.__getitem__, behind), np.int32),
        )
        self._pieces.frombytes(np.column_stack(rows).tobytes())
        others = {place: tokens(new[place]) for place in np.flatnonzero(words < 0).tolist()}
        spelled = [(new[place], token) for place, cut in others.items() for token in cut]
        self._learn(
            [chunk[token.start : token.end] for chunk, token in spelled],
            [token.folded for _, token in spelled],
        )
        for place, cut in others.items():
            begins[place], many[place] = len(self._pieces) // _FIELDS, len(cut)
            self._pieces.extend(self._rows(new[place], cut))
        lengths = _lengths(new)
        self._size += int(lengths.sum())
        ya = np.fromiter(map(ends_in_ya, new), np.int32)
        self._chunks.frombytes(np.column_stack((begins, many, lengths + 1, ya)).tobytes())
        self._met.extend(array("i", (0,)) * len(new))
        self._new = []

    def follow(self, memory: Memory, numbers: NDArray[np.int32]) -> None:
        """Ask another memory from now on.

        Args:
            memory: it knows some of the units of the former one.
            numbers: of those units there; -1 of those that it does not know.
        """
        units = np.frombuffer(self.units, np.int32)
        units[:] = np.where(units < 0, -1, numbers[units])
        self.memory = memory

    def kept(self) -> Chunks:
        """Chunks that know of these those that were met most, at most half of all.

        Pages that were cut by these keep them.
        """
        kept = Chunks(self.memory, self._opens, self._letters)
        if self._has_odd_sides:
            return kept
        met = np.frombuffer(self._met, np.int32)
        chosen = often(met)
        chosen[: len(MIDDLES)] = False
        own = np.flatnonzero(chosen)
        begins, many, spans, ya = np.frombuffer(self._chunks, np.int32).reshape(-1, _COLUMNS)[own].T
        pieces = np.frombuffer(self._pieces, np.int32).reshape(-1, _FIELDS)[ranges(begins, many)]
        words, pieces[:, 0] = np.unique(pieces[:, 0], return_inverse=True)
        begins = np.cumsum(many) - many
        rows = np.column_stack((begins, many, spans, ya)).astype(np.int32)
        kept.update(zip(compress(self, chosen), count(len(kept))))
        kept._size = int(spans.sum() - len(own))
        kept._chunks.frombytes(rows.tobytes())
        kept._pieces.frombytes(pieces.tobytes())
        kept._met.frombytes((met[own] // 2).tobytes())
        kept._take_words(self, words)
        kept._sides, kept.joints = self._sides, self.joints
        return kept

    def _take_words(self, other: Chunks, words: NDArray[np.int32]) -> None:
        """Take over some words of others, rising."""
        chosen = np.zeros(len(other.folded), bool)
        chosen[words] = True
        self._words.update(zip(compress(other._words, chosen), count()))
        self.folded.extend(compress(other.folded, chosen))
        self.scripts.extend(compress(other.scripts, chosen))
        for own, theirs in ((self._traits, other._traits), (self.units, other.units)):
            own.frombytes(np.frombuffer(theirs, np.int32)[words].tobytes())

    def _rows(self, chunk: str, cut: Sequence[Token]) -> Iterator[int]:
        """The rows of the words of any chunk, one after the other."""
        last = len(cut) - 1
        for place, (token, gap) in enumerate(zip(cut, gaps(chunk, cut), strict=True)):
            yield self._words[chunk[token.start : token.end]]
            yield from (token.start, token.end, GAPS.index(gap) if place < last else JOINT)
            yield 0 if place else self._sides[chunk[: token.start]]
            yield 0 if place < last else self._sides[chunk[token.end :]]

    def _learn(self, written: Sequence[str], letters: Sequence[str]) -> None:
        """Know some words, given how they fold; not those that are known or fold to nothing."""
        new = {
            word: word if word == folded else folded
            for word, folded in zip(written, letters, strict=True)
            if folded and word not in self._words
        }
        folded = list(new.values())
        scripts = scripts_of(folded)
        bits = traits(new, folded, scripts)
        for place in self._opens(folded):
            bits[place] |= OPENS
        if not self._letters.isdisjoint(folded):
            for place, (letter, script) in enumerate(zip(folded, scripts, strict=True)):
                if script in SPACELESS and letter in self._letters:
                    bits[place] |= LETTER
        self._words.update(zip(new, count(len(self._words))))
        self._traits.extend(bits)
        self.folded.extend(folded)
        self.scripts.extend(scripts)
        self.units.extend(array("i", (-1,)) * len(bits))


def _lengths(texts: Iterable[str]) -> Numbers:
    return np.fromiter(map(len, texts), np.int32)
