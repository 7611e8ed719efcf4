from __future__ import annotations

import pytest

from watcher.written import did_you_mean, nearest, there_is_no

KEYS = ["send_to", "cool_down", "min_score", "tests", "watch", "id"]


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("sendto", "send_to"),
        ("send-to", "send_to"),
        ("cooldown", "cool_down"),
        ("Min_Score", "min_score"),
        ("test", "tests"),
        ("wacth", "watch"),
    ],
)
def test_a_misspelt_word_finds_its_key(word, key):
    assert nearest(word, KEYS) == key
    assert did_you_mean(word, KEYS) == f'did you mean "{key}"?'


def test_what_is_like_nothing_is_told_all_choices_if_they_are_few():
    assert did_you_mean("xyz", {"b", "a"}) == "write one of: a, b"
    assert did_you_mean("xyz", ["b", "a", "b"]) == "write one of: a, b"
    assert did_you_mean("xyz", {"b", "a"}, most=1) == ""
    assert did_you_mean("xyz", []) == ""


def test_a_short_wrong_word_gets_no_wild_guess():
    assert nearest("q", KEYS) == ""


def test_what_there_is_not_is_said_with_what_was_meant():
    assert there_is_no("rule", "wacth", KEYS) == 'there is no rule "wacth"; did you mean "watch"?'
    assert there_is_no("rule", "x", []) == 'there is no rule "x"'
