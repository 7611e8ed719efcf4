"""Keys that the spellings of one part share, so that a dictionary look-up proposes candidates.

A key is the word's consonants by classes of sound common to all scripts: q, g and k are one class,
so are s, z, ts and sh. Vowels are left out but for the mark of one at the beginning, and so are
letters that may be silent. A letter that stands for sounds of several classes gives several keys
(ج is j or g, c is k or s); so does an article written with the word (السليماني).
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import resources

from watcher.names.compound import canon
from watcher.names.roman import romanise
from watcher.names.spelling import SILENT
from watcher.text import Script
from watcher.text.table import read_table

MOST = 48
"""A part has at most so many keys; the likeliest readings of its letters are kept."""
_LETTERS = 24
"""A key looks no further into a word than this."""
_NO_CONSONANT = "0"
_GLUED = {
    Script.ARABIC: re.compile("ال(?=...)"),
    Script.LATIN: re.compile("[ae]l(?=....)"),
    Script.CYRILLIC: re.compile("[аэ]ль?(?=....)"),
    Script.HEBREW: re.compile("אל(?=...)"),
}


def _classes() -> dict[Script, dict[str, tuple[str, ...]]]:
    """By script and one to four letters, the classes they may stand for, likeliest first."""
    found: dict[Script, dict[str, tuple[str, ...]]] = {}
    for row in read_table(resources.files("watcher.names"), "keys"):
        classes = tuple("" if c == SILENT else c for c in row["classes"].split())
        found.setdefault(Script(row["script"]), {})[row["letters"]] = classes
    return found


_CLASSES = _classes()
_LONGEST = 4


@lru_cache(maxsize=1 << 17)
def keys(folded: str, script: Script) -> frozenset[str]:
    """The keys of a folded part; two spellings of one part share at least one, nearly always.

    Source: table `keys`. How many pairs share a key, and how many parts a key proposes, is
    measured in benchmarks/.

    Returns:
        One to `MOST` keys; for letters without a romanisation, the word itself.
    """
    word = canon(folded, script)
    if script not in _CLASSES:
        word, script = romanise(word, script), Script.LATIN
    if not word or not word[0].isalpha() or ord(word[0]) > 0x2E80:
        return frozenset({word or folded})
    article = _GLUED[script].match(word) if script in _GLUED else None
    own = _readings(word, script)
    return frozenset(own + _readings(word[article.end() :], script)) if article else frozenset(own)


def _readings(word: str, script: Script) -> list[str]:
    """The keys of a word as it stands."""
    found = [""]
    for choices in _steps(f"^{word[:_LETTERS]}$", _CLASSES[script]):
        found = list(dict.fromkeys(_extend(head, more) for more in choices for head in found))
        del found[MOST:]
    return [reading or _NO_CONSONANT for reading in found]


def _extend(head: str, more: str) -> str:
    """A key with more classes behind it; a class is never repeated."""
    if head and more and head[-1] == more[0]:
        return head + more[1:]
    return head + more


def _steps(word: str, classes: dict[str, tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The choices of classes along a word, longest runs of letters first."""
    found = []
    place = 0
    while place < len(word):
        for size in range(_LONGEST, 0, -1):
            choices = classes.get(word[place : place + size])
            if choices is not None:
                found.append(choices)
                place += size
                break
        else:
            place += 1
    return found
