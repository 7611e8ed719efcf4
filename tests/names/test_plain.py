"""Two words by their letters alone."""

from __future__ import annotations

import pytest

from watcher.names.plain import LEAST, MOST, plain, score_of, spelled, table_of
from watcher.text import Script, script_of


def between(left: str, right: str) -> float:
    return plain(spelled(left, script_of(left)), spelled(right, script_of(right)))


def test_the_same_letters_are_most_alike():
    assert between("soleimani", "soleimani") == MOST
    assert between("касем", "касем") == MOST


def test_a_learned_table_reads_its_script_from_either_side():
    assert between("سليماني", "soleimani") == between("soleimani", "سليماني") > 0.8


@pytest.mark.parametrize(
    ("left", "right", "table", "turned"),
    [
        (Script.LATIN, Script.LATIN, Script.LATIN, False),
        (Script.ARABIC, Script.LATIN, Script.ARABIC, False),
        (Script.GREEK, Script.HEBREW, Script.HEBREW, True),
        (Script.CYRILLIC, Script.ARABIC, Script.CYRILLIC, False),
        (Script.CYRILLIC, Script.CYRILLIC, Script.LATIN, False),
        (Script.KANA, Script.GREEK, Script.LATIN, False),
        (Script.HAN, Script.LATIN, None, False),
        (Script.HANGUL, Script.HANGUL, None, False),
    ],
)
def test_two_scripts_are_compared_by_one_table(left, right, table, turned):
    assert table_of(left, right) == (table, turned)


@pytest.mark.parametrize(("left", "right"), [("習近平", "習近"), ("ab", "abcdefgh"), ("", "a")])
def test_words_that_cannot_be_alike_are_not_compared(left, right):
    assert between(left, right) == between(right, left) == 0.0


def test_what_nobody_asks_about_scores_nothing():
    assert score_of(-60.0) == 0.0
    assert score_of(0.0) == MOST / 2 > LEAST
