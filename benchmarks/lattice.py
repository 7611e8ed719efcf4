"""Alignments of two words as lattices of steps, fast enough to learn from a hundred thousand.

Only for training; needs numba. A step joins a few letters of one word with a few of the other;
letters are small integers, "^" and "$" frame each word and only ever meet themselves.
"""

from __future__ import annotations

import numba
import numpy as np
from numba import types
from numba.typed import Dict

FIRST, LAST = 1, 2
STRANGE = 0


def new_index() -> Dict:
    """An empty index of steps: the code of a pair of chunks to its number; 0 is any other step."""
    return Dict.empty(types.int64, types.int64)


@numba.njit(cache=True)
def code(a, i, n, b, j, m):
    """One number for the step from a[i:i+n] to b[j:j+m]."""
    value = 0
    for k in range(3):
        value = value * 64 + (a[i + k] if k < n else 0)
    for k in range(5):
        value = value * 64 + (b[j + k] if k < m else 0)
    return value


@numba.njit(cache=True)
def framed(a, i, n, b, j, m):
    """Whether the frames at either end meet only themselves."""
    first_a = n > 0 and a[i] == FIRST
    first_b = m > 0 and b[j] == FIRST
    last_a = n > 0 and a[i + n - 1] == LAST
    last_b = m > 0 and b[j + m - 1] == LAST
    return first_a == first_b and last_a == last_b


@numba.njit(cache=True)
def collect(a, a_at, b, b_at, index, max_a, max_b):
    """Give a number to every step that could occur in the pairs."""
    for p in range(len(a_at) - 1):
        x = a[a_at[p] : a_at[p + 1]]
        y = b[b_at[p] : b_at[p + 1]]
        for i in range(len(x) + 1):
            for j in range(len(y) + 1):
                for n in range(max_a + 1):
                    for m in range(max_b + 1):
                        if i + n > len(x) or j + m > len(y) or n + m == 0:
                            continue
                        if (n == 0 and m != 1) or (m == 0 and n != 1):
                            continue
                        if abs(n - m) > 2 or not framed(x, i, n, y, j, m):
                            continue
                        c = code(x, i, n, y, j, m)
                        if c not in index:
                            index[c] = len(index) + 1


@numba.njit(cache=True)
def count_edges(a, a_at, b, b_at, index, max_a, max_b, start, into, step, at, fill):
    """Write the lattice of every pair; with `fill` false only count."""
    total = 0
    for p in range(len(a_at) - 1):
        x = a[a_at[p] : a_at[p + 1]]
        y = b[b_at[p] : b_at[p + 1]]
        width = len(y) + 1
        if fill:
            at[p] = total
        for i in range(len(x) + 1):
            for j in range(len(y) + 1):
                for n in range(max_a + 1):
                    for m in range(max_b + 1):
                        if i + n > len(x) or j + m > len(y) or n + m == 0:
                            continue
                        if (n == 0 and m != 1) or (m == 0 and n != 1):
                            continue
                        if not framed(x, i, n, y, j, m):
                            continue
                        c = code(x, i, n, y, j, m)
                        s = -1
                        if c in index:
                            s = index[c]
                        elif n <= 1 and m <= 1:
                            s = STRANGE
                        if s < 0:
                            continue
                        if fill:
                            start[total] = i * width + j
                            into[total] = (i + n) * width + j + m
                            step[total] = s
                        total += 1
    if fill:
        at[len(a_at) - 1] = total
    return total


def lattices(a, a_at, b, b_at, index, max_a, max_b):
    """Lattices of many pairs: start cell, end cell, step of each edge, and where each begins."""
    empty = np.zeros(1, np.int32)
    sides = (a, a_at, b, b_at, index, max_a, max_b)
    size = count_edges(*sides, empty, empty, empty, a_at, False)
    start, into, step = (np.zeros(size, np.int32) for _ in range(3))
    at = np.zeros(len(a_at), np.int64)
    count_edges(*sides, start, into, step, at, True)
    cells = np.array(
        [(a_at[p + 1] - a_at[p] + 1) * (b_at[p + 1] - b_at[p] + 1) for p in range(len(a_at) - 1)],
        np.int32,
    )
    return start, into, step, at, cells


@numba.njit(cache=True)
def expect(start, into, step, at, cells, weight, chance, counts):
    """One round of expectation: adds the expected use of each step, returns the log-likelihood."""
    total = 0.0
    for p in range(len(cells)):
        size = cells[p]
        front = np.zeros(size)
        back = np.zeros(size)
        front[0] = 1.0
        for e in range(at[p], at[p + 1]):
            front[into[e]] += front[start[e]] * chance[step[e]]
        whole = front[size - 1]
        if whole <= 1e-290:
            continue
        total += weight[p] * np.log(whole)
        back[size - 1] = 1.0
        for e in range(at[p + 1] - 1, at[p] - 1, -1):
            back[start[e]] += back[into[e]] * chance[step[e]]
        for e in range(at[p], at[p + 1]):
            counts[step[e]] += weight[p] * front[start[e]] * chance[step[e]] * back[into[e]] / whole
    return total


@numba.njit(cache=True)
def best(start, into, step, low, high, size, w, came, score):
    """The best path of one lattice; leaves the edge taken into each cell in `came`."""
    for c in range(size):
        score[c] = -1e9
        came[c] = -1
    score[0] = 0.0
    for e in range(low, high):
        s = score[start[e]] + w[step[e]]
        if s > score[into[e]]:
            score[into[e]] = s
            came[into[e]] = e
    return score[size - 1]


@numba.njit(cache=True)
def scores(start, into, step, at, cells, w, other):
    """For each pair the sum of `w` on its best path, and the sum of `other` on that path."""
    out = np.zeros((len(cells), 2))
    top = cells.max()
    came = np.zeros(top, np.int64)
    score = np.zeros(top)
    for p in range(len(cells)):
        out[p, 0] = best(start, into, step, at[p], at[p + 1], cells[p], w, came, score)
        c = cells[p] - 1
        while c > 0:
            e = came[c]
            if e < 0:
                break
            out[p, 1] += other[step[e]]
            c = start[e]
    return out


@numba.njit(cache=True)
def descend(start, into, step, at, cells, label, weight, order, w, bias, home, rate, pull, grown):
    """One epoch of AdaGrad on the logistic loss of the best paths; changes `w`, `bias`, `grown`."""
    top = cells.max()
    came = np.zeros(top, np.int64)
    score = np.zeros(top)
    loss = 0.0
    for p in order:
        value = best(start, into, step, at[p], at[p + 1], cells[p], w, came, score) + bias[0]
        if value < -1e6:
            continue
        chance = 1.0 / (1.0 + np.exp(-max(-30.0, min(30.0, value))))
        loss -= weight[p] * np.log(max(1e-9, chance if label[p] else 1 - chance))
        g = weight[p] * (chance - label[p])
        if abs(g) < 1e-4:
            continue
        bias[1] += g * g
        bias[0] -= 0.3 * rate * g / np.sqrt(bias[1])
        c = cells[p] - 1
        while c > 0:
            e = came[c]
            k = step[e]
            d = g + pull * (w[k] - home[k])
            grown[k] += d * d
            w[k] -= rate * d / np.sqrt(grown[k])
            c = start[e]
    return loss
