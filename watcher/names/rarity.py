"""How telling a part of a name is: Mohammed says little, Nasrallah much."""

from __future__ import annotations

from functools import lru_cache
from importlib import resources
from math import log

from watcher.text import Script
from watcher.text.table import read_table

_FEW = 3000
"""How many names to think of for a script that the table does not count."""


def _counts() -> dict[tuple[str, str], int]:
    rows = read_table(resources.files("watcher.names"), "common")
    return {(row["script"], row["part"]): int(row["names"]) for row in rows}


_COUNTS = _counts()


@lru_cache(maxsize=1 << 12)
def rarity(folded: str, script: Script) -> float:
    """How telling a part is, from about 0.2 for the commonest of its script to 1.0 for a rare one.

    Source: log((N + 1) / (n + 1)) / log(N + 1), where n of the N names counted in the table
    `common` hold the part.
    """
    total = _COUNTS.get((script.value, ""), _FEW)
    count = _COUNTS.get((script.value, folded), 0) if folded else 0
    return log((total + 1) / (count + 1)) / log(total + 1)
