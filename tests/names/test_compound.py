"""Compounds that some write as one word."""

from __future__ import annotations

import pytest

from watcher.names import bind, canon
from watcher.text import Script, fold, script_of


@pytest.mark.parametrize(
    ("words", "one"),
    [
        (("abdul", "rahman"), "abdurrahman"),
        (("abd", "rahman"), "abdelrahman"),
        (("abd", "allah"), "abdullah"),
        (("nasr", "allah"), "nasrallah"),
        (("saif", "din"), "saifuddin"),
        (("saif", "eddine"), "saifeddin"),
        (("abou", "bakr"), "aboubakr"),
        (("عبد", "الرحمن"), "عبدالرحمن"),
        (("عبد", "الله"), "عبدالله"),
        (("نصر", "الله"), "نصرالله"),
        (("سيف", "الدين"), "سيفالدين"),
        (("абдул", "рахман"), "абдуррахман"),
        (("абд", "аллах"), "абдуллах"),
        (("עבד", "אללה"), "עבדאללה"),
    ],
)
def test_two_words_make_what_one_word_is_brought_to(words, one):
    script = script_of(one)

    assert bind(*words, script) == canon(one, script)


@pytest.mark.parametrize(
    ("left", "right", "script"),
    [
        ("qasem", "soleimani", Script.LATIN),
        ("قاسم", "سليماني", Script.ARABIC),
        ("קאסם", "סולימאני", Script.HEBREW),
        ("abd", "rahman", Script.GREEK),
        ("l", "allah", Script.LATIN),
    ],
)
def test_other_neighbours_stay_two(left, right, script):
    assert bind(left, right, script) is None


@pytest.mark.parametrize("word", ["soleimani", "سليماني", "путин", "נתניהו", "σημιτης", "abdi"])
def test_a_word_that_is_no_compound_stays(word):
    assert canon(fold(word), script_of(word)) == fold(word)
