"""The words of a list cut by their keys into slots, laid into arrays."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Container, Iterator, Sequence
from functools import partial
from itertools import pairwise
from operator import add
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.compound import canon
from watcher.names.grid import Places, ranges
from watcher.names.key import places
from watcher.names.known import is_known, named
from watcher.names.ready import Forms
from watcher.names.share import Share, alone
from watcher.names.toll import Slots
from watcher.text import Script
from watcher.text.strings import Strings

Sound: TypeAlias = tuple[str, bool, bool]
"""The class of a slot, and whether the word begins and ends with it."""

TURNED = 2
"""So many keys of other forms of a word are looked up, and laid down."""
_LISTED, _BRIEF = 6, 2
"""So many of a listed word are laid down, and of one that is seldom met. Chosen on the mentions of
running text, of which 996 in 1,000 are found as by comparing all words with a common key."""
_BESIDE = 3
"""The rows of a key are sorted by so many slots, so that those alike are compared one after the
other: what one of them needs is at hand for the next."""
_PRIME = (1 << 55) - 55


class Listed(NamedTuple):
    """The words of a list in one script, cut into slots, in arrays; a row is a key of a word.

    Attributes:
        script: theirs.
        codes: the distinct keys, as `code` has them, rising.
        starts: by key where its rows begin, and where the last ones end.
        words: by row the number of the word.
        begins: by key where the slots of its rows begin, and where the last ones end.
        slots: the numbers of the slots, row by row; all rows of a key have as many.
        spelled: the slots by number, those of one sound together.
        sounds: the sounds of those, in order, as `_told` tells them.
        firsts: by sound its first slot, and behind them how many slots there are.
        names: what the words are whatever their letters cost (see `names_of`), as `code` has them.
        bearers: by name where its words begin in the next, and where the last ones end.
        borne: the words by name.
    """

    script: Script
    codes: NDArray[np.int64]
    starts: Slots
    words: Slots
    begins: Slots
    slots: Slots
    spelled: Sequence[str]
    sounds: Sequence[str]
    firsts: Slots
    names: NDArray[np.int64]
    bearers: Slots
    borne: Slots


class Told(NamedTuple):
    """The numbers that words are told by, which several may share.

    Attributes:
        starts: by word where its numbers begin in the next, and where the last ones end.
        numbers: word by word.
    """

    starts: Places
    numbers: Places

    def of(self, words: array[int]) -> tuple[Places, Slots]:
        """Some words as often as they have numbers, by their places; and the numbers."""
        own = np.array(words, np.intp)
        many = self.starts[own + 1] - self.starts[own]
        numbers = self.numbers[ranges(self.starts[own], many)].astype(np.int32)
        return np.repeat(np.arange(len(own)), many), numbers


def lay(
    forms: Forms,
    brief: Container[str] = (),
    told: Told | None = None,
    share: Share = alone,
) -> Listed:
    """Lay the words of a list into arrays.

    Args:
        forms: of the words.
        brief: words that are seldom met, of which only the likeliest readings are laid down.
        told: the numbers that each is told by; None for their places.
        share: has the work done.
    """
    told = told or Told(np.arange(len(forms.words) + 1), np.arange(len(forms.words)))
    rows, *others = share(partial(_cut, forms, brief), len(forms.words))
    for other in others:
        rows.take(other)
    spelled, sounds, slots = rows.slots()
    row, owners = told.of(rows.owners)
    codes, starts, order = _grouped(rows.keys, row, *rows.first(slots))
    row = row[order]
    sizes = np.array(rows.sizes, np.intp)
    begins = np.append(0, np.cumsum(sizes[row]))[starts]
    name, bearing = told.of(rows.bearers)
    known, borne_from, by_name = _grouped(rows.names, name)
    return Listed(
        forms.script,
        codes,
        starts,
        owners[order],
        begins.astype(np.int32),
        slots[ranges((np.cumsum(sizes) - sizes)[row], sizes[row])],
        Strings.of(slot for _, slot in spelled),
        Strings.of(map(_told, sounds)),
        np.array([*(bisect_left(spelled, (one,)) for one in sounds), len(spelled)], np.int32),
        known,
        borne_from,
        bearing[by_name],
    )


def _cut(forms: Forms, brief: Container[str], some: range) -> _Rows:
    """Cut some of the words."""
    rows = _Rows()
    starts = forms.starts[some.start : some.stop + 1].tolist()
    for number, (begin, end) in zip(some, pairwise(starts), strict=True):
        own, *others = forms.forms[begin:end]
        most = _BRIEF if forms.words[number] in brief else _LISTED
        rows.add(number, own, forms.script, most)
        for other in others:
            rows.add(number, canon(other, forms.script), forms.script, TURNED)
        borne = list(map(code, names_of(own, others)))
        rows.names.extend(borne)
        rows.bearers.extend([number] * len(borne))
    return rows


class _Rows:
    """The keys of words, with the slots that they cut, and what the words are besides.

    Attributes:
        keys: by row, as `code` has it.
        owners: by row the number of the word.
        sizes: by row how many slots there are.
        names: what words are whatever their letters cost, as `code` has it.
        bearers: of each of those the number of the word.
    """

    def __init__(self) -> None:
        self.keys, self.owners, self.sizes = array("q"), array("i"), array("i")
        self.names, self.bearers = array("q"), array("i")
        self._slots, self._numbers = array("i"), _Numbers()

    def add(self, number: int, form: str, script: Script, most: int) -> None:
        """Cut a word, as `canon` has it."""
        framed, cut = places(form, script, most)
        for key, starts in cut.items():
            met = [framed[a:b] for a, b in zip(starts, (*starts[1:], None), strict=False)]
            self._slots.extend(map(self._numbers.__getitem__, map(add, key, met)))
            self.keys.append(code(key))
            self.owners.append(number)
            self.sizes.append(len(met))

    def take(self, other: _Rows) -> None:
        """Put those of other words behind these."""
        numbers = np.fromiter(map(self._numbers.__getitem__, other._numbers), np.int32)
        if len(other._slots):
            self._slots.frombytes(numbers[np.array(other._slots)].tobytes())
        self.keys.extend(other.keys)
        self.owners.extend(other.owners)
        self.sizes.extend(other.sizes)
        self.names.extend(other.names)
        self.bearers.extend(other.bearers)

    def slots(self) -> tuple[list[tuple[Sound, str]], list[Sound], Slots]:
        """The distinct slots, those of one sound together; the sounds; the slots of all rows."""
        spelled = sorted((sound(s[0], s[1:]), s[1:], n) for s, n in self._numbers.items())
        ranks = np.empty(len(spelled), np.int32)
        ranks[[number for *_, number in spelled]] = np.arange(len(spelled))
        own = [(one, slot) for one, slot, _ in spelled]
        sounds = list(dict.fromkeys(one for one, _ in own))
        return own, sounds, ranks[np.array(self._slots, np.intp)]

    def first(self, slots: Slots) -> Iterator[Slots]:
        """The first slots of the rows, then the second, and so on; 0 where a row has fewer."""
        sizes = np.array(self.sizes, np.intp)
        begins, padded = np.cumsum(sizes) - sizes, np.append(slots, np.zeros(_BESIDE, np.int32))
        for place in range(_BESIDE):
            yield np.where(sizes > place, padded[begins + place], 0)


class _Numbers(dict[str, int]):
    """The numbers of slots, each with the letter of its class before it."""

    def __missing__(self, slot: str) -> int:
        self[slot] = number = len(self)
        return number


def _grouped(
    codes: Sequence[int], rows: Places, *then: Slots
) -> tuple[NDArray[np.int64], Slots, Places]:
    """Distinct numbers of rows, rising; where the rows of each begin, the last end; their order."""
    every = np.array(codes, np.int64)[rows]
    columns: list[NDArray[np.signedinteger]] = [*(column[rows] for column in then[::-1]), every]
    order = np.lexsort(columns)
    distinct, starts = np.unique(every[order], return_index=True)
    return distinct, np.append(starts, len(every)).astype(np.int32), order


def names_of(own: str, others: Sequence[str]) -> list[str]:
    """What a word is, whatever its letters cost: a form of itself, and the names it may spell."""
    found = [f"={own}"]
    if others:
        found += [f"={form}" for form in others]
    return [*found, *named(own)] if is_known(own) else found


def code(key: str) -> int:
    """A number for a key; two of a list's keys have one as good as never."""
    return int.from_bytes(key.encode()) % _PRIME


def sound(letter: str, slot: str) -> Sound:
    """The sound of a slot of a class."""
    return letter, slot[:1] == "^", slot[-1:] == "$"


def _told(sound: Sound) -> str:
    letter, begins, ends = sound
    return f"{letter}{'^' * begins}{'$' * ends}"
