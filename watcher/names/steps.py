"""What it costs to write some letters of one script as some letters of another.

A table of steps belongs to two scripts; a step joins zero to two letters of the one with zero to
three of the other. Words are framed by "^" and "$", so that a step can belong to the beginning or
the end. Steps that people take cost little; any other costs `_STRANGE`.
"""

from __future__ import annotations

from functools import cache

from watcher.names.spelling import SILENT, SPELLINGS
from watcher.text import Script

_STRANGE = -3.0
_VOWELS = frozenset("aeiouyw'")
_FREE = {Script.ARABIC: -0.2, Script.HEBREW: -0.25}


class Steps:
    """The steps between two scripts: `rows[letters][spelling]` is a log-likelihood, 0 at best."""

    __slots__ = ("add", "drop", "rows")

    def __init__(self, rows: dict[str, dict[str, float]]) -> None:
        self.add = rows.pop("", {})
        self.drop = {letters: row.pop("", _STRANGE) for letters, row in rows.items()}
        self.rows = rows

    def cost(self, left: str, right: str) -> float:
        """The best sum of steps from one word to the other; 0 at best, and linear in lengths."""
        rows, drop, add = self.rows, self.drop, self.add
        width = len(right)
        pieces = [(right[j : j + 1], right[j : j + 2], right[j : j + 3]) for j in range(width)]
        adds = [add.get(letter, _STRANGE) for letter in right]
        none = float("-inf")
        size = len(left)
        grid = [[none] * (width + 1) for _ in range(size + 1)]
        grid[0][0] = 0.0
        for i in range(size + 1):
            here = grid[i]
            for j in range(width):
                here[j + 1] = max(here[j + 1], here[j] + adds[j])
            if i == size:
                break
            below = grid[i + 1]
            letter = left[i]
            one = rows.get(letter, {})
            two = rows.get(left[i : i + 2], {}) if i + 1 < size else {}
            lost = drop.get(letter, _STRANGE)
            for j in range(width + 1):
                score = here[j]
                if score == none:
                    continue
                below[j] = max(below[j], score + lost)
                if j == width:
                    continue
                below[j + 1] = max(below[j + 1], score + _STRANGE - 1)
                for n, piece in enumerate(pieces[j], 1):
                    if j + n > width:
                        break
                    weight = one.get(piece)
                    if weight is not None and score + weight > below[j + n]:
                        below[j + n] = score + weight
                    weight = two.get(piece) if two else None
                    if weight is not None and score + weight > grid[i + 2][j + n]:
                        grid[i + 2][j + n] = score + weight
        return grid[size][width]


@cache
def steps(script: Script) -> Steps:
    """The steps from a script to Latin (from Latin to itself for Latin)."""
    free = _FREE.get(script, -1.2)
    rows: dict[str, dict[str, float]] = {
        "": dict.fromkeys("aeiou", free) | {"'": -0.1, "h": -1.5, "y": -1.0, "w": -1.5}
    }
    for letters, spellings in SPELLINGS[script].items():
        row = rows.setdefault(letters, {})
        for rank, spelling in enumerate(spellings):
            row["" if spelling == SILENT else spelling] = -0.12 * rank
        for spelling in spellings:
            if len(spelling) == 1 and spelling not in _VOWELS:
                row.setdefault(spelling * 2, -0.1)
    if script is Script.LATIN:
        _mirror(rows)
    return Steps(rows)


def _mirror(rows: dict[str, dict[str, float]]) -> None:
    """Make steps from Latin to Latin the same both ways."""
    for letter in "abcdefghijklmnopqrstuvwxyz'0123456789":
        row = rows.setdefault(letter, {})
        row[letter] = 0.0
        row[letter * 2] = -0.1
        row[""] = rows[""].get(letter, _STRANGE)
    for letters, row in [(k, dict(v)) for k, v in rows.items() if k]:
        for spelling, weight in row.items():
            if spelling and len(spelling) <= 2:
                back = rows.setdefault(spelling, {})
                back[letters] = max(weight, back.get(letters, weight))
