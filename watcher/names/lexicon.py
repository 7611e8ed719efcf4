"""Words that are no names: titles, particles, legal forms, by the table `words`."""

from __future__ import annotations

from importlib import resources

from watcher.text import fold
from watcher.text.table import read_table


def _words() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for row in read_table(resources.files("watcher.names"), "words"):
        found.setdefault(row["role"], set()).add(fold(row["word"]))
    return {role: frozenset(words) for role, words in found.items()}


_WORDS = _words()


def words(role: str) -> frozenset[str]:
    """The folded words of one role of the table; KeyError if no row has it."""
    return _WORDS[role]
