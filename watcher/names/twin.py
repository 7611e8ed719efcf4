"""Names so near each other that their letters alone would join them: Khamenei and Khomeini.

A word is the one or the other of two twins if it is clearly more alike to that one. Two words that
are different twins are two names. The table `twins` gives each twin in Latin and as it is written
at home; it never joins anything.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources
from typing import TypeAlias

from watcher.names.key import keys
from watcher.names.plain import Spelled, plain, spelled
from watcher.text import Script, fold, script_of
from watcher.text.table import read_table

_CLEARLY = 0.05
"""By how much more a word must be alike to the one twin than to the other."""

Twins: TypeAlias = tuple[tuple[Spelled, ...], tuple[Spelled, ...]]


@cache
def _twins() -> tuple[Twins, ...]:
    rows = read_table(resources.files("watcher.names"), "twins")
    return tuple((_words(row["one"]), _words(row["other"])) for row in rows)


def _words(cell: str) -> tuple[Spelled, ...]:
    return tuple(spelled(fold(word), script_of(fold(word))) for word in cell.split())


@cache
def _by_key() -> dict[str, frozenset[int]]:
    """By key, the pairs of twins that a word with that key may be one of."""
    found: dict[str, frozenset[int]] = {}
    for number, (one, other) in enumerate(_twins()):
        for key in {key for twin in (*one, *other) for key in keys(twin.word, twin.script)}:
            found[key] = found.get(key, frozenset()) | {number}
    return found


@lru_cache(maxsize=1 << 10)
def twins_of(word: str, script: Script) -> frozenset[int]:
    """The pairs of twins that a word shares a key with."""
    of_key = _by_key()
    found: frozenset[int] = frozenset()
    return found.union(*[of_key[key] for key in of_key.keys() & keys(word, script)])


def are_twins(left: Spelled, right: Spelled) -> bool:
    """Whether two words are the two names of one pair of twins, a key of which the left one has."""
    near = twins_of(left.word, left.script)
    return bool(near) and any(_side(left, one) * _side(right, one) < 0 for one in near)


@lru_cache(maxsize=1 << 10)
def _side(word: Spelled, number: int) -> int:
    """1 if a word is clearly the one twin of a pair, -1 if the other, 0 if that cannot be told."""
    one, other = _twins()[number]
    nearer = max(plain(word, twin) for twin in one) - max(plain(word, twin) for twin in other)
    return (nearer > _CLEARLY) - (nearer < -_CLEARLY)
