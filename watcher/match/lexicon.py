"""The words of a watchlist: which of them a word of a text is alike to.

Asked for many words of a text at once. Keys propose, letters decide; both know each distinct word
of the list once, however many names hold it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.listed import Word
from watcher.names import keys
from watcher.names.many import Many
from watcher.text import Script

Numbers: TypeAlias = NDArray[np.intp]

HIT = 0.15
"""A word less alike to a listed part than this is not that part. Chosen on running text (see
benchmarks/): low, since the whole name is judged afterwards."""
_KEYSETS = 1 << 16
"""How many sets of keys it remembers the proposals for."""


class Alike(NamedTuple):
    """Which listed words some words of a text are alike to; one row a pair.

    Attributes:
        asked: the number of the word of the text, rising.
        listed: the number of the listed word, rising within one word of the text.
        scores: how alike they are, from `HIT` on.
    """

    asked: Numbers
    listed: Numbers
    scores: NDArray[np.float64]


class Lexicon:
    """The distinct words of a list, in arrays."""

    def __init__(self, words: Sequence[Word]) -> None:
        self._by_key = _by_key(words)
        self._proposed: dict[frozenset[str], Numbers] = {}
        self._scripts = {script: n for n, script in enumerate({word.script for word in words})}
        self._script = np.array([self._scripts[word.script] for word in words], np.intp)
        self._forms = np.zeros((2, len(words)), np.intp)
        self._many = {
            number: self._gathered(script, words) for script, number in self._scripts.items()
        }

    def _gathered(self, script: Script, words: Sequence[Word]) -> Many:
        """The forms of all words of a script: without and with their particle."""
        numbers: dict[str, int] = {}
        for place, word in enumerate(words):
            if word.script is script:
                self._forms[0, place] = numbers.setdefault(word.folded, len(numbers))
                self._forms[1, place] = numbers.setdefault(word.whole, len(numbers))
        return Many(list(numbers), script)

    def alike(self, asked: Sequence[tuple[str, Script]]) -> Alike:
        """The listed words that share a key with words of a text and are alike to them."""
        proposed = [self._proposals(keys(word, script)) for word, script in asked]
        sizes = np.array([len(numbers) for numbers in proposed], np.intp)
        one = np.repeat(np.arange(len(asked)), sizes)
        two = np.concatenate(proposed) if proposed else np.zeros(0, np.intp)
        scores = np.zeros(len(one))
        scripts = list(dict.fromkeys(script for _, script in asked))
        theirs = np.array([scripts.index(script) for _, script in asked], np.intp)
        for number, script in enumerate(scripts):
            here = theirs[one] == number
            for mine, many in self._many.items():
                rows = np.flatnonzero(here & (self._script[two] == mine))
                if len(rows):
                    scores[rows] = self._compared(many, asked, script, one[rows], two[rows])
        rows = np.flatnonzero(scores >= HIT)
        return Alike(one[rows], two[rows], scores[rows])

    def _compared(
        self,
        many: Many,
        asked: Sequence[tuple[str, Script]],
        script: Script,
        one: Numbers,
        two: Numbers,
    ) -> NDArray[np.float64]:
        """How alike some words of one script are to some listed ones of one script."""
        distinct, one = np.unique(one, return_inverse=True)
        words = [asked[number][0] for number in distinct]
        folded, whole = self._forms[:, two]
        scores = many.likeness(words, script, (one, folded), HIT)
        more = np.flatnonzero(folded != whole)
        if len(more):
            again = many.likeness(words, script, (one[more], whole[more]), HIT)
            scores[more] = np.maximum(scores[more], again)
        return scores

    def _proposals(self, wanted: frozenset[str]) -> Numbers:
        found = self._proposed.get(wanted)
        if found is None:
            lists = [self._by_key[key] for key in wanted if key in self._by_key]
            found = np.unique(np.concatenate(lists)) if lists else np.zeros(0, np.intp)
            if len(self._proposed) >= _KEYSETS:
                self._proposed.clear()
            self._proposed[wanted] = found
        return found


def _by_key(words: Iterable[Word]) -> Mapping[str, Numbers]:
    found: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        for key in {k for form in {word.folded, word.whole} for k in keys(form, word.script)}:
            found.setdefault(key, []).append(number)
    return {key: np.array(numbers, np.intp) for key, numbers in found.items()}
