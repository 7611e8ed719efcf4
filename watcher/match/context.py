"""Context words: what else an article must hold for a short or weak name to count."""

from __future__ import annotations

from collections.abc import Sequence

from watcher.text import Token, readings, script_of, tokens
from watcher.watchlist.entity import Watchlist


class Contexts:
    """The context words of a watchlist, looked up all at once."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._phrases: dict[str, list[tuple[tuple[str, ...], str, str]]] = {}
        for entity in watchlist:
            for phrase in entity.context:
                words = tuple(token.folded for token in tokens(phrase))
                if words:
                    self._phrases.setdefault(words[0], []).append((words, entity.id, phrase))

    def found(self, words: Sequence[Token]) -> dict[str, str]:
        """The entities that a text holds a context word of.

        Returns:
            By entity id, the first context word found, as the watchlist spells it. Words are
            compared folded and without affixes.
        """
        if not self._phrases:
            return {}
        forms = [_forms(word.folded) for word in words]
        found: dict[str, str] = {}
        for index, here in enumerate(forms):
            for form in here:
                for phrase, entity, spelled in self._phrases.get(form, ()):
                    if entity not in found and _stands(phrase, forms, index):
                        found[entity] = spelled
        return found


def _forms(word: str) -> frozenset[str]:
    return frozenset(reading.form for reading in readings(word, script_of(word)))


def _stands(phrase: tuple[str, ...], forms: Sequence[frozenset[str]], index: int) -> bool:
    """Whether a phrase stands in the text from a word on."""
    window = forms[index : index + len(phrase)]
    return len(window) == len(phrase) and all(
        word in here for word, here in zip(phrase, window, strict=True)
    )
