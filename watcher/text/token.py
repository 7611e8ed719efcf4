"""Words with spans.

A word runs over marks, tatweel, zero-width marks and inner apostrophes, so that a name hidden
behind them stays one word. Scripts written without spaces (Han, Kana, Thai, Khmer, …) give one
word a letter, so that a name in them is a run of words like any other. A lone א with a hyphen
behind it is the Arabic article, and the hyphen a part of it.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from typing import NamedTuple

from watcher.text.fold import fold
from watcher.text.table import read_table


class Token(NamedTuple):
    """A word of a text.

    Attributes:
        folded: the word as `fold` gives it, look-alike letters of other scripts put right; אל for
            the article א-.
        start: index of its first code point in the text; direction and zero-width marks around
            the word are left out.
        end: index behind its last code point.
        capital: its first letter in the text is an upper-case one.
    """

    folded: str
    start: int
    end: int
    capital: bool


def _unlettered() -> dict[str, list[int]]:
    """The code points of marks and of letters that nobody sees, by general category."""
    found: dict[str, list[int]] = {"Mn": [], "Mc": [], "Me": [], "Cf": []}
    for code, category in enumerate(map(unicodedata.category, map(chr, range(0x20000)))):
        if category in found:
            found[category].append(code)
    return found


_CODES = _unlettered()


def _ranges(*categories: str) -> str:
    """All code points of some of these categories, as the inside of a character class."""
    runs: list[list[int]] = []
    for code in sorted(code for category in categories for code in _CODES[category]):
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    return "".join(f"{re.escape(chr(a))}-{re.escape(chr(b))}" for a, b in runs)


_SPACELESS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3041-\u30fa\u30fc-\u30ff"
    "\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"
)
_LETTERS = rf"(?:[^\W_{_SPACELESS}]++|[{_ranges('Mn', 'Mc', 'Me', 'Cf')}]++)++"
_USUAL = 40
"""Longer words are not remembered: news do not repeat them."""
_APOSTROPHE = "['’‘ʼ`´׳＇]"
_WORD = re.compile(
    rf"[{_SPACELESS}]"
    r"|א[-־](?=[א-ת]{3})"
    rf"|{_LETTERS}(?:(?:{_APOSTROPHE}|(?<=[א-ת])[\"״](?=[א-ת])){_LETTERS})*(?:(?<=[א-ת])['׳])?"
)
# Nothing around the letters runs on into a word or is a part of one.
_SOLE = re.compile(
    rf"^(?:([\"'“‘„«(\[#@]*+)([^\W_{_SPACELESS}]++)([.,:;!?…\"”»)\]،؛؟]*+)$|.*$)", re.MULTILINE
)
_UNSEEN_BEFORE = re.compile(rf"[{_ranges('Mn', 'Me', 'Cf')}]+(?=\w)")
_UNSEEN_BEHIND = re.compile(rf"(?<=[^{_ranges('Cf')}])[{_ranges('Cf')}]+$")
_WHOLE = {"א-": "אל", "א־": "אל"}
"""The article that Hebrew writes as it is spoken: א-סיסי is al-Sisi, spoken as-Sisi."""
_OTHERS = re.compile("[\u0370-\u052f]")
_MIXED = re.compile("(?=.*[a-z])(?=.*[\u0370-\u052f])|(?=.*[\u0370-\u03ff])(?=.*[\u0400-\u052f])")


def _lookalikes() -> dict[str, dict[int, str]]:
    """For each script, the letters of the others that look like its own."""
    rows = list(read_table(resources.files("watcher.text"), "lookalike"))
    scripts = ("latin", "cyrillic", "greek")
    return {
        mine: {
            ord(row[other]): row[mine]
            for row in rows
            for other in scripts
            if other != mine and row[mine] and row[other]
        }
        for mine in scripts
    }


_LOOKALIKES = _lookalikes()
_COUNTED = {
    "latin": re.compile("[a-z]"),
    "cyrillic": re.compile("[\u0400-\u052f]"),
    "greek": re.compile("[\u0370-\u03ff]"),
}


def unmask(folded: str) -> str:
    """Put right a folded word that mixes look-alike letters of Latin, Cyrillic and Greek.

    The script with most letters that only it has wins; a word of one script comes back as it is.
    """
    if folded.isascii() or not _MIXED.match(folded):
        return folded
    readings = {mine: folded.translate(table) for mine, table in _LOOKALIKES.items()}
    return max(
        readings.values(), key=lambda word: max(len(c.findall(word)) for c in _COUNTED.values())
    )


def tokens(text: str) -> list[Token]:
    """Cut a text into its words, in order; words that fold to nothing are left out."""
    found = []
    for match in _WORD.finditer(text):
        word = match.group()
        folded = _remembered(word) if len(word) <= _USUAL else _folded(word)
        if folded:
            start, end = _bounds(match)
            found.append(Token(folded, start, end, text[start].isupper()))
    return found


def soles(chunks: Sequence[str]) -> list[tuple[str, str, str]]:
    """The only words of chunks of text, where they are plain letters and usual punctuation.

    Much quicker than `tokens`, for the most of what stands between two spaces.

    Args:
        chunks: without line breaks.

    Returns:
        For each what stands before the word, the word, and what stands behind it; three times ""
        if `tokens` must tell.
    """
    return _SOLE.findall("\n".join(chunks)) if chunks else []


def folds(words: Sequence[str]) -> list[str]:
    """Words of plain letters as tokens have them; "" for one that folds to nothing."""
    together = fold("\n".join(words))
    found = together.split("\n") if words else []
    if not _OTHERS.search(together):
        return found
    return [word if word.isascii() else unmask(word) for word in found]


def _folded(word: str) -> str:
    """A word of a text folded and put right."""
    return sys.intern(unmask(fold(_WHOLE.get(word, word))))


_remembered = lru_cache(maxsize=1 << 11)(_folded)


def _bounds(match: re.Match[str]) -> tuple[int, int]:
    """Where a word begins and ends for those who see it."""
    word, start, end = match.group(), match.start(), match.end()
    if not word[0].isalnum() and (before := _UNSEEN_BEFORE.match(word)):
        start += before.end()
    if not word[-1].isalnum() and (behind := _UNSEEN_BEHIND.search(word)):
        end -= behind.end() - behind.start()
    return start, end
