"""Words and phrases as analysts write them: plain words, and `*` for any ending of a word.

Regular expressions are not read: what they would do to a long text cannot be told beforehand, and
what they miss (vowel marks, other forms of a letter) folding finds.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from watcher.text import tokens

LONGEST = 20
"""Words of a phrase; longer ones are sentences, which no article repeats word for word."""

_STARRED = re.compile(r"\w\*(?!\w)")
_MARKS = re.compile(r"^/.+/[a-z]*$|\\[A-Za-z.]|\.[*+]|[\])][*+?{]|\(\?|\w\|\w|^\^|\w\$$")
"""What only regular expressions hold: /x/, \\w, .*, [ab]+, (a)*, (?i), a|b, ^a, a$."""


class Phrase(NamedTuple):
    """Words that stand one behind the other.

    Attributes:
        spelled: as the analyst wrote it.
        words: folded, at least one.
        open: for each, whether it may have any ending.
    """

    spelled: str
    words: tuple[str, ...]
    open: tuple[bool, ...]


@lru_cache(maxsize=1 << 14)
def read_phrase(text: str) -> Phrase:
    """A phrase.

    Args:
        text: one line.

    Raises:
        ValueError: it holds no word, too many, or what looks like a regular expression; says what
            to write.
    """
    if _MARKS.search(text):
        raise ValueError(
            f'"{text}" looks like a regular expression, which is not read;'
            ' write plain words, and "*" for any ending: sanction*'
        )
    starred = {found.start() for found in _STARRED.finditer(text)}
    if text.count("*") > len(starred):
        raise ValueError(
            f'"*" stands for the ending of a word only; write it behind the word in "{text}"'
        )
    words = tokens(text)
    if not words:
        raise ValueError(f'"{text}" has no word to look for; write a word')
    if len(words) > LONGEST:
        raise ValueError(f"a phrase has at most {LONGEST} words, this one {len(words)}")
    return Phrase(
        spelled=text,
        words=tuple(word.folded for word in words),
        open=tuple(word.end - 1 in starred for word in words),
    )
