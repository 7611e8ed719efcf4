"""Letters made comparable, with a map back to the source.

Folding takes away what does not change a name: case, vowel marks, tatweel, zero-width marks,
presentation and full-width forms, the several codes of one letter. It is done letter by letter, so
each folded letter is known to come from one code point of the source.
"""

from __future__ import annotations

import re
import unicodedata
from importlib import resources

from watcher.text.table import read_table

# Marks are vowels or tones, not decoration, from Devanagari to Khmer, and in Kana.
_MARKS_MATTER = re.compile(r"[\u0900-\u0fff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff]")
_HANGUL = re.compile(r"[\uac00-\ud7a3]")
_TATWEEL = "\u0640"

_OVERRIDES = {
    row["letter"]: row["folded"] for row in read_table(resources.files("watcher.text"), "fold")
}


def _fold_letter(letter: str) -> str:
    """Fold one code point by the table, else by Unicode."""
    folded = []
    for plain in unicodedata.normalize("NFKC", letter).casefold():
        if plain in _OVERRIDES:
            folded.append(_OVERRIDES[plain])
        elif _MARKS_MATTER.match(plain) or _HANGUL.match(plain):
            folded.append(plain)
        else:
            folded.extend(_bare(plain))
    return "".join(folded)


def _bare(letter: str) -> list[str]:
    """Take the marks off a letter; numbers of any script become ASCII digits."""
    digit = unicodedata.digit(letter, None)
    if digit is not None:
        return [str(digit)]
    return [
        _OVERRIDES.get(part, part)
        for part in unicodedata.normalize("NFKD", letter)
        if unicodedata.category(part) not in ("Mn", "Me", "Cf", "Cc", "Cs") and part != _TATWEEL
    ]


class _Letters(dict[int, str]):
    """The folding of each code point, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        # White space keeps words apart and line feeds keep blocks apart.
        self[code] = folded = letter if letter.isspace() else _fold_letter(letter)
        return folded


_LETTERS = _Letters()


def fold(text: str) -> str:
    """Reduce text to the letters that its spellings share.

    قَاسِم, قاسِـم and ﻗﺎﺳﻢ fold alike, so do Süleymani and SULEYMANI. Folding twice is folding
    once. Letters of different scripts stay different.

    Returns:
        Lower-case letters, digits, spaces and punctuation; often shorter than the source. The many
        apostrophes of the world come back as one, "'".
    """
    return text.translate(_LETTERS)


def fold_map(text: str) -> tuple[str, tuple[int, ...]]:
    """Fold text and say which code point of the source each folded letter comes from.

    Returns:
        What `fold` returns, and as many indexes into `text`, rising.
    """
    pairs = [
        (folded, index) for index, letter in enumerate(text) for folded in _LETTERS[ord(letter)]
    ]
    return "".join(folded for folded, _ in pairs), tuple(index for _, index in pairs)
