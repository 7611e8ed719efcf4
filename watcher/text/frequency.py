"""How often words occur in news: a common word is weak evidence for a name."""

from __future__ import annotations

from importlib import resources

from watcher.text.table import read_table


def _shares() -> dict[str, float]:
    shares: dict[str, float] = {}
    for row in read_table(resources.files("watcher.text"), "frequent"):
        share = float(row["per_thousand"]) / 1000
        shares[row["word"]] = max(share, shares.get(row["word"], 0.0))
    return shares


_SHARES = _shares()


def frequency(word: str) -> float:
    """The share of news articles that hold a folded word, 0.0 to 1.0.

    Of all languages counted, the one where it is commonest. 0.0 for words that fewer than one in
    two hundred articles hold. In scripts with capitals, words in lower case were counted.

    Source: table `frequent`, counted in news of ten languages by benchmarks/train_frequency.py.
    """
    return _SHARES.get(word, 0.0)
