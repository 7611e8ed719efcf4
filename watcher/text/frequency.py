"""How often words occur in news: a common word is weak evidence for a name."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import NamedTuple

from watcher.text.table import read_table


class _Shares(NamedTuple):
    """By word the share of articles that hold it: in lower case, and with a capital too."""

    lower: dict[str, float]
    any: dict[str, float]


@cache
def _shares() -> _Shares:
    shares = _Shares({}, {})
    for row in read_table(resources.files("watcher.text"), "frequent"):
        for column, found in zip(_Shares._fields, shares, strict=True):
            share = float(row[column]) / 1000
            if share > found.get(row["word"], 0.0):
                found[row["word"]] = share
    return shares


def frequency(word: str, *, capital: bool = False) -> float:
    """The share of news articles that hold a folded word, 0.0 to 1.0.

    Of all languages counted, the one where it is commonest. 0.0 for words that fewer than one in
    two hundred articles hold.

    Args:
        word: folded.
        capital: count it with a capital too, as a name; else, in scripts that have capitals, only
            in lower case, as a common word.

    Source: table `frequent`, counted in news of ten languages by benchmarks/train_frequency.py.
    """
    return (_shares().any if capital else _shares().lower).get(word, 0.0)


def frequent(share: float) -> frozenset[str]:
    """The folded words that so large a share of articles or a larger one hold, as common words."""
    return frozenset(word for word, held in _shares().lower.items() if held >= share)
