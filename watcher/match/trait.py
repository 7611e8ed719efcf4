"""What a word of a text tells by itself, wherever it stands, as bits.

Nearly every word is told by these alone to be a unit or none. Only beside particles and halves of
compounds more is asked.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterable
from functools import cache

from watcher.match.unit import (
    CASED,
    LONGEST_INITIAL,
    MAY_BIND,
    PARTICLES,
    binds_behind,
    is_borne,
    is_initial,
)
from watcher.names import bind
from watcher.text import Script, fold, frequent, inflected, script_of

HAS_CAPITALS = 1
"""Its script has capitals."""
INITIAL = 2
"""It is short enough for an initial."""
GAPPY = HAS_CAPITALS | INITIAL
"""What counts for the gap behind it."""
CAPITAL = 8
"""It begins with a capital."""
NAMELIKE = 4
"""Not so common that it is grammar, or people bear it."""
PREPOSITION = 16
"""على (on) and إلى (to), as they are written where final ya has dots."""
PARTICLE = 32
BINDS = 64
"""It may make one part with the next word: Abd, Abu."""
BINDS_BEHIND = 128
"""It may make one part with the word before: Allah, al-Din."""
OPENS = 256
"""A context word of the list may begin with it."""
LETTER = 512
"""A listed word of a script without spaces begins with it."""

_PREPOSITIONS = frozenset(("على", "إلى", "الى", "وعلى", "وإلى", "والى"))
_FINAL_YA = re.compile(r"ي\b")
_GRAMMAR = 0.10
"""A word that a larger share of articles holds is grammar. Chosen on running text."""


def traits(written: Iterable[str], folded: Iterable[str], scripts: Iterable[Script]) -> array[int]:
    """The bits of some words that are the same for every list.

    Args:
        written: the words as they stand in the text.
        folded: the words folded.
        scripts: of the folded words.
    """
    special, found = _special(), array("i")
    for word, plain, script in zip(written, folded, scripts, strict=True):
        bits = special.get(plain, NAMELIKE)
        if word[0].isupper():
            bits |= CAPITAL
        if script in CASED:
            bits |= HAS_CAPITALS
        if "'" in plain or plain[1:] in MAY_BIND:
            bits |= BINDS
        if binds_behind(plain) and bind("--", plain, script):
            bits |= BINDS_BEHIND
        if bits & PREPOSITION and word not in _PREPOSITIONS:
            bits ^= PREPOSITION
        if len(plain) <= LONGEST_INITIAL and is_initial(word, plain):
            bits |= INITIAL
        found.append(bits)
    return found


def ends_in_ya(chunk: str) -> bool:
    """Whether a word of a chunk is written with ي at its end."""
    return "ي" in chunk and _FINAL_YA.search(chunk) is not None


def is_namelike(folded: str, script: Script) -> bool:
    """Whether a word is not so common that it is grammar, or people bear it."""
    return folded not in _grammar() or is_borne(folded, script)


@cache
def _grammar() -> frozenset[str]:
    return frequent(_GRAMMAR)


@cache
def _special() -> dict[str, int]:
    """The folded words that are told by themselves, with their bits."""
    found = {word: NAMELIKE * is_namelike(word, script_of(word)) for word in _grammar()}
    for words, bit in (
        (PARTICLES, PARTICLE),
        (set(map(fold, _PREPOSITIONS)), PREPOSITION),
        # All words that may be read as one that binds.
        ({word for form in MAY_BIND for word in inflected(form)}, BINDS),
    ):
        for word in words:
            found[word] = found.get(word, NAMELIKE) | bit
    return found
