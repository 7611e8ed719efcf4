"""Which writing system a word uses."""

from __future__ import annotations

import pytest

from watcher.text import Script, script_of, scripts_in, scripts_of

WORDS = [
    ("Soleimani", Script.LATIN),
    ("Süleymani", Script.LATIN),
    ("سليماني", Script.ARABIC),
    ("ﻗﺎﺳﻢ", Script.ARABIC),
    ("Сулеймани", Script.CYRILLIC),
    ("סולימאני", Script.HEBREW),
    ("Σολεϊμανί", Script.GREEK),
    ("სულეიმანი", Script.GEORGIAN),
    ("Սուլեյմանի", Script.ARMENIAN),
    ("सुलेमानी", Script.DEVANAGARI),
    ("苏莱曼尼", Script.HAN),
    ("ソレイマニ", Script.KANA),
    ("솔레이마니", Script.HANGUL),
    ("123", Script.OTHER),
    ("", Script.OTHER),
    ("’Qasem", Script.LATIN),
]


def test_of_many_words_each_has_its_own_script() -> None:
    assert scripts_of(word for word, _ in WORDS) == [script for _, script in WORDS]


@pytest.mark.parametrize(("word", "script"), WORDS)
def test_the_first_letter_decides(word: str, script: Script) -> None:
    assert script_of(word) is script


def test_all_scripts_of_a_text_are_named() -> None:
    assert scripts_in("قاسم Soleimani 12") == {Script.ARABIC, Script.LATIN}
