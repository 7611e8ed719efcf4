"""The units of a text: words, and neighbouring words that make one part of a name together.

A unit is what is looked up. Most units are one word. Abd al-Rahman, Nasr Allah and al-Adel are
units of several words, since lists and other writers spell them as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from watcher.names import bind, rarity, words
from watcher.text import Reading, Script, Token, frequency, readings, script_of

CASED = frozenset((Script.LATIN, Script.CYRILLIC, Script.GREEK, Script.ARMENIAN))
"""Scripts that have capitals, so that names are set off and list order uses a comma."""

PARTICLES = words("article") | words("son")
MAY_BIND = words("abd") | words("abu")
_BINDS_BEHIND = (
    "ال",
    "ل",
    *("al", "l", "el", "il", "ol", "ul", "d", "u"),
    "а",
    "у",
    "э",
    "אל",
    "ל",
)
_BOUND_BEHIND = ("lah", "lla", "n", "ne", "له", "دين", "ла", "лах", "дин", "לה", "דין")
# What may stand between two words of one name: a space or a hyphen, in a hashtag an underscore; a
# full stop behind an initial;
# one line break; where capitals tell names, a comma in list order. Anything else parts them.
_OPEN = re.compile(
    r"[ \t\xa0\u2000-\u200f\u202f]*[-‐‑–'’\"״·._]?[ \t\xa0\u2000-\u200f\u202f]*\n?[ \t]*"
)
# Direction and zero-width marks, which nobody sees; accents and vowel marks that stand on a space.
_UNSEEN = re.compile(
    r"[\xad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    r"\u0300-\u036f\u0591-\u05bd\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\ufe00-\ufe0f]+"
)
_LISTED = re.compile(r"\s?,\s?")

LONGEST_INITIAL = 2
"""An initial has no more letters than this."""
_BORNE = 0.9
"""A word with less rarity than this is a name that many people bear."""


class Gap(NamedTuple):
    """What stands between a word and the next: whether a name may run over it."""

    open: bool
    comma: bool


class Unit(NamedTuple):
    """One or more neighbouring words, looked up as one part.

    Attributes:
        first: index of its first token.
        last: index of its last token.
        head: the token whose affixes may be taken off.
        folded: what is looked up.
        whole: the same with its particle ("binladen"); equal to `folded` where there is none.
        script: of its letters.
    """

    first: int
    last: int
    head: int
    folded: str
    whole: str
    script: Script


SHUT = Gap(open=False, comma=False)
FREE = Gap(open=True, comma=False)
COMMA = Gap(open=True, comma=True)


def gaps(text: str, found: Sequence[Token]) -> list[Gap]:
    """What stands behind each token; as many as tokens, the last one shut."""
    pairs = pairwise(found)
    return [_gap(text, a, text[a.end : b.start]) for a, b in pairs] + [SHUT] * bool(found)


def _gap(text: str, before: Token, between: str) -> Gap:
    cased = script_of(before.folded) in CASED
    initial = is_initial(text[before.start : before.end], before.folded)
    return gap_of(between, cased=cased, initial=initial)


def gap_of(between: str, *, cased: bool, initial: bool) -> Gap:
    """What stands between two words.

    Args:
        between: the letters between them.
        cased: whether the word before is of a script that has capitals.
        initial: whether it is short enough for an initial.
    """
    if not between.isascii():
        between = _UNSEEN.sub("", between)
    if between in (" ", "-", ""):
        return FREE
    if _LISTED.fullmatch(between):
        return COMMA if cased else SHUT
    if len(between) > 4 or not _OPEN.fullmatch(between):
        return SHUT
    if "." in between and not initial:
        return SHUT
    return FREE


def is_initial(written: str, folded: str) -> bool:
    """Whether a word is short enough for an initial: B, Дж, Ch; not ЕС, which ends a sentence."""
    if len(folded) > LONGEST_INITIAL:
        return False
    return len(folded) == 1 or not written.isupper()


def units(found: Sequence[Token], between: Sequence[Gap]) -> list[list[Unit]]:
    """The units that begin at each token; as many lists as tokens."""
    started: list[list[Unit]] = [[] for _ in found]
    bound = -1
    scripts = [script_of(token.folded) for token in found]
    leads = [
        token.folded in PARTICLES and not _ends(found, scripts, between, index)
        for index, token in enumerate(found)
    ]
    for index, token in enumerate(found):
        if leads[index]:
            continue
        first = index
        while first and leads[first - 1] and between[first - 1].open:
            first -= 1
        front = "".join(t.folded for t in found[first:index])
        whole = front + token.folded if front else token.folded
        both = _bound(found, scripts, index) if _runs_on(between[index]) else []
        if both:
            # Neither half of Abd al-Rahman is a name by itself.
            started[index].extend(both)
            bound = both[0].last
        elif index != bound:
            started[first].append(Unit(first, index, index, token.folded, whole, scripts[index]))
    return started


def _runs_on(gap: Gap) -> bool:
    return gap.open and not gap.comma


def _ends(
    found: Sequence[Token], scripts: Sequence[Script], between: Sequence[Gap], index: int
) -> bool:
    """Whether a particle with a capital leads to no name, and is one itself: Li Bin said."""
    if scripts[index] not in CASED or not found[index].capital:
        return False
    return not (_runs_on(between[index]) and found[index + 1].capital)


def _bound(found: Sequence[Token], scripts: Sequence[Script], index: int) -> list[Unit]:
    """The units of two words (and a particle between) that begin at a token.

    None where only the first has a capital: Paula Abdul at the piano.
    """
    left = found[index].folded
    last = index + 1
    if found[last].folded in PARTICLES and last + 1 < len(found):
        last += 1
    right = found[last].folded
    script = scripts[index]
    if scripts[last] is not script or (found[index].capital and not found[last].capital):
        return []
    return [Unit(index, last, index, both, both, script) for both in compounds(left, right, script)]


@lru_cache(maxsize=1 << 11)
def compounds(left: str, right: str, script: Script) -> tuple[str, ...]:
    """The one part that two words make, for each way to read the first."""
    if not (left in MAY_BIND or left[1:] in MAY_BIND or binds_behind(right)):
        return ()
    made = (_made(left, reading, right, script) for reading in readings(left, script))
    return tuple(dict.fromkeys(both for both in made if both is not None))


def _made(left: str, reading: Reading, right: str, script: Script) -> str | None:
    """What two words make by a way to read the first: with its clitic, as if written as one."""
    both = bind(reading.form, right, script)
    if both is None or not reading.front:
        return both
    put_back = len(reading.form) + reading.front + reading.back - len(left)
    return left[: reading.front] + both[put_back:]


def binds_behind(word: str) -> bool:
    """Whether a word begins and ends as those that make one part with any word before them."""
    return word.endswith(_BOUND_BEHIND) and word.startswith(_BINDS_BEHIND)


def is_borne(word: str, script: Script) -> bool:
    """Whether many people bear a folded word as a name."""
    return rarity(word, script) < _BORNE


def is_spoken_of(word: str) -> bool:
    """Whether news use a folded word, or name something by it, now and then."""
    return frequency(word) > 0 or frequency(word, capital=True) > 0
