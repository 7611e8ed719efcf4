"""What stands beside a name and makes another name of it."""

from __future__ import annotations

import pytest

from watcher import Watchlist
from watcher.match.index import compile_index
from watcher.match.neighbour import (
    before,
    behind,
    is_numbered,
    is_son,
    may_be_name,
    may_go_on,
)
from watcher.match.page import Page
from watcher.match.reader import read
from watcher.watchlist.entity import Entity

INDEX = compile_index(Watchlist((Entity(id="it", names=("Nord Stream",)),)))


def page(text: str) -> Page:
    return read(text, INDEX)


@pytest.mark.parametrize(
    ("text", "numbered"),
    [
        ("Stream 2 works", True),
        ("Stream-2", True),
        ("Stream – 2", True),
        ("Stream II", True),
        ("Boeing 737", True),
        ("Horizon 2020", True),
        ("Stream 51% of it", False),
        ("Gazprom 4,63 billion", False),
        ("Gazprom 3 % less", False),
        ("Gazprom 14 August", False),
        ('Gazprom" 2', False),
        ("Stream ii", False),
        ("Stream", False),
        ("Stream of it", False),
    ],
)
def test_a_number_makes_another_name_unless_it_counts(text: str, *, numbered: bool) -> None:
    assert is_numbered(page(text), 0) is numbered


def test_the_words_beside_a_place_stand_in_the_same_phrase() -> None:
    text = page("said Serena Williams, who. left")

    assert before(text, 0) is None
    assert (before(text, 2) or text.words[0]).folded == "serena"
    assert (behind(text, 1) or text.words[0]).folded == "williams"
    assert behind(text, 2) is None  # a comma
    assert behind(text, 3) is None  # a full stop
    assert behind(text, 4) is None  # the end


@pytest.mark.parametrize(
    ("word", "son", "name", "on"),
    [
        ("بن", True, False, False),
        ("محمد", False, True, True),
        ("اليحياوي", False, False, True),  # news hardly ever use it
        ("في", False, False, False),
        ("علي", False, False, False),  # a name, but more often "on"
        ("وزير", False, False, False),  # a name, but here a title
        ("و", False, False, False),
        ("שהיה", False, False, False),  # too few words of Hebrew are counted
        ("مفتي", False, False, False),
        ("Williams", False, True, True),
        ("said", False, False, False),
        ("bin", True, False, False),
    ],
)
def test_what_a_word_beside_a_name_may_be(word: str, *, son: bool, name: bool, on: bool) -> None:
    token = page(word).words[0]

    assert (is_son(token), may_be_name(token), may_go_on(token)) == (son, name, on)


def test_no_word_is_nothing() -> None:
    assert (is_son(None), may_be_name(None), may_go_on(None)) == (False, False, False)
