"""How alike many words are to the words of a list, roughly, and a hundred times sooner.

Two words with a common key are cut by it into slots, each a consonant and what follows it. What one
slot costs for another is worked out once, by the same steps as whole words; the slots of a language
are few, so that nearly always the costs of a pair of words are only looked up and added. The sum
leaves out the steps that run over the edge of a slot: it is seldom better than the careful one, and
for spellings of one name nearly the same.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import chain
from math import ceil, log
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from watcher.names.alike import KNOWN_ONE, turns
from watcher.names.asked import Asked
from watcher.names.compound import canon
from watcher.names.core import BUILT, compiled
from watcher.names.grid import Places, ranges
from watcher.names.key import Cut, cuts, letters
from watcher.names.slots import TURNED, Listed, Sound, code, names_of, sound
from watcher.names.steps import HUNDREDTHS
from watcher.names.toll import Slots, Tolls
from watcher.text import Script

_ASKED = 8
"""So many keys of a word of a text are looked up."""
_AT_ONCE = 2048
"""Words that are looked up at once."""
_SOUNDS = 1 << 9
"""Sounds are letters of ASCII, at either edge of a word, both or none."""
_NO_SLOTS = 0, 0
_ONE = log(KNOWN_ONE / (1 - KNOWN_ONE))


class Near(NamedTuple):
    """Pairs of words that are roughly alike.

    Attributes:
        asked: the owner of the word of the text, rising.
        listed: the number of the listed word, rising within one owner.
        logits: how alike they are, as log odds.
    """

    asked: Places
    listed: Places
    logits: NDArray[np.float64]


class Rough:
    """The words of a list in one script, cut into slots."""

    def __init__(self, listed: Listed) -> None:
        self._listed = listed
        self._script = listed.script
        self._codes, self._starts, self._words = listed.codes, listed.starts, listed.words
        self._begins, self._slots = listed.begins, listed.slots
        many = np.diff(listed.firsts).tolist()
        firsts = zip(listed.firsts.tolist(), many, strict=False)
        self._classes = dict(zip(map(_sounded, listed.sounds), firsts, strict=False))
        self._costs: dict[Script, Tolls] = {}
        self._looks: dict[Script, compiled.Look] = {}

    def _borne(self, names: Iterable[str]) -> dict[str, list[int]]:
        """By name, of those that the list knows, the words that are it whatever their letters."""
        listed = self._listed
        distinct = list(dict.fromkeys(names))
        codes = np.fromiter(map(code, distinct), np.int64, len(distinct))
        starts, ends = (listed.names.searchsorted(codes, side) for side in ("left", "right"))
        return {
            distinct[name]: listed.borne[slice(*listed.bearers[[place, place + 1]])].tolist()
            for name in np.flatnonzero(ends > starts).tolist()
            for place in [int(starts[name])]
        }

    def alike(self, asked: Asked, least: float) -> Near:
        """The words of the list that words of a text are roughly alike to.

        Args:
            asked: the words, by owner; of those of one owner the best counts.
            least: log odds that are asked for.
        """
        return (self._looked_up if BUILT else self._summed)(asked, least)

    def _looked_up(self, asked: Asked, least: float) -> Near:
        """What `alike` says, by the compiled loops."""
        costs = self._costs_of(asked.script)
        if asked.script not in self._looks:
            self._looks[asked.script] = self._look(costs)
        bounds = ceil((least - costs.bias) * HUNDREDTHS), _sure(costs.bias)
        owners, listed, sums = self._looks[asked.script].ask(
            asked.spelled, asked.owners, _ASKED, TURNED, *bounds
        )
        logits = costs.bias + sums / HUNDREDTHS
        return Near(owners.astype(np.intp), listed.astype(np.intp), logits)

    def _look(self, costs: Tolls) -> compiled.Look:
        """The compiled loops over the slots of the list, for one script of texts."""
        return compiled.Look(
            letters(costs.script),
            costs.grid.compiled,
            (costs.listed, costs.spell),
            (self._codes, self._starts, self._words),
            (self._listed.names, self._listed.bearers, self._listed.borne),
            (self._begins, self._slots, self._sounds),
        )

    @cached_property
    def _spelled(self) -> list[str]:
        """The slots of the list, once a text asks for what they cost."""
        return list(self._listed.spelled)

    @cached_property
    def _sounds(self) -> Slots:
        """By letter and edges, the first slot of a sound and how many there are."""
        table = np.zeros((_SOUNDS, 2), np.int32)
        for (letter, begins, ends), own in self._classes.items():
            table[ord(letter) * 4 + begins * 2 + ends] = own
        return table

    def _summed(self, asked: Asked, least: float) -> Near:
        """What `alike` says, in arrays."""
        words, costs = asked.words, self._costs_of(asked.script)
        found = [
            self._some(words[begin : begin + _AT_ONCE], begin, costs, least)
            for begin in range(0, len(words), _AT_ONCE)
        ]
        found.append(self._same_names(words, costs))
        number, listed, logits = (np.concatenate(column) for column in zip(*found, strict=True))
        owner = asked.owners[number]
        order = np.lexsort((-logits, listed, owner))
        owner, listed, logits = owner[order], listed[order], logits[order]
        first = np.ones(len(owner), bool)
        first[1:] = (owner[1:] != owner[:-1]) | (listed[1:] != listed[:-1])
        return Near(owner[first], listed[first], logits[first])

    def _same_names(self, words: Sequence[str], costs: Tolls) -> Near:
        """The same words, and the spellings of known names, however they are spelled."""
        sure = costs.bias + _sure(costs.bias) / HUNDREDTHS
        names = [_names(word, costs.script) for word in words]
        known = self._borne(chain.from_iterable(names))
        rows = [
            (asked, listed)
            for asked, own in enumerate(names)
            for name in own
            for listed in known.get(name, ())
        ]
        asked, listed = np.array(rows, np.intp).reshape(-1, 2).T
        return Near(asked, listed, np.full(len(rows), sure))

    def _costs_of(self, script: Script) -> Tolls:
        if script not in self._costs:
            self._costs[script] = Tolls(self._spelled, self._script, script)
        return self._costs[script]

    def _some(self, words: Sequence[str], begin: int, costs: Tolls, least: float) -> Near:
        """What `alike` says of not too many words."""
        costs.trim()
        met = self._met(words, begin, costs)
        row = ranges(met.starts, met.many)
        cut = np.repeat(np.arange(len(met.owners)), met.many)
        limit = (least - costs.bias) * HUNDREDTHS
        sums = np.zeros(len(row), np.intp)
        for place in range(met.slots.shape[1]):
            longer = np.flatnonzero(met.sizes[cut] > place)
            own, size = cut[longer], met.sizes[cut[longer]]
            listed = met.begins[own] + (row[longer] - met.starts[own]) * size + place
            slot, base = met.slots[:, place, own]
            sums[longer] += costs.sums(slot, base, self._slots[listed])
            kept = np.flatnonzero(sums >= limit)
            row, cut, sums = row[kept], cut[kept], sums[kept]
        logits = costs.bias + sums / HUNDREDTHS
        return Near(met.owners[cut], self._words[row].astype(np.intp), logits)

    def _met(self, words: Sequence[str], begin: int, costs: Tolls) -> _Met:
        """The keys of words of a text that the list has too, with the slots they cut."""
        found = [
            (number, key, self._slots_of(cut, costs))
            for number, word in enumerate(words, begin)
            for cut in _cuts(word, costs.script, _ASKED)
            if (key := self._found(cut)) is not None
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
        return _Met(owners, starts, ends - starts, sizes, self._begins[numbers], table)

    def _found(self, cut: Cut) -> int | None:
        """The number of a key, if the list has it and not another of the same code."""
        wanted = code(cut.key)
        place = bisect_left(self._codes, wanted)
        if place == len(self._codes) or self._codes[place] != wanted:
            return None
        rows = int(self._starts[place + 1] - self._starts[place])
        begin, end = self._begins[[place, place + 1]].tolist()
        if end - begin != rows * len(cut.slots):
            return None
        slots = self._slots[begin : begin + len(cut.slots)].tolist()
        sounds = (self._classes.get(sound, _NO_SLOTS) for sound in _sounds_of(cut))
        fits = (
            0 <= slot - first < many for slot, (first, many) in zip(slots, sounds, strict=False)
        )
        return place if all(fits) else None

    def _slots_of(self, cut: Cut, costs: Tolls) -> list[tuple[int, int]]:
        return [
            costs.of(slot, self._classes[sound])
            for slot, sound in zip(cut.slots, _sounds_of(cut), strict=True)
        ]


class _Met(NamedTuple):
    """Keys of words of a text that the list has too.

    Attributes:
        owners: the number of the word.
        starts: the first row of the list that has the key.
        many: how many rows have it.
        sizes: how many slots it cuts.
        begins: where the slots of the first row begin.
        slots: by place, the numbers of the slots, and where their costs begin.
    """

    owners: Places
    starts: Places
    many: Places
    sizes: Places
    begins: Slots
    slots: Places


def _names(word: str, script: Script) -> list[str]:
    """What a word is, whatever its letters cost: a form of itself, and the names it may spell."""
    own = canon(word, script)
    return names_of(own, turns(own, script))


def _sure(bias: float) -> int:
    """The sum of two words that are one name, whatever their letters cost."""
    return round((_ONE - bias) * HUNDREDTHS)


def _sounds_of(cut: Cut) -> Iterator[Sound]:
    """The sounds of the slots of a cut."""
    return (sound(*both) for both in zip(cut.key, cut.slots, strict=False))


def _sounded(told: str) -> Sound:
    return told[0], "^" in told[1:], "$" in told[1:]


def _cuts(word: str, script: Script, most: int) -> Iterator[Cut]:
    """The likeliest cuts of a word, and of its other forms."""
    yield from cuts(word, script, most)
    for turned in turns(canon(word, script), script):
        yield from cuts(turned, script, TURNED)
