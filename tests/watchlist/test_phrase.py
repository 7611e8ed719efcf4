from __future__ import annotations

import time

import pytest

from watcher.watchlist import Phrase, read_phrase


def test_a_phrase_is_its_folded_words():
    assert read_phrase("Quds FORCE") == Phrase("Quds FORCE", ("quds", "force"), (False, False))
    assert read_phrase("فَيْلَق القدس").words == ("فيلق", "القدس")


def test_a_star_opens_the_ending_of_its_word():
    assert read_phrase("new sanction*").open == (False, True)
    assert read_phrase("санкци* против").open == (True, False)


@pytest.mark.parametrize("text", ["What?", "C++", "AT&T", "$100", "[sic]", "U.S.", "(killed)"])
def test_what_people_write_is_no_regular_expression(text):
    assert read_phrase(text).words


@pytest.mark.parametrize(
    "text",
    [
        "a.*b",
        "(a+)+$",
        "/foo/i",
        "^start",
        "end$",
        "[ab]+",
        "a|b",
        r"\bword",
        "(?i)x",
        "(a{1,9}){9}",
    ],
)
def test_a_regular_expression_is_refused_in_words(text):
    with pytest.raises(ValueError, match="looks like a regular expression, which is not read"):
        read_phrase(text)


@pytest.mark.parametrize("text", ["*", "*x", "x * y", "sanction*s"])
def test_a_star_anywhere_else_is_refused(text):
    with pytest.raises(ValueError, match="stands for the ending of a word only"):
        read_phrase(text)


def test_a_phrase_has_a_word_and_not_too_many():
    with pytest.raises(ValueError, match="has no word to look for"):
        read_phrase("…!")
    with pytest.raises(ValueError, match="at most 20 words, this one 21"):
        read_phrase("x " * 21)


def test_the_longest_line_is_read_in_no_time():
    before = time.process_time()
    for text in ("(" * 20_000, "a|" * 20_000, "/" * 20_000, "x*" * 20_000):
        with pytest.raises(ValueError, match=r"write|words"):
            read_phrase(text)
    assert time.process_time() - before < 2
