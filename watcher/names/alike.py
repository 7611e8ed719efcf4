"""How alike two parts of names are, whatever their scripts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from watcher.names.compound import canon
from watcher.names.evidence import Equivalence
from watcher.names.key import keys
from watcher.names.known import known, named, spellings
from watcher.names.part import Part, Role
from watcher.names.patronymic import father
from watcher.names.plain import Spelled, plain, spelled
from watcher.names.roman import romanise
from watcher.names.twin import are_twins
from watcher.text import Script

ARTICLES = {
    Script.ARABIC: ("ال",),
    Script.LATIN: ("al", "el"),
    Script.HEBREW: ("אל",),
    Script.CYRILLIC: ("аль", "эль"),
}
UL = {Script.LATIN: "ul", Script.CYRILLIC: "ул"}
"""The article of the next word, written with this one: Saiful Malook."""
KNOWN_ONE, KNOWN_TWO, NEARLY, TURNED = 0.95, 0.05, 0.78, 0.95
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
EASTERN_ENDS = ("ау", "еу", "ауна", "еуна", "авна", "ы")
EASTERN_LETTERS = frozenset("ієцз")
"""How words end, or what they hold, that Russian letters may spell in another way."""
_MAY_BE_EASTERN = re.compile("|".join(pattern.pattern for pattern, _ in _EASTERN))


class Word(NamedTuple):
    """A word with all that comparing asks of it.

    Attributes:
        script: its own.
        folded: as it was given.
        own: its canonical form.
        turns: its other forms (see `turns`).
        names: the known names that it spells.
        latin: how those are spelled in Latin.
    """

    script: Script
    folded: str
    own: Spelled
    turns: tuple[Spelled, ...]
    names: frozenset[str]
    latin: tuple[Spelled, ...]


class Likeness(NamedTuple):
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


@lru_cache(maxsize=1 << 10)
def likeness(left: str, left_script: Script, right: str, right_script: Script) -> float:
    """How alike two folded words are, 0.0 to 1.0; symmetric; 1.0 only for the same letters.

    The glued article of Arabic names (السليماني) may stand on one side alone.
    """
    return compared(word_of(left, left_script), word_of(right, right_script))


@lru_cache(maxsize=1 << 11)
def word_of(folded: str, script: Script) -> Word:
    """A folded word made ready for `compared`."""
    own = canon(folded, script)
    turned, names = turns(own, script), named(own)
    return Word(
        script,
        folded,
        spelled(own, script),
        tuple([spelled(form, script) for form in turned]) if turned else (),
        names,
        tuple([spelled(form, Script.LATIN) for form in spellings(own)]) if names else (),
    )


def compared(left: Word, right: Word) -> float:
    """How alike two words are: `likeness`, for who has them ready."""
    if right < left:
        left, right = right, left
    one, other = left.own, right.own
    if one.word == other.word:
        return 1.0
    best = plain(one, other)
    if left.names and right.names:
        is_one = not left.names.isdisjoint(right.names)
        return max(KNOWN_ONE, best) if is_one else min(KNOWN_TWO, best)
    if best < KNOWN_ONE and (left.turns or right.turns or left.latin or right.latin):
        best = max(
            best,
            *(plain(turned, other) * TURNED for turned in left.turns),
            *(plain(one, turned) * TURNED for turned in right.turns),
            _nearly(left, other),
            _nearly(right, one),
        )
    if best > KNOWN_TWO and are_twins(one, other):
        return KNOWN_TWO
    return best


def _nearly(word: Word, other: Spelled) -> float:
    """How alike a word is to the Latin spellings of a known name."""
    if not word.latin or other.script is not Script.LATIN:
        return 0.0
    own = keys(other.word, Script.LATIN)
    near = [o for o in word.latin if not own.isdisjoint(keys(o.word, Script.LATIN))]
    return max((plain(option, other) for option in near), default=0.0) * NEARLY


@lru_cache(maxsize=1 << 11)
def turns(word: str, script: Script) -> tuple[str, ...]:
    """Other forms of a word: without a glued article, without -ová or -ul, in Russian letters."""
    found = [
        word[len(article) :]
        for article in ARTICLES.get(script, ())
        if word.startswith(article) and len(word) - len(article) >= _LEAST_STEM
    ]
    if script is Script.LATIN and word.endswith("ova") and len(word) - 3 > _LEAST_STEM:
        found.append(word[:-3])
    if script in UL and word.endswith(UL[script]) and len(word) > _LEAST_STEM + 1:
        found.append(word[: -len(UL[script])])
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
