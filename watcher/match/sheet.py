"""A text in which words and phrases are looked up, as rules ask for them.

Words are compared as context words are: folded, and without affixes, so «بالقدس» holds «القدس».
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from watcher.text import readings, script_of, sentence_around, tokens
from watcher.watchlist.phrase import Phrase


class Place(NamedTuple):
    """Where a phrase stands: its first and its last word, as numbers of words of the text."""

    first: int
    last: int


class Sheet:
    """One text; its words are cut when first asked for, once.

    Args:
        text: of any length; a look-up costs no more than its words.
    """

    def __init__(self, text: str) -> None:
        self._text = text

    def places(self, phrase: Phrase) -> Iterator[Place]:
        """Everywhere a phrase stands, in order."""
        length = len(phrase.words)
        for first in self._begins(phrase):
            if all(self._is(first + step, phrase, step) for step in range(1, length)):
                yield Place(first, first + length - 1)

    def holds(self, phrase: Phrase) -> bool:
        """Whether a phrase stands anywhere."""
        return next(self.places(phrase), None) is not None

    def near(self, phrase: Phrase, start: int, end: int, within: int | None) -> bool:
        """Whether a phrase stands near a span, and not in it.

        Args:
            phrase: the words.
            start: of the span, in code points.
            end: behind its last one.
            within: how many words may stand between; None for "in the same sentence".
        """
        own = self._words_in(start, end)
        if within is None:
            around = self._words_in(*sentence_around(self._text, start, end))
        else:
            around = Place(own.first - within - 1, own.last + within + 1)
        return any(
            _apart(place, own) and not _apart(place, around) for place in self.places(phrase)
        )

    @cached_property
    def _words(self) -> tuple[list[int], list[int], list[frozenset[str]]]:
        """Of each word where it starts and ends, and its forms."""
        words = tokens(self._text)
        known: dict[str, frozenset[str]] = {}
        for word in words:
            if word.folded not in known:
                found = readings(word.folded, script_of(word.folded))
                known[word.folded] = frozenset(reading.form for reading in found)
        forms = [known[word.folded] for word in words]
        return [word.start for word in words], [word.end for word in words], forms

    @cached_property
    def _by_form(self) -> dict[str, list[int]]:
        by_form: dict[str, list[int]] = {}
        for number, forms in enumerate(self._words[2]):
            for form in forms:
                by_form.setdefault(form, []).append(number)
        return by_form

    def _begins(self, phrase: Phrase) -> list[int]:
        """The words that a phrase may begin with, in order."""
        word = phrase.words[0]
        if not phrase.open[0]:
            return self._by_form.get(word, [])
        found = (at for form, at in self._by_form.items() if form.startswith(word))
        return sorted({number for numbers in found for number in numbers})

    def _is(self, number: int, phrase: Phrase, step: int) -> bool:
        """Whether a word of the text is that word of a phrase."""
        forms = self._words[2]
        if number >= len(forms):
            return False
        word = phrase.words[step]
        if phrase.open[step]:
            return any(form.startswith(word) for form in forms[number])
        return word in forms[number]

    def _words_in(self, start: int, end: int) -> Place:
        """The words that a span touches; of none, `first` is behind `last`."""
        starts, ends, _ = self._words
        return Place(bisect_right(ends, start), bisect_left(starts, end) - 1)


def _apart(one: Place, other: Place) -> bool:
    return one.last < other.first or one.first > other.last


@lru_cache(maxsize=8)
def sheet_of(text: str) -> Sheet:
    """The sheet of a text; those of the last few are kept, for several rules ask of one article."""
    return Sheet(text)
