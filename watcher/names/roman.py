"""Words of any script in Latin letters, one letter after the other.

Only for scripts without a learned table of costs, and for comparing two scripts neither of which
is Latin. Han has no romanisation here: it is compared as it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import repeat

from watcher.names.spelling import SILENT, SPELLINGS
from watcher.text import Script

_UNHEARD = re.compile("(?<=[kgszpbfmrl])u|(?<=[td])[ou](?=[^aeiou]|$)")
_LONGEST = {script: max(map(len, table)) for script, table in SPELLINGS.items()}
_SYLLABLE = (
    "g kk n d tt r m b pp s ss - j jj ch k t p h",
    "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    "- k k k n n n t l k m l l l p l m p p t t ng t t k t p h",
)
"""Initials, vowels, finals of Hangul: Revised Romanisation of Korean (2000), finals unreleased."""
_SOUNDS = tuple(row.split() for row in _SYLLABLE)
_FIRST_SYLLABLE = 0xAC00
_SYLLABLES = 11172


_SOUND = dict.fromkeys("aeiou'", 0.0) | dict.fromkeys("hwy", 0.5)


@lru_cache(maxsize=1 << 12)
def consonants(folded: str, script: Script) -> float:
    """How many consonants a word has; those that are often vowels or silent count half."""
    return sum(map(_SOUND.get, romanise(folded, script), repeat(1.0)), 0.0)


@lru_cache(maxsize=1 << 11)
def romanise(folded: str, script: Script) -> str:
    """A folded word in Latin letters; a script without a table comes back as it is."""
    if script is Script.HANGUL:
        return "".join(_syllable(letter) for letter in folded)
    if script is Script.LATIN or script not in SPELLINGS:
        return folded
    if script is Script.DEVANAGARI:
        return _devanagari(folded)
    if script is Script.KANA:
        return _kana("".join(_pieces(folded, script)))
    return "".join(_pieces(folded, script))


def _pieces(folded: str, script: Script) -> list[str]:
    """The usual spelling of each run of letters, longest runs first."""
    table = SPELLINGS[script]
    found: list[str] = []
    index = 0
    while index < len(folded):
        for size in range(_LONGEST[script], 0, -1):
            spelled = table.get(folded[index : index + size])
            if spelled:
                found.append("" if spelled[0] == SILENT else spelled[0])
                index += size
                break
        else:
            index += 1
    return found


def _syllable(letter: str) -> str:
    code = ord(letter) - _FIRST_SYLLABLE
    if not 0 <= code < _SYLLABLES:
        return ""
    sounds = (_SOUNDS[0][code // 588], _SOUNDS[1][code % 588 // 28], _SOUNDS[2][code % 28])
    return "".join(sound for sound in sounds if sound != SILENT)


def _kana(spelled: str) -> str:
    """Kana put a u or o behind every consonant; of foreign names it is not heard."""
    return _UNHEARD.sub("", spelled)


def _devanagari(folded: str) -> str:
    """Devanagari writes the vowel a by leaving it out between two consonants."""
    table = SPELLINGS[Script.DEVANAGARI]
    found: list[str] = []
    for letter, after in zip(folded, folded[1:] + "$", strict=True):
        spelled = table.get(letter, ("",))[0]
        found.append(spelled)
        if "\u0915" <= letter <= "\u0939" and ("\u0904" <= after <= "\u0939" or after == "\u0902"):
            found.append("a")
    return "".join(found)
