"""The best steps between many pairs of words at once.

What `Steps.logit` does for two words, in arrays of whole numbers for thousands of pairs, with the
very same results. A few *inner* words (new words of a text) meet many *outer* words (parts of a
list). The grids of a block of pairs grow a column for each letter of the outer words; for each
inner word stands ready what every run of outer letters costs at each of its places.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Any, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.names.core import compiled
from watcher.names.steps import LONGEST, WIDEST, Row, Steps, steps
from watcher.text import Script

Costs: TypeAlias = NDArray[np.int16]
Numbers: TypeAlias = NDArray[np.int32]
Runs: TypeAlias = NDArray[np.int16]
Places: TypeAlias = NDArray[np.intp]

FAR = -10_000
"""A hundred logits down: nothing that anybody asks about. Two of them still are a 16-bit number."""
_AT_ONCE = 4096
"""Pairs whose grids are held at once, so that they stay in the cache."""
_INNER = 512
"""Inner words whose costs are held at once."""


class Words(NamedTuple):
    """Words as the steps of a table see them: framed, a row a word, a column a place.

    Attributes:
        sizes: places of each word, the frames among them.
        runs: by length, place and word: the number of the run of letters that begins there, or 0;
            every single letter has one.
    """

    sizes: Numbers
    runs: Runs


class _Side:
    """How the words of one side of a table are read.

    Attributes:
        numbers: of the runs of letters that have a step, from 1 on.
        longest: letters of the longest run.
        alone: by number of a run of one letter, what it costs that nothing stands for it.
        framing: by number, whether the run is a frame.
    """

    def __init__(self, alone: Row, strange: float, runs: Iterable[str], longest: int) -> None:
        single = sorted({letter for run in (*runs, *alone, "^$") for letter in run})
        several = sorted({run for run in runs if 1 < len(run) <= longest})
        self.single = len(single) + 1
        """Numbers below are those of single letters; the last of them is any unknown letter's."""
        self.numbers = {run: n for n, run in enumerate([*single, "", *several], 1)}
        self.longest = max(map(len, several), default=1)
        self.alone = np.full(self.single + 1, strange, np.int16)
        for letter in single:
            weight = FAR if letter in "^$" else alone.get(letter, strange)
            self.alone[self.numbers[letter]] = max(weight, FAR)
        self._several = several

    def _code(self, run: str) -> int:
        code = 0
        for letter in run:
            code = code * (self.single + 1) + self.numbers[letter]
        return code

    @cached_property
    def _letters(self) -> Runs:
        """By code point of a letter its number; the compiled loops do without."""
        letters = np.full(1 << 16, self.single, np.int16)
        for letter, number in self.numbers.items():
            if len(letter) == 1:
                letters[ord(letter)] = number
        return letters

    @cached_property
    def _runs(self) -> tuple[NDArray[np.int64], Places]:
        """The codes of runs of several letters, rising, and the places of those among the runs."""
        codes = np.array([self._code(run) for run in self._several], np.int64)
        order = np.argsort(codes)
        return codes[order], order

    def read(self, words: Sequence[str]) -> Words:
        """Words in arrays, framed."""
        return self.read_slots([f"^{word}$" for word in words])

    def read_slots(self, slots: Sequence[str]) -> Words:
        """Pieces of words in arrays, which hold the frames of those at an edge."""
        sizes = np.array([len(slot) for slot in slots], np.int32)
        width = int(sizes.max(initial=1))
        flat = np.frombuffer("".join(slots).encode("utf-32-le"), np.uint32)
        spread = np.zeros((len(slots), width + self.longest), np.int64)
        spread[:, :width][np.arange(width) < sizes[:, None]] = self._letters[
            np.minimum(flat, 0xFFFF)
        ]
        runs = np.zeros((self.longest, width, len(slots)), np.int16)
        code = spread[:, :width]
        codes, order = self._runs
        runs[0] = code.T
        for more in range(1, self.longest):
            after = spread[:, more : width + more]
            code = code * (self.single + 1) + after
            found = np.searchsorted(codes, code)
            found[found == len(codes)] = 0
            known = (codes[found] == code) & (after > 0)
            runs[more] = np.where(known, order[found] + self.single + 1, 0).T
        return Words(sizes, runs)


