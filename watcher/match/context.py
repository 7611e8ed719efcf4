"""Context words: what else an article must hold for a short or weak name to count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from watcher.text import Token, readings, script_of, tokens
from watcher.watchlist.entity import Watchlist


class Contexts:
    """The context words of a watchlist, looked up all at once."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for entity in filter(attrgetter("context"), watchlist):
            for phrase in entity.context:
                words = tuple(token.folded for token in tokens(phrase))
                if words:
                    self._phrases.setdefault(words[0], []).append((words, entity.id, phrase))
        self._edges = {edge for word in self._phrases for edge in _edges(word)}

    def opening(self, words: Sequence[str]) -> Iterator[int]:
        """The places of those folded words that may be the first of a context word."""
        for place, word in enumerate(words if self._phrases else ()):
            likely = "'" in word or not self._edges.isdisjoint(_edges(word))
            if likely and not _forms(word).isdisjoint(self._phrases):
                yield place

    def found(self, words: Sequence[Token], places: Iterable[int]) -> dict[str, str]:
        """The entities that a text holds a context word of.

        Args:
            words: of the text.
            places: of those words that may begin one (see `opening`), rising.

        Returns:
            By entity id, the first context word found, as the watchlist spells it. Words are
            compared folded and without affixes.
        """
        found: dict[str, str] = {}
        for place in places:
            for form in _forms(words[place].folded):
                for phrase, entity, spelled in self._phrases.get(form, ()):
                    if entity not in found and _stands(phrase, words[place : place + len(phrase)]):
                        found[entity] = spelled
        return found


def _edges(word: str) -> tuple[str, str]:
    """The first two letters and the last: every reading leaves the one or the other.

    Not so where the word has an apostrophe.
    """
    return word[:2], "…" + word[-2:]


def _forms(word: str) -> frozenset[str]:
    return frozenset(reading.form for reading in readings(word, script_of(word)))


def _stands(phrase: tuple[str, ...], words: Sequence[Token]) -> bool:
    """Whether a phrase is what these words are."""
    return len(words) == len(phrase) and all(
        word in _forms(token.folded) for word, token in zip(phrase, words, strict=True)
    )
