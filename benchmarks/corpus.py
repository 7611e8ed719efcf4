"""Pairs of words as arrays of small integers, and steps back as letters."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from benchmarks.material import Pair


class Alphabet:
    """Letters as small integers; 1 and 2 are the frames."""

    def __init__(self) -> None:
        self.letters = ["", "^", "$"]
        self.numbers = {"^": 1, "$": 2}

    def codes(self, text: str) -> list[int]:
        """The numbers of a framed word; letters beyond 60 are all the same."""
        out = []
        for letter in f"^{text}$":
            if letter not in self.numbers:
                self.numbers[letter] = min(len(self.letters), 63)
                self.letters.append(letter)
            out.append(self.numbers[letter])
        return out


@dataclass
class Corpus:
    """Pairs as arrays, with their lattices once an index of steps is known."""

    pairs: list[Pair]
    a: np.ndarray
    a_at: np.ndarray
    b: np.ndarray
    b_at: np.ndarray


def corpus(pairs: list[Pair], left: Alphabet, right: Alphabet) -> Corpus:
    """Encode pairs of words."""
    sides = []
    for alphabet, index in ((left, 0), (right, 1)):
        coded = [alphabet.codes(pair[index]) for pair in pairs]
        sides.append(np.array([c for word in coded for c in word], np.int32))
        sides.append(np.cumsum([0, *map(len, coded)]).astype(np.int64))
    return Corpus(pairs, *sides)


def decoded(index, left: Alphabet, right: Alphabet) -> list[tuple[str, str]]:
    """The chunks of each numbered step."""
    steps = [("?", "?")] * (len(index) + 1)
    for code, number in index.items():
        digits = [(code >> (6 * k)) & 63 for k in range(7, -1, -1)]
        steps[number] = (
            "".join(left.letters[d] for d in digits[:3] if d),
            "".join(right.letters[d] for d in digits[3:] if d),
        )
    return steps
