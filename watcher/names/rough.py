"""How alike many words are to the words of a list, roughly, and a hundred times sooner.

Two words with a common key are cut by it into slots, each a consonant and what follows it. What one
slot costs for another is worked out once, by the same steps as whole words; the slots of a language
are few, so that nearly always the costs of a pair of words are only looked up and added. The sum
leaves out the steps that run over the edge of a slot: it is seldom better than the careful one, and
for spellings of one name nearly the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from itertools import groupby
from math import ceil, log
from operator import itemgetter
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.alike import KNOWN_ONE, LEARNED, turns
from watcher.names.compound import canon
from watcher.names.core import BUILT, compiled
from watcher.names.grid import Costs, Grid, Places, Words, grid, ranges
from watcher.names.key import Cut, asked, cuts, letters
from watcher.names.known import named
from watcher.names.roman import romanise
from watcher.names.steps import HUNDREDTHS
from watcher.text import Script

Slots: TypeAlias = NDArray[np.int32]
Sound: TypeAlias = tuple[str, bool, bool]
"""The class of a slot, and whether the word begins and ends with it."""

_ASKED, _LISTED, _TURNED, _BRIEF = 8, 6, 2, 2
"""So many keys of a word of a text are looked up, so many of a listed word are laid down, so many
of other forms of either, and so many of a listed word that is seldom met. Chosen on the mentions of
running text, of which 996 in 1,000 are found as by comparing all words with a common key."""
_AT_ONCE = 2048
"""Words that are looked up at once."""
_UNKNOWN = 1
"""No cost: costs are never above 0."""
_CELLS = 1 << 24
"""Costs that are remembered."""
_PRIME = (1 << 55) - 55
_ONE = log(KNOWN_ONE / (1 - KNOWN_ONE))


class Near(NamedTuple):
    """Pairs of words that are roughly alike.

    Attributes:
        asked: the number of the word of the text, rising.
        listed: the number of the listed word, rising within one word of the text.
        logits: how alike they are, as log odds.
    """

    asked: Places
    listed: Places
    logits: NDArray[np.float64]


class Rough:
    """The words of a list in one script, cut into slots."""

    def __init__(self, words: Sequence[str], script: Script, brief: Container[str] = ()) -> None:
        """Brief: words that are seldom met, of which only the likeliest readings are laid down."""
        self._script = script
        rows = [
            (cut, number)
            for number, word in enumerate(words)
            for cut in _cuts(word, script, _BRIEF if word in brief else _LISTED)
        ]
        slots = self._numbered([cut for cut, _ in rows])
        codes = np.array([_code(cut.key) for cut, _ in rows], np.int64)
        order = np.argsort(codes, kind="stable")
        self._slots = slots[:, order]
        self._words = np.array([word for _, word in rows], np.int32)[order]
        self._codes, starts = np.unique(codes[order], return_index=True)
        self._starts = np.append(starts, len(rows)).astype(np.int32)
        self._known: dict[str, list[int]] = {}
        for number, word in enumerate(words):
            for name in _names(word, script):
                self._known.setdefault(name, []).append(number)
        self._costs: dict[Script, _Costs] = {}
        self._looks: dict[Script, compiled.Look] = {}
        self._many = len(words)

    def _numbered(self, rows: Sequence[Cut]) -> Slots:
        """The slots of rows, by place; so numbered that those of one class stand together."""
        met = [
            (sound, slot[:1] == "^", slot[-1:] == "$", slot)
            for cut in rows
            for sound, slot in zip(cut.key, cut.slots, strict=False)
        ]
        numbers = {slot: number for number, slot in enumerate(sorted(set(met)))}
        self._spelled = [slot for *_, slot in numbers]
        self._classes = {
            sound: (numbers[first], len(several) + 1)
            for sound, (first, *several) in groupby(numbers, key=itemgetter(0, 1, 2))
        }
        sizes = np.array([len(cut.slots) for cut in rows], np.intp)
        slots = np.zeros((int(sizes.max(initial=0)), len(rows)), np.int32)
        row = np.repeat(np.arange(len(rows)), sizes)
        slots[ranges(np.zeros_like(sizes), sizes), row] = [numbers[slot] for slot in met]
        return slots

    def alike(self, words: Sequence[str], script: Script, least: float) -> Near:
        """The words of the list that words of a text are roughly alike to.

        Args:
            words: folded words of a text.
            script: theirs.
            least: log odds that are asked for.
        """
        return (self._looked_up if BUILT else self._summed)(words, script, least)

    def _looked_up(self, words: Sequence[str], script: Script, least: float) -> Near:
        """What `alike` says, by the compiled loops."""
        costs = self._costs_of(script)
        if script not in self._looks:
            self._looks[script] = self._look(costs)
        asked = [([*_asked(word, script)], [*_names(word, script)]) for word in words]
        limit = ceil((least - costs.bias) * HUNDREDTHS)
        found = self._looks[script].ask(asked, self._known, limit, _sure(costs.bias))
        owners, listed = found[0].astype(np.intp), found[1].astype(np.intp)
        return Near(owners, listed, costs.bias + found[2] / HUNDREDTHS)

    def _look(self, costs: _Costs) -> compiled.Look:
        """The compiled loops over the slots of the list, for one script of texts."""
        alone = np.arange(self._many + 1, dtype=np.int32)
        return compiled.Look(
            letters(costs.script),
            costs.grid.compiled,
            costs.read,
            compiled.Words(*costs.outer),
            (self._codes, self._starts, self._words),
            (np.ascontiguousarray(self._slots.T), self._classes),
            (alone, alone[:-1]),
            self._many,
        )

    def _summed(self, words: Sequence[str], script: Script, least: float) -> Near:
        """What `alike` says, in arrays."""
        costs = self._costs_of(script)
        found = [
            self._some(words[begin : begin + _AT_ONCE], begin, costs, least)
            for begin in range(0, len(words), _AT_ONCE)
        ]
        found.append(self._same_names(words, costs))
        asked, listed, logits = (np.concatenate(column) for column in zip(*found, strict=True))
        order = np.lexsort((-logits, listed, asked))
        asked, listed, logits = asked[order], listed[order], logits[order]
        first = np.ones(len(asked), bool)
        first[1:] = (asked[1:] != asked[:-1]) | (listed[1:] != listed[:-1])
        return Near(asked[first], listed[first], logits[first])

    def _same_names(self, words: Sequence[str], costs: _Costs) -> Near:
        """The same words, and the spellings of known names, however they are spelled."""
        sure = costs.bias + _sure(costs.bias) / HUNDREDTHS
        rows = [
            (asked, listed)
            for asked, word in enumerate(words)
            for name in _names(word, costs.script)
            for listed in self._known.get(name, ())
        ]
        asked, listed = np.array(rows, np.intp).reshape(-1, 2).T
        return Near(asked, listed, np.full(len(rows), sure))

    def _costs_of(self, script: Script) -> _Costs:
        if script not in self._costs:
            self._costs[script] = _Costs(self._spelled, self._script, script)
        return self._costs[script]

    def _some(self, words: Sequence[str], begin: int, costs: _Costs, least: float) -> Near:
        """What `alike` says of not too many words."""
        costs.trim()
        asked = self._asked(words, begin, costs)
        row = ranges(asked.starts, asked.many)
        cut = np.repeat(np.arange(len(asked.owners)), asked.many)
        limit = (least - costs.bias) * HUNDREDTHS
        sums = np.zeros(len(row), np.intp)
        for place in range(asked.slots.shape[1]):
            longer = np.flatnonzero(asked.sizes[cut] > place)
            slot, base = asked.slots[:, place, cut[longer]]
            sums[longer] += costs.sums(slot, base, self._slots[place, row[longer]])
            kept = np.flatnonzero(sums >= limit)
            row, cut, sums = row[kept], cut[kept], sums[kept]
        logits = costs.bias + sums / HUNDREDTHS
        return Near(asked.owners[cut], self._words[row].astype(np.intp), logits)

    def _asked(self, words: Sequence[str], begin: int, costs: _Costs) -> _Asked:
        """The keys of words of a text that the list has too, with the slots they cut."""
        found = [
            (number, key, self._slots_of(cut, costs))
            for number, word in enumerate(words, begin)
            for cut in _cuts(word, costs.script, _ASKED)
            if (key := self._found(cut.key)) is not None
        ]
        sizes = np.array([len(slots) for *_, slots in found], np.intp)
        table = np.zeros((2, int(sizes.max(initial=0)), len(found)), np.intp)
        for number, (*_, slots) in enumerate(found):
            if slots:
                table[:, : len(slots), number] = np.array(slots, np.intp).T
        numbers = np.array([key for _, key, _ in found], np.intp)
        starts = self._starts[numbers].astype(np.intp)
        ends = self._starts[numbers + 1].astype(np.intp)
        owners = np.array([number for number, *_ in found], np.intp)
        return _Asked(owners, starts, ends - starts, sizes, table)

    def _found(self, key: str) -> int | None:
        """The number of a key, if the list has it."""
        code = _code(key)
        place = bisect_left(self._codes, code)
        return place if place < len(self._codes) and self._codes[place] == code else None

    def _slots_of(self, cut: Cut, costs: _Costs) -> list[tuple[int, int]]:
        return [
            costs.of(slot, self._classes[_sound(sound, slot)])
            for sound, slot in zip(cut.key, cut.slots, strict=False)
        ]


class _Asked(NamedTuple):
    """Keys of words of a text.

    Attributes:
        owners: the number of the word.
        starts: the first row of the list that has the key.
        many: how many rows have it.
        sizes: how many slots it cuts.
        slots: by place, the numbers of the slots, and where their costs begin.
    """

    owners: Places
    starts: Places
    many: Places
    sizes: Places
    slots: Places


class _Costs:
    """What slots of words of a text cost for the slots of a list, remembered.

    Attributes:
        script: of the text.
        bias: the logit of two words is this and the costs of their slots, by hundred.
        grid: the steps that they cost.
        outer: the slots of the list.
    """

    def __init__(self, listed: Sequence[str], theirs: Script, script: Script) -> None:
        self.script = script
        table, turned = _table(theirs, script)
        self.grid: Grid = grid(table, turned=turned)
        self.bias = self.grid.bias
        self._is_roman = script is not table
        self.outer: Words = self.grid.outer.read_slots(
            listed if theirs is table else [_romanised(slot, theirs) for slot in listed]
        )
        self._listed = len(listed)
        self._used = _CELLS + 1
        self.trim()

    def trim(self) -> None:
        """Forget all costs if they are too many."""
        if self._used > _CELLS:
            self._numbers: dict[tuple[str, int], tuple[int, int]] = {}
            self._spelled: list[str] = []
            self._cells = np.full(1 << 12, _UNKNOWN, np.int16)
            self._used = 0

    def read(self, slots: Sequence[str]) -> Words:
        """Slots of words of a text as the table of steps sees them."""
        if self._is_roman:
            slots = [_romanised(slot, self.script) for slot in slots]
        return self.grid.inner.read_slots(slots)

    def of(self, slot: str, sound: tuple[int, int]) -> tuple[int, int]:
        """The number of a slot and where its costs begin, as if all slots of the list had one.

        Args:
            slot: of a word of the text.
            sound: the first slot of its class on the list, and how many there are.
        """
        first, many = sound
        found = self._numbers.get((slot, first))
        if found is None:
            found = len(self._spelled), self._used - first
            self._numbers[slot, first] = found
            self._spelled.append(slot)
            self._used += many
        return found

    def sums(self, slots: Places, bases: Places, listed: Slots) -> Costs:
        """What each of some slots costs for a slot of the list."""
        if self._used > len(self._cells):
            more = np.full(max(self._used, 2 * len(self._cells)), _UNKNOWN, np.int16)
            more[: len(self._cells)] = self._cells
            self._cells = more
        cells = bases + listed
        costs: Costs = self._cells[cells]
        new = np.flatnonzero(costs == _UNKNOWN)
        if len(new):
            codes, which = np.unique(slots[new] * self._listed + listed[new], return_index=True)
            some, one = np.unique(codes // self._listed, return_inverse=True)
            inner = self.read([self._spelled[n] for n in some.tolist()])
            found = self.grid.sums(inner, self.outer, (one, codes % self._listed))
            self._cells[cells[new[which]]] = found
            costs = self._cells[cells]
        return costs


def _table(listed: Script, script: Script) -> tuple[Script, bool]:
    """By whose table two words are compared, and whether the listed one is that script's."""
    if script in LEARNED and script is not listed and (listed not in LEARNED or script < listed):
        return script, False
    if listed in LEARNED and script is not listed:
        return listed, True
    return Script.LATIN, False


