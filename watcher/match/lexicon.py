"""The words of a watchlist: which of them a word of a text is alike to.

Asked for many words of a text at once. What is roughly alike is compared with care; both know each
distinct word of the list once, however many names hold it.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from math import log
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.listed import Word
from watcher.names import Share, alone, ready, slots
from watcher.names.alike import KNOWN_ONE
from watcher.names.asked import Asked
from watcher.names.many import Many
from watcher.names.rough import Rough
from watcher.text import Script

Numbers: TypeAlias = NDArray[np.intp]

HIT = 0.15
"""A word less alike to a listed part than this is not that part. Chosen on running text (see
benchmarks/): low, since the whole name is judged afterwards."""
SAME = log(KNOWN_ONE / (1 - KNOWN_ONE)) - 0.01
"""The same word, and spellings of one known name, are roughly so alike at least, as log odds; which
are told in hundredths."""
_NEAR, _NEAR_OF_MANY, _MANY = -6.0, log(HIT / (1 - HIT)), 10_000
"""And one that is roughly less alike, as log odds, is not compared with care. In a list of so many
words a name with such a part would tell too little to count; in short lists a letter that is not
heard where its slot begins (Wagner, فاغنر) must not hide it."""


class Proposed(NamedTuple):
    """Which listed words some words of a text may be; one row a pair.

    Attributes:
        asked: who asks, rising.
        listed: the number of the listed word, rising within one who asks.
        logits: how alike the best of the words asked for is, roughly, as log odds.
    """

    asked: Numbers
    listed: Numbers
    logits: NDArray[np.float64]


class Shelf(NamedTuple):
    """The forms of the words of one script.

    Attributes:
        rough: the forms, to be told apart roughly.
        many: the forms, to be compared with care.
    """

    rough: slots.Listed
    many: ready.Listed


class Words(NamedTuple):
    """The distinct words of a list, in arrays.

    Attributes:
        shelves: the forms of all words, by script.
        scripts: by word the number of its shelf.
        forms: by word the number of its form there, without and with its particle.
    """

    shelves: tuple[Shelf, ...]
    scripts: NDArray[np.int16]
    forms: NDArray[np.int32]


def lay(words: Sequence[Word], share: Share = alone) -> Words:
    """Lay the words of a list into arrays; all different."""
    scripts = list(dict.fromkeys(word.script for word in words))
    numbers = np.array([scripts.index(word.script) for word in words], np.int16)
    forms = np.zeros((2, len(words)), np.int32)
    shelves = tuple(_shelved(script, words, forms, share) for script in scripts)
    return Words(shelves, numbers, forms)


def _shelved(
    script: Script, words: Sequence[Word], forms: NDArray[np.int32], share: Share
) -> Shelf:
    """The forms of all words of a script: without and with their particle; which they are."""
    places = np.array([place for place, word in enumerate(words) if word.script is script], np.intp)
    mine = [words[place] for place in places.tolist()]
    both = [form for word in mine for form in word[:2]]
    numbers = {form: number for number, form in enumerate(dict.fromkeys(both))}
    folded, whole = np.fromiter(map(numbers.__getitem__, both), np.int32).reshape(-1, 2).T
    forms[:, places] = folded, whole
    two = np.flatnonzero(folded != whole)
    held, holders = np.append(folded, whole[two]), np.append(places, places[two])
    order = np.lexsort((holders, held))
    starts = np.searchsorted(held[order], np.arange(len(numbers) + 1))
    own = {form for word in mine if not word.joined for form in word[:2]}
    compared = ready.forms_of(list(numbers), script)
    laid = slots.lay(compared, numbers.keys() - own, slots.Told(starts, holders[order]), share)
    return Shelf(laid, ready.lay(compared))


class Lexicon:
    """Looks words of texts up among the words of a list."""

    def __init__(self, words: Words) -> None:
        self._least = _NEAR if len(words.scripts) < _MANY else _NEAR_OF_MANY
        self._words = words
        self._roughs = [Rough(shelf.rough) for shelf in words.shelves]
        self._manies = [Many(shelf.many) for shelf in words.shelves]

    def propose(self, asked: Sequence[tuple[str, Script]], owners: Numbers) -> Proposed:
        """The listed words that words of a text may be.

        Args:
            asked: the words.
            owners: who asks for each, rising; the words of one are of one script.
        """
        found = [Proposed(np.zeros(0, np.intp), np.zeros(0, np.intp), np.zeros(0))]
        for script, some in _by_script(asked):
            words = [asked[number][0] for number in some.tolist()]
            these = Asked(words, script, owners[some])
            found += [Proposed(*own.alike(these, self._least)) for own in self._roughs]
        one, two, logits = (np.concatenate(column) for column in zip(*found, strict=True))
        # Each pair once, and those of one script in order: what is left is quickly put together.
        order = np.argsort(one * len(self._words.scripts) + two, kind="stable")
        return Proposed(one[order], two[order], logits[order])

    def scripts(self, words: NDArray[np.int32]) -> list[Script]:
        """The scripts of listed words."""
        own = self._own_scripts()
        return [own[number] for number in self._words.scripts[words].tolist()]

    def among(self, words: NDArray[np.int32], scripts: Container[Script]) -> NDArray[np.bool_]:
        """Whether listed words are of some scripts."""
        own = np.array([script in scripts for script in self._own_scripts()], bool)
        return own[self._words.scripts[words]]

    def _own_scripts(self) -> list[Script]:
        """The scripts of the shelves."""
        return [shelf.rough.script for shelf in self._words.shelves]

    def alike(
        self, asked: Sequence[tuple[str, Script]], pairs: tuple[Numbers, Numbers]
    ) -> NDArray[np.float64]:
        """How alike words of a text are to listed words.

        Args:
            asked: folded words of a text, all different.
            pairs: of each pair the number of the word, rising, and that of the listed word.

        Returns:
            For each pair 0.0 to 1.0; any number below `HIT` where it is less.
        """
        one, two = pairs
        scripts, numbers = _scripts(asked)
        theirs, own = numbers[one], self._words.scripts[two]
        scores = np.zeros(len(one))
        for number, script in enumerate(scripts):
            for shelf, listed in enumerate(self._manies):
                rows = np.flatnonzero((theirs == number) & (own == shelf))
                if len(rows):
                    scores[rows] = self._compared(listed, asked, script, one[rows], two[rows])
        return scores

    def _compared(
        self,
        listed: Many,
        asked: Sequence[tuple[str, Script]],
        script: Script,
        one: Numbers,
        two: Numbers,
    ) -> NDArray[np.float64]:
        """How alike some words of one script are to some listed ones of one script."""
        distinct, one = np.unique(one, return_inverse=True)
        words = [asked[number][0] for number in distinct]
        folded, whole = self._words.forms[:, two]
        scores = listed.likeness(words, script, (one, folded), HIT)
        more = np.flatnonzero(folded != whole)
        if len(more):
            again = listed.likeness(words, script, (one[more], whole[more]), HIT)
            scores[more] = np.maximum(scores[more], again)
        return scores


def _by_script(asked: Sequence[tuple[str, Script]]) -> Iterator[tuple[Script, Numbers]]:
    """The scripts of some words, each with the numbers of its words."""
    scripts, numbers = _scripts(asked)
    for number, script in enumerate(scripts):
        yield script, np.flatnonzero(numbers == number)


def _scripts(asked: Sequence[tuple[str, Script]]) -> tuple[list[Script], Numbers]:
    """The scripts of some words, and which of them each has."""
    scripts = list(dict.fromkeys(script for _, script in asked))
    return scripts, np.array([scripts.index(script) for _, script in asked], np.intp)
