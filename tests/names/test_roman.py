"""Words of other scripts in Latin letters."""

from __future__ import annotations

import pytest

from watcher.names.roman import romanise
from watcher.text import fold, script_of


@pytest.mark.parametrize(
    ("word", "latin"),
    [
        ("Σημίτης", "simitis"),
        ("სააკაშვილი", "saakashvili"),
        ("Փաշինյան", "pashinyan"),
        ("मोदी", "modi"),
        ("गांधी", "gandhi"),
        ("김정은", "gimjeongeun"),
        ("トランプ", "tranp"),
        ("Путин", "putin"),
        ("soleimani", "soleimani"),
        ("習近平", "習近平"),
        ("ก", "ก"),
        ("ㄱ", ""),
    ],
)
def test_usual_spelling(word, latin):
    folded = fold(word)

    assert romanise(folded, script_of(folded)) == latin


def test_letters_without_a_spelling_are_left_out():
    assert romanise("пѵути", script_of("п")) == "puti"
