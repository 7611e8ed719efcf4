"""How alike two parts of names are, whatever their scripts."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from math import exp

from watcher.names.compound import canon
from watcher.names.evidence import Equivalence
from watcher.names.part import Part, Role
from watcher.names.roman import romanise
from watcher.names.steps import steps
from watcher.text import Script

_GLUED = {
    Script.ARABIC: ("ال",),
    Script.LATIN: ("al", "el"),
    Script.HEBREW: ("אל",),
    Script.CYRILLIC: ("аль", "эль"),
}
_LEARNED = frozenset((Script.ARABIC, Script.HEBREW, Script.CYRILLIC))


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two parts are.

    Attributes:
        score: 0.0 to 1.0; 1.0 only for the same letters.
        by: what joins them; meaningful where the score is high.
    """

    score: float
    by: Equivalence


def alike(a: Part, b: Part) -> Likeness:
    """Compare one part with another; symmetric in the score."""
    if Role.INITIAL in (a.role, b.role):
        return _initial(a, b)
    score = likeness(a.folded, a.script, b.folded, b.script)
    if a.whole != a.folded or b.whole != b.folded:
        score = max(
            score,
            likeness(a.whole, a.script, b.folded, b.script) * 0.98,
            likeness(a.folded, a.script, b.whole, b.script) * 0.98,
        )
    return Likeness(score, _by(a, b))


def _by(a: Part, b: Part) -> Equivalence:
    if a.text == b.text:
        return Equivalence.SAME
    if a.folded == b.folded:
        return Equivalence.FOLDED
    return Equivalence.SPELLING if a.script is b.script else Equivalence.TRANSLITERATION


def _initial(a: Part, b: Part) -> Likeness:
    """An initial goes with any part that may begin with it."""
    one, other = romanise(a.folded, a.script)[:1], romanise(b.folded, b.script)[:1]
    score = 0.9 if one == other else 0.0
    if a.folded == b.folded:
        score = 1.0
    return Likeness(score, Equivalence.INITIAL)


def likeness(left: str, left_script: Script, right: str, right_script: Script) -> float:
    """How alike two folded words are, 0.0 to 1.0; symmetric; 1.0 only for the same letters.

    The glued article of Arabic names (السليماني) may stand on one side alone.
    """
    if (right_script, right) < (left_script, left):
        left, left_script, right, right_script = right, right_script, left, left_script
    return _likeness(left, left_script, right, right_script)


@lru_cache(maxsize=1 << 18)
def _likeness(left: str, left_script: Script, right: str, right_script: Script) -> float:
    left, right = canon(left, left_script), canon(right, right_script)
    if left == right:
        return 1.0
    best = _plain(left, left_script, right, right_script)
    bare_left, bare_right = _bare(left, left_script), _bare(right, right_script)
    if bare_left != left:
        best = max(best, 0.97 * _plain(bare_left, left_script, right, right_script))
    if bare_right != right:
        best = max(best, 0.97 * _plain(left, left_script, bare_right, right_script))
    return best


def _bare(word: str, script: Script) -> str:
    for article in _GLUED.get(script, ()):
        if word.startswith(article) and len(word) - len(article) >= 3:
            return word[len(article) :]
    return word


def _plain(left: str, left_script: Script, right: str, right_script: Script) -> float:
    if left_script is right_script is Script.HAN or Script.HAN in (left_script, right_script):
        return float(left == right) * 0.999
    if left_script not in _LEARNED:
        left, left_script, right, right_script = right, right_script, left, left_script
    if left_script not in _LEARNED:
        left, left_script = romanise(left, left_script), Script.LATIN
    right = romanise(right, right_script)
    if not left or not right or not 0.25 < len(left) / len(right) < 4:
        return 0.0
    cost = steps(left_script).cost(left, right)
    return 0.999 / (1.0 + exp(-1.5 * cost - 4.0))
