"""Pages in arrays say what the plain way says, word for word."""

from __future__ import annotations

from itertools import chain

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.match.plainly import read_plainly
from watcher import Watchlist
from watcher.match import chunk, compile_index
from watcher.match.page import Page
from watcher.match.reader import read, read_all
from watcher.watchlist.entity import Entity

INDEX = compile_index(
    Watchlist(
        (
            Entity(id="xi", names=("习近平",), context=("party of China", "l'Elysée", "…")),
            Entity(id="day", names=("17", "5 123")),
            Entity(id="abd", names=("Abd al-Rahman Nasr Allah",), context=("Путин",)),
        )
    )
)
# Each of these once was, or may be, told otherwise than word by word.
PIECES = [
    *("the", "The", "of", "Iran", "Bin", "bin", "al-", "Al", "Abdul", "abd", "وعبد", "عبد", "ال"),
    *("الله", "Allah", "din", "den", "al-Din", "Nasr", "Сайф", "уд", "Дин", "абд", "De", "la"),
    *("على", "علي", "إلى", "في", "من", "هذا", "قاسم", "سليماني،", "习近平", "习", "近", "17", "1"),
    *("5", "123", "J.", "Дж.", "ЕС.", "B", "O'Brien", "l'Elysée", "’Qasem’", "#Qasem_Soleimani"),
    *('צה"ל', "ג'ורג'", "ב", "«Путина»,", "Путин", "party", "of", "China", "«", "—", "-", ",", "."),
    *(
        "...",
        "\u200e",
        "\u200fقاسم\u200f",
        "a\u0301",
        "ـ",
        "\xad",
        "\xa0",
        "\u2028",
        "\t",
        "x" * 60,
    ),
    *(" ", "  ", "\n", "\n\n", "\r\n", " \n", ",\n", "-\n", "_", ":", "(", ") ", "김정은은", "ไทย"),
]
TEXTS = st.lists(
    st.sampled_from(PIECES) | st.sampled_from([" ", " ", "\n"]) | st.text(max_size=3), max_size=24
).map("".join) | st.lists(st.sampled_from(PIECES), max_size=24).map(" ".join)


def check(page: Page, text: str) -> None:
    """The arrays of a page and what is made of them."""
    plain = read_plainly(text, INDEX)
    assert list(page.words) == plain.words
    assert page.between == plain.between
    assert page.units == plain.units
    every = list(chain.from_iterable(plain.units))
    assert page.firsts.tolist() == [unit.first for unit in every]
    assert page.lasts.tolist() == [unit.last for unit in every]
    assert [page.memory.units[n] for n in page.numbers.tolist()] == [unit[3:] for unit in every]
    shut = [sum(not gap.open for gap in plain.between[:n]) for n in range(len(plain.words) + 1)]
    assert page.flow.shut.tolist() == shut


@given(st.lists(TEXTS, max_size=4))
@example(["", "", " \n "])
@example(["Abdul al-Din Allah den Allah bin din eddine, Abdul den den", "abd al"])
@example(["the", "the ", "al al al-Adel of the Iran", "Li Bin said. Bin Laden. BIN"])
@example(["Foo abd allah", "ـ ـ, «ـ»", "على الله في"])
@example(["على إلى علي", "على إلى في على", "عبد ال الله ال على"])
@example(["习近平习近", "17 1 7 5123 5 123 1", "5 12"])
@example(["J.Bond, J. Bond. EC. Bond ,\nBond\n,\nBond \xa0\nBond - \n Bond"])
def test_pages_say_what_the_plain_way_says(texts: list[str]) -> None:
    for page, text in zip(read_all(texts, INDEX), texts, strict=True):
        check(page, text)


@given(TEXTS)
def test_a_context_word_begins_only_where_it_may(text: str) -> None:
    words = read(text, INDEX).words
    places = words.opening()
    everywhere = INDEX.contexts.found(words, range(len(words)))
    assert INDEX.contexts.found(words, places) == everywhere


def test_words_can_be_had_by_place_from_either_end() -> None:
    words = read("Qasem Soleimani, dead", INDEX).words
    assert [word.folded for word in words[1:]] == ["soleimani", "dead"]
    assert (words[-1].start, words[-1].end, words[0].capital) == (17, 21, True)
    with pytest.raises(IndexError):
        words[3]


@pytest.mark.parametrize("limit", ["_LETTERS", "_SIDES"])
def test_too_many_chunks_are_forgotten_and_their_pages_stay(
    limit: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = compile_index(Watchlist((Entity(id="a", names=("Qasem Soleimani",)),)))
    text = "Abd al-Rahman, said «Bin» Laden"
    first = index.chunks()
    page = read(text, index)
    assert index.chunks() is first
    monkeypatch.setattr(chunk, limit, 0)
    again = read(text, index)
    assert index.chunks() is not first
    check(page, text)
    check(again, text)


def test_a_new_memory_of_the_index_numbers_units_anew() -> None:
    index = compile_index(Watchlist((Entity(id="a", names=("Qasem Soleimani",)),)))
    before = read("Qasem Soleimani", index)
    index.memory = type(index.memory)()
    after = read("of Soleimani Qasem", index)
    check(before, "Qasem Soleimani")
    check(after, "of Soleimani Qasem")