class Grid:
    """A table of steps in arrays, for inner words of one side and outer words of the other.

    Attributes:
        bias: the logit of two words is this and the sum of their steps, by hundred.
        inner: how inner words are read.
        outer: how outer words are read.
    """

    def __init__(self, table: Steps, *, turned: bool) -> None:
        """Turned: the outer words are of the table's script, the inner ones Latin."""
        across: dict[str, Row] = {}
        for run, row in table.rows.items():
            for other, weight in row.items():
                across.setdefault(other, {})[run] = weight
        left = _Side(table.drop, table.strange, table.rows, LONGEST)
        right = _Side(table.add, table.strange, across, WIDEST)
        self.bias = table.bias
        self.inner, self.outer = (right, left) if turned else (left, right)
        self._strange = max(int(table.strange), FAR)
        steps_of = across if turned else table.rows
        entries = sorted(
            (
                self.inner.numbers[run],
                self.outer.numbers[other],
                len(run),
                self._weight(run, other, weight),
            )
            for run, row in steps_of.items()
            for other, weight in row.items()
            if run in self.inner.numbers and other in self.outer.numbers
        )
        inner, outer, sizes, weights = (np.array(c, np.int64) for c in zip(*entries, strict=True))
        self._ends = np.searchsorted(inner, np.arange(len(self.inner.numbers) + 2))
        self._outer, self._sizes, self._weights = outer, sizes, weights.astype(np.int16)

    @cached_property
    def compiled(self) -> compiled.Steps:
        """The same steps for the compiled loops, which look them up in one table."""
        weights = np.full((len(self.inner.numbers) + 1, len(self.outer.numbers) + 1), FAR, np.int16)
        letters = (np.flatnonzero(side.alone > FAR)[1:] for side in (self.inner, self.outer))
        weights[np.ix_(*letters)] = self._strange
        weights[np.repeat(np.arange(len(self._ends) - 1), np.diff(self._ends)), self._outer] = (
            self._weights
        )
        inner, outer = (
            (side.numbers, side.single, side.longest) for side in (self.inner, self.outer)
        )
        return compiled.Steps(weights, self.inner.alone, self.outer.alone, inner, outer)

    def _weight(self, run: str, other: str, weight: float) -> float:
        """A step of a letter for a letter costs no more than a strange one."""
        either = len(run) == len(other) == 1 and run not in "^$" and other not in "^$"
        return max(weight, FAR, self._strange if either else FAR)

    def sums(self, inner: Words, outer: Words, pairs: tuple[Places, Places]) -> Costs:
        """The sums of the best steps of pairs of words, in hundredths; none below `FAR`.

        Args:
            inner: read by `self.inner`.
            outer: read by `self.outer`.
            pairs: of each pair the inner word, rising, and the outer.
        """
        one, two = pairs
        found = np.empty(len(one), np.int16)
        begin = 0
        while begin < len(one):
            last = int(np.searchsorted(one, one[begin] + _INNER))
            part = slice(begin, min(last, begin + _AT_ONCE))
            found[part] = self._block(inner, outer, (one[part], two[part]))
            begin = part.stop
        return found

    def _block(self, inner: Words, outer: Words, pairs: tuple[Places, Places]) -> Costs:
        """The sums of the best steps of a block of pairs."""
        first = int(pairs[0][0])
        few = slice(first, int(pairs[0][-1]) + 1)
        width = int(inner.sizes[few].max())
        costs = self._costs(inner.runs[:, :width, few].transpose(0, 2, 1))
        drops = list(self._drops(inner.runs[0, :width, few].T))
        # The longest words first: those that are done fall off the end.
        order = np.argsort(-outer.sizes[pairs[1]], kind="stable")
        one, two = (pairs[0] - first)[order], pairs[1][order]
        ends = inner.sizes[few][one], outer.sizes[two]
        found = np.empty(len(order), np.int16)
        found[order] = _filled(costs, (one, two), outer.runs, [drop[one] for drop in drops], ends)
        return found

    def _drops(self, letters: Runs) -> Iterator[Costs]:
        """By inner word and place, what it costs that nothing stands for 1, 2, 4, … letters."""
        count, width = letters.shape
        drop = np.full((count, width + 1), FAR, np.int16)
        drop[:, :width][letters > 0] = self.inner.alone[letters[letters > 0]]
        size = 1
        while size < width:
            yield drop
            both = np.full_like(drop, FAR)
            both[:, : width + 1 - size] = np.maximum(
                drop[:, : width + 1 - size] + drop[:, size:], FAR
            )
            drop = both
            size *= 2

    def _costs(self, runs: Runs) -> _Costs:
        """What every run of outer letters costs at each place of each inner word."""
        sizes, count, width = runs.shape
        size, word, place = np.nonzero(runs)
        run = runs[size, word, place]
        many = self._ends[run + 1] - self._ends[run]
        entry = ranges(self._ends[run], many)
        again = np.repeat(np.arange(len(run)), many)
        outer = self._outer[entry]
        columns = len(self.outer.numbers) + 1
        single = self.outer.single + 1
        table = np.zeros((count, columns), np.intp)
        cell = word[again] * columns + outer
        table.ravel()[cell[outer >= single]] = 1
        cells = np.flatnonzero(table)
        table.ravel()[cells] = np.arange(len(cells)) + count * single
        table[:, 1:single] = np.arange(count * single).reshape(count, single)[:, 1:]
        rows = np.full((sizes + 1, count * single + len(cells), width + 1), FAR, np.int16)
        plain = rows[:, : count * single].reshape(sizes + 1, count, single, width + 1)
        plain[0, :, 1:] = self.outer.alone[1:, None]
        letter = (self.inner.alone > FAR)[runs[0]] & (runs[0] > 0)
        known = np.flatnonzero(self.outer.alone > FAR)[1:]
        plain[1, :, known, :width] = np.where(letter, self._strange, FAR)
        rows[size[again] + 1, table.ravel()[cell], place[again]] = self._weights[entry]
        return _Costs(table, rows)


