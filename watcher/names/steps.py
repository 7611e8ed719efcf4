"""What it costs to write some letters of one script as some letters of another.

A table of steps belongs to a script and Latin; a step joins up to three letters of the one with up
to five of the other. Words are framed by "^" and "$", so that a step can belong to the beginning
or the end. A step that people take costs little or nothing; no step is a gain by itself, so that
one wrong consonant sinks a name however long it is. How telling the steps are on the average (a
rare pair of letters more than a common one) is added to that.
"""

from __future__ import annotations

from functools import cache, lru_cache
from importlib import resources

from watcher.text import Script
from watcher.text.table import read_table

MIX = 0.8
"""How much the mean ratio counts beside the sum of the weights; chosen on one-part names."""
_NONE = float("-inf")
_HOPELESS = -9.0
"""Below this no later step could mend the word; the search ends."""
_LONGEST, _WIDEST = 3, 5

Cost = tuple[float, float]
Row = dict[str, Cost]


class Steps:
    """The steps from one script to Latin.

    Attributes:
        bias: the logit of two words is this and the sum of their steps.
        rows: letters of the script, then of Latin: the weight, 0 at best, and the log-likelihood
            ratio of seeing both together.
    """

    __slots__ = ("_add", "_drop", "_start", "_strange", "bias", "rows")

    def __init__(self, table: dict[tuple[str, str], Cost]) -> None:
        self.bias = table.pop(("", ""))[0]
        self._strange = table.pop(("?", "?"))
        self.rows: dict[str, Row] = {}
        self._add: Row = {}
        self._drop: Row = {}
        for (left, right), cost in table.items():
            if not left:
                self._add[right] = cost
            elif not right:
                self._drop[left] = cost
            else:
                self.rows.setdefault(left, {})[right] = cost
        self._start = lru_cache(maxsize=1 << 14)(self._starts)

    def logit(self, left: str, right: str) -> float:
        """The logit that two words spell one name, from the best steps between them."""
        width = len(right) + 2
        share = MIX / (len(left) + len(right) or 1)
        places = _places(right)
        costs = [self._add.get(letter, self._strange) for letter in right]
        adds = [_NONE, *(weight + share * ratio for weight, ratio in costs), _NONE]
        starts = self._start(left)
        grid = [[_NONE] * (width + 1) for _ in range(len(starts) + _LONGEST)]
        grid[0][0] = 0.0
        strange = self._strange[0] + share * self._strange[1]
        for index, (lost, rows) in enumerate(starts):
            here = grid[index]
            _spread(here, adds)
            if index > 1 and max(map(max, grid[index : index + _LONGEST])) < _HOPELESS:
                return _HOPELESS
            if lost:
                _lose(here, grid[index + 1], lost[0] + share * lost[1], strange)
            for size, row in rows:
                _take(here, grid[index + size], row, places, share)
        return self.bias + grid[len(starts)][width]

    def _starts(self, word: str) -> tuple[tuple[Cost | None, tuple[tuple[int, Row], ...]], ...]:
        """For each letter of a framed word: the cost to drop it, and the steps that begin there."""
        framed = f"^{word}$"
        return tuple(
            (
                None if letter in "^$" else self._drop.get(letter, self._strange),
                tuple(
                    (size, self.rows[framed[index : index + size]])
                    for size in range(1, _LONGEST + 1)
                    if index + size <= len(framed) and framed[index : index + size] in self.rows
                ),
            )
            for index, letter in enumerate(framed)
        )


def _take(
    here: list[float],
    into: list[float],
    row: Row,
    places: dict[str, list[tuple[int, int]]],
    share: float,
) -> None:
    """Letters of both words that a step joins."""
    for chunk in row.keys() & places.keys():
        weight, ratio = row[chunk]
        weight += share * ratio
        for start, end in places[chunk]:
            if here[start] + weight > into[end]:  # noqa: PLR1730 max() is slow here
                into[end] = here[start] + weight


def _lose(here: list[float], below: list[float], lost: float, strange: float) -> None:
    """A letter of the left word that stands alone, or against a letter it has no step to."""
    last = len(here) - 2
    for j in range(1, last + 1):
        score = here[j]
        if score > _HOPELESS:
            if score + lost > below[j]:  # noqa: PLR1730 max() is slow here
                below[j] = score + lost
            if score + strange > below[j + 1] and j < last:
                below[j + 1] = score + strange


def _spread(scores: list[float], adds: list[float]) -> None:
    """Letters that stand only in the right word."""
    for j, cost in enumerate(adds):
        if scores[j] + cost > scores[j + 1]:  # noqa: PLR1730 max() is slow here
            scores[j + 1] = scores[j] + cost


@lru_cache(maxsize=1 << 14)
def _places(word: str) -> dict[str, list[tuple[int, int]]]:
    """Where each chunk of a framed word begins and ends."""
    framed = f"^{word}$"
    found: dict[str, list[tuple[int, int]]] = {}
    for index in range(len(framed)):
        for end in range(index + 1, min(index + _WIDEST, len(framed)) + 1):
            found.setdefault(framed[index:end], []).append((index, end))
    return found


@cache
def steps(script: Script) -> Steps:
    """The steps from a script to Latin, or within Latin; OSError for a script without a table."""
    rows = read_table(resources.files("watcher.names"), f"steps_{script.value}")
    return Steps(
        {
            (row["left"], row["right"]): (float(row["weight"]), float(row.get("ratio") or 0.0))
            for row in rows
        }
    )
