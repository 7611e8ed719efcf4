"""Names so near each other that their letters alone would join them: Khamenei and Khomeini.

A word is the one or the other of two twins if it is clearly more alike to that one. Two words that
are different twins are two names. The table `twins` gives each twin in Latin and as it is written
at home; it never joins anything.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

from watcher.names.key import keys
from watcher.text import Script, fold, script_of
from watcher.text.table import read_table

_CLEARLY = 0.05
"""By how much more a word must be alike to the one twin than to the other."""

Word: TypeAlias = tuple[str, Script]
Measure: TypeAlias = Callable[[str, Script, str, Script], float]


@cache
def _twins() -> dict[str, list[tuple[tuple[Word, ...], tuple[Word, ...]]]]:
    """By key, the pairs of twins that a word with that key may be one of."""
    found: dict[str, list[tuple[tuple[Word, ...], tuple[Word, ...]]]] = {}
    for row in read_table(resources.files("watcher.names"), "twins"):
        pair = (_words(row["one"]), _words(row["other"]))
        for key in {key for word in (*pair[0], *pair[1]) for key in keys(*word)}:
            found.setdefault(key, []).append(pair)
    return found


def _words(cell: str) -> tuple[Word, ...]:
    return tuple((fold(word), script_of(fold(word))) for word in cell.split())


@lru_cache(maxsize=1 << 16)
def may_be_twin(word: Word) -> bool:
    """Whether a word has a key of one of the twins, without which `are_twins` never says yes."""
    return not keys(*word).isdisjoint(_twins())


def are_twins(left: Word, right: Word, measure: Measure) -> bool:
    """Whether two words are the two names of one pair of twins.

    Args:
        left: a folded word and its script.
        right: the other.
        measure: how alike two words are by their letters.
    """
    twins = _twins()
    return any(
        _side(left, *pair, measure) * _side(right, *pair, measure) < 0
        for key in keys(*left)
        for pair in twins.get(key, ())
    )


@lru_cache(maxsize=1 << 15)
def _side(word: Word, one: tuple[Word, ...], other: tuple[Word, ...], measure: Measure) -> int:
    """1 if a word is clearly the one twin, -1 if the other, 0 if that cannot be told."""
    nearer = max(measure(*word, *twin) for twin in one) - max(
        measure(*word, *twin) for twin in other
    )
    return (nearer > _CLEARLY) - (nearer < -_CLEARLY)
