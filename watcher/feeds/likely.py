"""How much a text looks like something people write, by which a wrong decoding gives itself away.

Letters: the share of what is beyond ASCII that stands in words of one script and of regular case.
Signs of East Asia, where every pair of bytes is some sign: the share of those that are frequent.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib import resources
from itertools import islice

from watcher.text.table import read_table

# Only where a run of ASCII letters begins, and without going back, or a long run costs its square.
WORD = re.compile(r"(?<![A-Za-z])[A-Za-z]*+[^\W\d_A-Za-z][^\W\d_]*|[^\x00-\x7f]")
BEYOND = re.compile(r"[^\x00-\x7f]+")
SAMPLE = 4000  # words and signs beyond ASCII that are judged
COMMON = frozenset(
    "".join(row["characters"] for row in read_table(resources.files("watcher.feeds"), "common"))
)
KANA = re.compile("[\u3001\u3002\u300c-\u300f\u3041-\u3096\u30a1-\u30fc\uff01-\uff1f]")


def sense(text: str) -> float:
    """The share of what is beyond ASCII that stands in words people write, 0 to 1."""
    beyond = good = 0
    for word in _words(text):
        strange = sum(1 for character in word if character > "\x7f")
        beyond += strange
        good += strange if _is_word(word, strange) else 0
    return good / beyond if beyond else 0.0


def wide_sense(text: str) -> float:
    """The share of what is beyond ASCII that is frequent in Chinese, Japanese or Korean, 0 to 1."""
    signs = "".join(islice(BEYOND.findall(text), SAMPLE))[:SAMPLE]
    good = sum(1 for sign in signs if sign in COMMON or KANA.match(sign))
    return good / len(signs) if signs else 0.0


def _words(text: str) -> Iterator[str]:
    """The words with letters beyond ASCII, and the signs beyond ASCII; the first few thousand."""
    return (match[0] for match in islice(WORD.finditer(text), SAMPLE))


def _is_word(word: str, strange: int) -> bool:
    """Whether people write such a word: one script, regular case, accents in the minority."""
    scripts = {_script(character) for character in word}
    if len(scripts) != 1 or len(set(word)) < 2 or not _is_regular(word):
        return False
    return scripts != {"LATIN"} or strange * 2 <= len(word)


def _script(character: str) -> str:
    """The first word of a character's Unicode name, which for letters is their script."""
    return unicodedata.name(character, "?").partition(" ")[0]


def _is_regular(word: str) -> bool:
    """Whether the case of a word is that of a name, a word or a shout."""
    return word[1:] == word[1:].lower() or word == word.upper()
