"""What it costs to write some letters of one script as some letters of another.

A table of steps belongs to a script and Latin; a step joins up to three letters of the one with up
to five of the other. Words are framed by "^" and "$", so that a step can belong to the beginning
or the end. A step that people take costs little or nothing; no step is a gain, so that one wrong
consonant sinks a name however long it is.

Weights count in hundredths, whole numbers, so that a sum is the same in whatever order it is taken
and however it is taken: `watcher.names.grid` takes thousands at once.

Since nothing is ever gained, words that cannot reach what the caller asks for are given up early,
most of them before a single step is tried: a letter costs at least what the cheapest step of the
other word costs that could have written it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from itertools import accumulate

from watcher.text import Script
from watcher.text.table import read_table

NEVER = float("-inf")
"""The logit of words that cannot reach what was asked for."""
ANYTHING = -60.0
"""A logit that any two words of a usual length reach."""
LONGEST, WIDEST = 3, 7
"""Letters that a step joins at most, of the script and of Latin: щ is schtsch in German."""
_SLACK = 1e-6
"""Shares of a step added up differ by less from the step."""
HUNDREDTHS = 100
_WORDS = 1 << 14
"""Words a table remembers the steps of: a large list has about as many parts."""

Row = dict[str, float]
Start = tuple[float, tuple[tuple[int, Row], ...]]
Ends = tuple[tuple[tuple[str, int], ...], ...]


class Steps:
    """The steps from one script to Latin.

    Attributes:
        bias: the logit of two words is this and the sum of their steps.
        rows: letters of the script, then of Latin: the weight in hundredths, 0 at best.
        add: Latin letters that nothing stands for, with what they cost.
        drop: letters of the script that stand for nothing.
        strange: the cost of any other step.
    """

    __slots__ = (
        "_ceilings",
        "_chunks",
        "_ends",
        "_starts",
        "_tops",
        "_widths",
        "add",
        "bias",
        "drop",
        "rows",
        "strange",
    )

    def __init__(self, table: dict[tuple[str, str], float]) -> None:
        self.bias = table.pop(("", ""))
        costs = {pair: round(weight * HUNDREDTHS) for pair, weight in table.items()}
        self.strange = costs.pop(("?", "?"))
        self.rows: dict[str, Row] = {}
        self.add: Row = {}
        self.drop: Row = {}
        for (left, right), weight in costs.items():
            if not left:
                self.add[right] = weight
            elif not right:
                self.drop[left] = weight
            else:
                self.rows.setdefault(left, {})[right] = weight
        self._chunks = frozenset(chunk for row in self.rows.values() for chunk in row)
        self._widths = _widths(self._chunks)
        self._tops = {left: _tops(row) for left, row in self.rows.items()}
        self._starts = lru_cache(maxsize=_WORDS)(self._starts_of)
        self._ceilings = lru_cache(maxsize=_WORDS)(self._ceilings_of)
        self._ends = lru_cache(maxsize=_WORDS)(self._ends_of)

    def logit(self, left: str, right: str, least: float = ANYTHING) -> float:
        """The logit that two words spell one name, from the best steps between them.

        Args:
            left: a folded word of the table's script.
            right: a folded Latin word.
            least: nobody asks about anything below; `NEVER` may come back instead, much sooner.
                What is above is the same whatever `least` is.
        """
        limit = (least - self.bias) * HUNDREDTHS - _SLACK
        ceilings = self._ceilings(left)
        strange = self.strange
        tops = [ceilings.get(letter, strange) for letter in right]
        if sum(tops) < limit:
            return NEVER
        rest = [limit - top for top in accumulate(reversed(tops), initial=0.0)]
        needed = [rest[-1], *reversed(rest), limit]
        return self.bias + self._best(self._starts(left), right, needed) / HUNDREDTHS

    def _best(  # noqa: C901 one loop on purpose: this is what comparing costs
        self, starts: Sequence[Start], right: str, needed: Sequence[float]
    ) -> float:
        """The sum of the best steps.

        Args:
            starts: what may be done at each place of the left word.
            right: the right word.
            needed: by place of the framed right word, the sum below which no step is tried.
        """
        ends, width, strange = self._ends(right), len(right) + 2, self.strange
        adds = [NEVER, *(self.add.get(letter, self.strange) for letter in right), NEVER]
        grid = [[NEVER] * (width + 1) for _ in range(len(starts) + LONGEST)]
        grid[0][0] = 0.0
        for index, (lost, rows) in enumerate(starts):
            here, below = grid[index], grid[index + 1]
            for place in range(width):
                score = here[place]
                if score < needed[place]:
                    continue
                add = adds[place]
                if add > NEVER:
                    if score + add > here[place + 1]:  # noqa: PLR1730 max() is slow here
                        here[place + 1] = score + add
                    if lost > NEVER and score + strange > below[place + 1]:
                        below[place + 1] = score + strange
                if score + lost > below[place]:  # noqa: PLR1730
                    below[place] = score + lost
                for size, row in rows:
                    into = grid[index + size]
                    for chunk, end in ends[place]:
                        if chunk in row and score + row[chunk] > into[end]:
                            into[end] = score + row[chunk]
        return grid[len(starts)][width]

    def _starts_of(self, word: str) -> tuple[Start, ...]:
        """For each letter of a framed word: the cost to drop it, and the steps that begin there."""
        framed = f"^{word}$"
        rows, drop, strange = self.rows, self.drop, self.strange
        found: list[Start] = []
        for index, letter in enumerate(framed):
            sizes = range(1, min(LONGEST, len(framed) - index) + 1)
            begun = [(size, rows.get(framed[index : index + size])) for size in sizes]
            lost = NEVER if letter in "^$" else drop.get(letter, strange)
            found.append((lost, tuple((size, row) for size, row in begun if row)))
        return tuple(found)

    def _ends_of(self, word: str) -> Ends:
        """For each letter of a framed word: the chunks that begin there, and where they end."""
        framed, chunks, widths = f"^{word}$", self._chunks, self._widths
        return tuple(
            tuple(
                [
                    (framed[index : index + width], index + width)
                    for width in widths.get(framed[index : index + 2], (1,))
                    if index + width <= len(framed) and framed[index : index + width] in chunks
                ]
            )
            for index in range(len(framed))
        )

    def _ceilings_of(self, word: str) -> Row:
        """The most that a letter of another word can bring, if this word is all there is."""
        found = {letter: max(weight, self.strange) for letter, weight in self.add.items()}
        framed = f"^{word}$"
        chunks = {
            framed[index : index + size]
            for index in range(len(framed))
            for size in range(1, LONGEST + 1)
        }
        for chunk in chunks & self._tops.keys():
            for letter, weight in self._tops[chunk].items():
                if weight > found.get(letter, self.strange):
                    found[letter] = weight
        return found


def _widths(chunks: frozenset[str]) -> dict[str, tuple[int, ...]]:
    """For the first two letters of chunks, how many letters those chunks have; and one always."""
    found: dict[str, set[int]] = {}
    for chunk in chunks:
        found.setdefault(chunk[:2], {1}).add(len(chunk))
    return {start: tuple(sorted(widths)) for start, widths in found.items()}


def _tops(row: Row) -> Row:
    """For each letter, the best share it has in a step; letters share what a step costs."""
    found: Row = {}
    for chunk, weight in row.items():
        letters = chunk.strip("^$")
        for letter in letters:
            found[letter] = max(found.get(letter, NEVER), weight / len(letters))
    return found


@cache
def steps(script: Script) -> Steps:
    """The steps from a script to Latin, or within Latin; OSError for a script without a table."""
    rows = read_table(resources.files("watcher.names"), f"steps_{script.value}")
    return Steps({(row["left"], row["right"]): float(row["weight"]) for row in rows})