def _names(word: str, script: Script) -> Iterator[str]:
    """What a word is, whatever its letters cost: a form of itself, and the names it may spell."""
    own = canon(word, script)
    yield from (f"={form}" for form in (own, *turns(own, script)))
    yield from named(own)


def _sure(bias: float) -> int:
    """The sum of two words that are one name, whatever their letters cost."""
    return round((_ONE - bias) * HUNDREDTHS)


def _code(key: str) -> int:
    """A number for a key; two of a list's keys have one as good as never."""
    return int.from_bytes(key.encode()) % _PRIME


def _sound(sound: str, slot: str) -> Sound:
    return sound, slot[:1] == "^", slot[-1:] == "$"


def _romanised(slot: str, script: Script) -> str:
    bare = slot.strip("^$")
    return slot.replace(bare, romanise(bare, script)) if bare else slot


def _cuts(word: str, script: Script, most: int) -> Iterator[Cut]:
    """The likeliest cuts of a word, and of its other forms."""
    yield from cuts(word, script, most)
    for turned in turns(canon(word, script), script):
        yield from cuts(turned, script, _TURNED)


def _asked(word: str, script: Script) -> Iterator[tuple[str, int]]:
    """What `_cuts` cuts."""
    yield asked(word, script, _ASKED)
    for turned in turns(canon(word, script), script):
        yield asked(turned, script, _TURNED)
