"""How alike two parts of names are, whatever their scripts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from math import ceil, exp, log

from watcher.names.compound import canon
from watcher.names.core import BUILT, compiled
from watcher.names.evidence import Equivalence
from watcher.names.grid import grid
from watcher.names.key import keys
from watcher.names.known import known, spellings
from watcher.names.part import Part, Role
from watcher.names.patronymic import father
from watcher.names.roman import romanise
from watcher.names.steps import HUNDREDTHS, NEVER, steps
from watcher.names.twin import are_twins
from watcher.text import Script

_GLUED = {
    Script.ARABIC: ("ال",),
    Script.LATIN: ("al", "el"),
    Script.HEBREW: ("אל",),
    Script.CYRILLIC: ("аль", "эль"),
}
_UL = {Script.LATIN: "ul", Script.CYRILLIC: "ул"}
"""The article of the next word, written with this one: Saiful Malook."""
KNOWN_ONE, KNOWN_TWO, NEARLY, TURNED = 0.95, 0.05, 0.78, 0.95
MOST = 0.999
LEAST = 0.12
"""Words less alike than this are not told apart any further: they are not alike at all."""
_USUAL = 60
"""Letters of words that the compiled loops compare."""
HOPELESS = log(LEAST / (MOST - LEAST))
_LEAST_STEM = 3
_EASTERN = tuple(
    (re.compile(pattern), letters)
    for pattern, letters in (
        ("дз(?=[ьеіяюи])", "д"),
        ("ц(?=[ьеіяю])", "т"),
        ("а[ув]іч$", "ович"),
        ("ау(?=на$|$)", "ов"),
        ("еу(?=на$|$)", "ев"),
        ("авна$", "овна"),
        ("ы$", "ии"),
        ("і", "и"),
        ("є", "е"),
    )
)
_MAY_BE_EASTERN = re.compile("|".join(pattern.pattern for pattern, _ in _EASTERN))
LEARNED = frozenset((Script.ARABIC, Script.HEBREW, Script.CYRILLIC))


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
    if score < KNOWN_ONE and a.role is b.role is Role.PATRONYMIC and _of_one_father(a, b):
        return Likeness(KNOWN_ONE, Equivalence.EQUIVALENT)
    return Likeness(score, _by(a, b))


def _of_one_father(a: Part, b: Part) -> bool:
    """Whether two patronymics come from spellings of one known name (Рыгоравіч, Grigoryevich)."""
    return bool(known(father(a.folded, a.script), father(b.folded, b.script)))


def _by(a: Part, b: Part) -> Equivalence:
    if a.text == b.text:
        return Equivalence.SAME
    if a.folded == b.folded:
        return Equivalence.FOLDED
    if known(a.folded, b.folded):
        return Equivalence.EQUIVALENT
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


@lru_cache(maxsize=1 << 13)
def _likeness(left: str, left_script: Script, right: str, right_script: Script) -> float:
    left, right = canon(left, left_script), canon(right, right_script)
    if left == right:
        return 1.0
    told = known(left, right)
    spelled = plain(left, left_script, right, right_script)
    if told is not None:
        return max(KNOWN_ONE, spelled) if told else min(KNOWN_TWO, spelled)
    best = max(
        spelled,
        *(plain(w, left_script, right, right_script) * TURNED for w in turns(left, left_script)),
        *(plain(left, left_script, w, right_script) * TURNED for w in turns(right, right_script)),
        _nearly(left, right, right_script) if spelled < KNOWN_ONE else 0.0,
        _nearly(right, left, left_script) if spelled < KNOWN_ONE else 0.0,
    )
    if best > KNOWN_TWO and are_twins((left, left_script), (right, right_script), plain):
        return KNOWN_TWO
    return best


def _nearly(word: str, other: str, script: Script) -> float:
    """How alike a word is to the Latin spellings of a known name."""
    options = spellings(word)
    if not options or script is not Script.LATIN:
        return 0.0
    own = keys(other, script)
    near = [o for o in options if not own.isdisjoint(keys(o, script))]
    return max((plain(o, script, other, script) for o in near), default=0.0) * NEARLY


@lru_cache(maxsize=1 << 13)
def turns(word: str, script: Script) -> tuple[str, ...]:
    """Other forms of a word: without a glued article, without -ová or -ul, in Russian letters."""
    found = [
        word[len(article) :]
        for article in _GLUED.get(script, ())
        if word.startswith(article) and len(word) - len(article) >= _LEAST_STEM
    ]
    if script is Script.LATIN and word.endswith("ova") and len(word) - 3 > _LEAST_STEM:
        found.append(word[:-3])
    if script in _UL and word.endswith(_UL[script]) and len(word) > _LEAST_STEM + 1:
        found.append(word[: -len(_UL[script])])
    if script is Script.CYRILLIC:
        russian = _russian(word)
        if russian != word:
            found.append(russian)
    return tuple(found)


def _russian(word: str) -> str:
    """A Belarusian or Ukrainian word in the letters that Russian has for its sounds."""
    if not _MAY_BE_EASTERN.search(word):
        return word
    for pattern, letters in _EASTERN:
        word = pattern.sub(letters, word)
    return word


def plain(left: str, left_script: Script, right: str, right_script: Script) -> float:
    """How alike two words are by their letters alone, 0.0 to 0.999; not symmetric in one script."""
    if left_script is right_script and left == right:
        return MOST
    if Script.HAN in (left_script, right_script) or left_script is right_script is Script.HANGUL:
        return 0.0
    if right_script in LEARNED and left_script not in LEARNED:
        left, left_script, right, right_script = right, right_script, left, left_script
    if left_script not in LEARNED or left_script is right_script:
        left, left_script = romanise(left, left_script), Script.LATIN
    right = romanise(right, right_script)
    if not left or not right or not 0.3 < len(left) / len(right) < 3.4:
        return 0.0
    logit = _logit(left_script, left, right)
    return MOST / (1.0 + exp(-logit)) if logit >= HOPELESS else 0.0


def _logit(table: Script, left: str, right: str) -> float:
    """What `Steps.logit` says, no less than `HOPELESS`; words of a usual length sooner."""
    if BUILT and max(len(left), len(right)) <= _USUAL:
        least, worth = _compiled(table)
        found = worth.sum(f"^{left}$", f"^{right}$", least)
        return grid(table).bias + found / HUNDREDTHS if found >= least else NEVER
    return steps(table).logit(left, right, HOPELESS)


@cache
def _compiled(table: Script) -> tuple[int, compiled.Steps]:
    """The sum that the logit `HOPELESS` is, and the steps."""
    return ceil((HOPELESS - grid(table).bias) * HUNDREDTHS), grid(table).compiled
