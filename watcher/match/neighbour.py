"""What stands beside a whole name and makes another name of it.

Nord Stream 2 is not Nord Stream; Mohammed al-Fadhel Abdelkefi is not Mohammed Fadhel; Serena
Williams is not the ship Serena.
"""

from __future__ import annotations

import re

from watcher.match.page import Page
from watcher.match.unit import CASED, FREE, is_borne
from watcher.names import rarity, words
from watcher.text import Script, Token, frequency, script_of

_SONS = words("son")
_TITLES = words("title") | words("honorific")
_GRAMMAR = 0.10
"""A word is grammar beside a name if the share of articles that hold it, times its rarity as a
name, is more than this: علي (on) and وزير (minister) are, محمد is not."""
_LETTERS = 3
"""A shorter word is grammar, where no capital tells."""
_ROMAN = frozenset(("ii", "iii", "iv"))
_DIGITS = (1, 3, 4)
"""So many digits make a name (Nord Stream 2, Boeing 737, Horizon 2020); two are mostly a day."""
_TO_NUMBER = re.compile(r"\s*[-‐‑–]?\s*")
_COUNTS = re.compile(r"\s?%|[.,]\d")
"""Behind a number: it is a share or a sum, and names nothing."""


def is_numbered(page: Page, last: int) -> bool:
    """Whether a number behind a word makes one name with it."""
    if last + 1 >= len(page.words):
        return False
    number = page.words[last + 1]
    if not _TO_NUMBER.fullmatch(page.text, page.words[last].end, number.start):
        return False
    if number.capital and number.folded in _ROMAN:
        return True
    written = number.folded
    return (
        written.isdigit() and len(written) in _DIGITS and not _COUNTS.match(page.text, number.end)
    )


def before(page: Page, first: int) -> Token | None:
    """The word before a place, if a name may run on from it."""
    return page.words[first - 1] if first and _is_open(page, first - 1) else None


def behind(page: Page, last: int) -> Token | None:
    """The word behind a place, if a name may run on to it."""
    return page.words[last + 1] if _is_open(page, last) else None


def _is_open(page: Page, place: int) -> bool:
    return page.gap(place) is FREE


def is_son(word: Token | None) -> bool:
    """Whether a word tells whose child somebody is: bin, ould."""
    return word is not None and word.folded in _SONS


def may_be_name(word: Token | None) -> bool:
    """Whether a word beside a name may be more of it.

    It has a capital where its script has them; elsewhere many people bear it.
    """
    if word is None:
        return False
    script = script_of(word.folded)
    if script in CASED:
        return word.capital
    return is_borne(word.folded, script) and not _says_nothing(word)


def _says_nothing(word: Token) -> bool:
    """Whether a word stands beside any name: a title, or grammar."""
    weight = frequency(word.folded) * rarity(word.folded, script_of(word.folded))
    return word.folded in _TITLES or weight >= _GRAMMAR


def may_go_on(word: Token | None) -> bool:
    """Whether the word behind a name may be more of it.

    In Arabic script that is also a word which news hardly ever use; of Hebrew and others too few
    words are counted to tell.
    """
    if word is None or may_be_name(word):
        return word is not None
    known = len(word.folded) < _LETTERS or frequency(word.folded) or word.folded in _TITLES
    return script_of(word.folded) is Script.ARABIC and not known
