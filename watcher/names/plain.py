"""How alike two words are by their letters alone, by the learned steps from one to the other.

What a word looks like to the tables of steps is worked out once, however many words it meets.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil, exp, log
from typing import NamedTuple

from watcher.names.core import BUILT, compiled
from watcher.names.grid import grid
from watcher.names.roman import romanise
from watcher.names.steps import HUNDREDTHS, steps
from watcher.text import Script

MOST = 0.999
LEAST = 0.12
"""Words less alike than this are not told apart any further: they are not alike at all."""
HOPELESS = log(LEAST / (MOST - LEAST))
LEARNED = frozenset((Script.ARABIC, Script.HEBREW, Script.CYRILLIC))
_USUAL = 60
"""Letters of words that the compiled loops compare."""
_FRAMES = 2


class Spelled(NamedTuple):
    """A word as tables of steps see it.

    Attributes:
        word: folded.
        script: its own.
        own: framed.
    """

    word: str
    script: Script
    own: str


def spelled(word: str, script: Script) -> Spelled:
    """A folded word made ready to be compared."""
    return Spelled(word, script, f"^{word}$")


def _roman(word: Spelled) -> str:
    """A word in Latin letters, framed."""
    return f"^{romanise(word.word, word.script)}$"


def plain(left: Spelled, right: Spelled) -> float:
    """How alike two words are by their letters alone, 0.0 to 0.999; not symmetric in one script."""
    if left.word == right.word and left.script is right.script:
        return MOST
    table, turned = table_of(left.script, right.script)
    if table is None:
        return 0.0
    if turned:
        left, right = right, left
    one = left.own if left.script is table else _roman(left)
    other = right.own if right.script is Script.LATIN else _roman(right)
    sizes = len(one) - _FRAMES, len(other) - _FRAMES
    if not (sizes[0] and sizes[1] and 0.3 < sizes[0] / sizes[1] < 3.4):
        return 0.0
    if BUILT and max(sizes) <= _USUAL:
        least, scores, best = _compiled(table)
        found = best.sum(one, other, least)
        return scores[-found] if found >= least else 0.0
    return score_of(steps(table).logit(one[1:-1], other[1:-1], HOPELESS))


@cache
def table_of(left: Script, right: Script) -> tuple[Script | None, bool]:
    """By whose table of steps two words are compared, and whether the right one is that script's.

    None where nothing can be said: Han is no spelling of sounds, a Hangul syllable is one letter.
    """
    if Script.HAN in (left, right) or left is right is Script.HANGUL:
        return None, False
    if left is right or not {left, right} & LEARNED:
        return Script.LATIN, False
    turned = left not in LEARNED
    return right if turned else left, turned


def score_of(logit: float) -> float:
    """The score that a logit is; 0.0 below `HOPELESS`."""
    return MOST / (1.0 + exp(-logit)) if logit >= HOPELESS else 0.0


@cache
def _compiled(table: Script) -> tuple[int, Sequence[float], compiled.Steps]:
    """The least sum that is a score, the scores of 0 and each sum below, and the steps."""
    bias = grid(table).bias
    least = ceil((HOPELESS - bias) * HUNDREDTHS)
    scores = [score_of(bias - cost / HUNDREDTHS) for cost in range(1 - least)]
    return least, scores, grid(table).compiled