class _Costs(NamedTuple):
    """What runs of outer letters cost at the places of inner words.

    Attributes:
        table: by inner word and run, the row of costs, or 0 where no letters go with it.
        rows: by count of inner letters (0 on) and the place where they begin.
    """

    table: Places
    rows: Costs


def _filled(
    costs: _Costs,
    pairs: tuple[Places, Places],
    runs: Runs,
    drops: Sequence[Costs],
    ends: tuple[Numbers, Numbers],
) -> Costs:
    """The last cells of the grids of pairs.

    Args:
        costs: of the runs.
        pairs: the inner and the outer word of each pair, the longest outer words first.
        runs: by length and place, the run of letters that begins there in each outer word.
        drops: by pair and place, what it costs that nothing stands for 1, 2, 4, … inner letters.
        ends: places of the inner and of the outer words.
    """
    one, two = pairs
    table = costs.table.ravel()
    begins = one * costs.table.shape[1]
    wide = costs.rows.shape[2]
    count = len(one)
    height = int(ends[1][0])
    grid = np.full((height + len(runs), count, wide), FAR, np.int16)
    grid[0, :, 0] = 0
    found = np.empty(count, np.int16)
    for place in range(height + 1):
        here = grid[place, :count]
        flat = here.reshape(-1)
        for shift, drop in enumerate(drops):
            cost = drop[:count].reshape(-1)
            size = 1 << shift
            np.maximum(flat[size:], flat[:-size] + cost[:-size], out=flat[size:])
        left = int(np.searchsorted(-ends[1][:count], -place))
        if left < count:
            found[left:count] = here[np.arange(left, count), ends[0][left:count]]
            count = left
        here = here[:count]
        for more in range(min(len(runs), height - place)):
            row = table[begins[:count] + runs[more, place].take(two[:count])]
            into = grid[place + more + 1, :count]
            if more:
                some = np.flatnonzero(row)
                if len(some):
                    into[some] = _stepped(here[some], into[some], costs.rows[1:], row[some], 1)
            else:
                _stepped(here, into, costs.rows, row, 0)
    return found


def _stepped(here: Costs, into: Costs, rows: Costs, row: Places, size: int) -> Costs:
    """Take the steps over so many inner letters and more, by the rows of their costs."""
    source, target = here.reshape(-1), into.reshape(-1)
    for costs in rows:
        cost = costs.take(row, axis=0).reshape(-1)
        cost += source
        np.maximum(target[size:], cost[: max(0, len(cost) - size)], out=target[size:])
        size += 1
    return into


def ranges(starts: NDArray[np.integer], sizes: NDArray[np.integer]) -> Places:
    """The numbers from each start on, as many as its size, one after the other."""
    numbers: Places = (starts - (sizes.cumsum() - sizes)).repeat(sizes)
    numbers += np.arange(len(numbers))
    return numbers


def changes(column: NDArray[Any]) -> Places:
    """The places where a column has another value than before; the first is one."""
    new = np.ones(len(column), bool)
    np.not_equal(column[1:], column[:-1], out=new[1:])
    return new.nonzero()[0]


@cache
def grid(script: Script, *, turned: bool = False) -> Grid:
    """The steps from a script to Latin, or within Latin, in arrays."""
    return Grid(steps(script), turned=turned)
