"""Keys that the spellings of one part share, so that a dictionary look-up proposes candidates.

A key is the word's consonants by classes of sound common to all scripts: q g k are one, s z ts
another. Vowels, and letters that may be vowels or silent (w y h '), are left out.
"""

from __future__ import annotations

import re
from functools import lru_cache

from watcher.names.compound import canon
from watcher.names.roman import romanise
from watcher.text import Script

_CLASSES = str.maketrans(
    {
        "b": "P", "p": "P", "f": "F", "v": "F", "w": "",
        "k": "K", "q": "K", "g": "K", "c": "K", "x": "KS",
        "d": "T", "t": "T",
        "s": "S", "z": "S", "j": "J",
        "l": "L", "r": "R", "m": "M", "n": "N",
        "h": "", "y": "", "'": "", "a": "", "e": "", "i": "", "o": "", "u": "",
    }
)  # fmt: skip


@lru_cache(maxsize=1 << 17)
def keys(folded: str, script: Script) -> frozenset[str]:
    """The keys of a folded part; two spellings of one part share at least one, nearly always.

    Returns:
        One to a few dozen keys; for letters without a romanisation, the word itself.
    """
    word = canon(folded, script)
    roman = romanise(word, script)
    key = re.sub(r"(.)\1+", r"\1", roman.translate(_CLASSES))
    return frozenset({key or word})
