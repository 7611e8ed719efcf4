from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.match import Sheet, sheet_of
from watcher.watchlist import read_phrase

TEXT = (
    "The Quds Force met in Baghdad. New sanctions were announced; Soleimani left.\n"
    "اجتمع قائد فيلق القدس، اللواء قاسم سليماني، بالقادة في بغداد."
)


def holds(phrase: str, text: str = TEXT) -> bool:
    return Sheet(text).holds(read_phrase(phrase))


@pytest.mark.parametrize(
    "phrase",
    [
        "quds force",
        "SANCTIONS",
        "sanction*",
        "new sanction*",
        "qud* forc*",
        "فيلق القدس",
        "فَيْلَقِ القُدْس",
        "sanction",  # in the singular
        "القادة",  # written with a preposition
        "in Baghdad New",
    ],
)
def test_a_phrase_is_found_whatever_its_marks_case_and_affixes(phrase):
    assert holds(phrase)


@pytest.mark.parametrize(
    "phrase", ["force quds", "quds baghdad", "sanctions sanct*", "left x", "Bagh"]
)
def test_other_words_and_other_orders_are_not(phrase):
    assert not holds(phrase)


def test_every_place_is_told_in_order():
    sheet = Sheet("a b a b. A B c")
    assert [tuple(place) for place in sheet.places(read_phrase("a b"))] == [(0, 1), (2, 3), (4, 5)]
    assert [tuple(place) for place in sheet.places(read_phrase("a*"))] == [(0, 0), (2, 2), (4, 4)]
    assert list(Sheet("").places(read_phrase("a"))) == []


def near(phrase: str, within: int | None, word: str = "Soleimani", text: str = TEXT) -> bool:
    start = text.index(word)
    return Sheet(text).near(read_phrase(phrase), start, start + len(word), within)


def test_near_is_in_the_sentence():
    assert near("sanctions", None)
    assert near("left", None)
    assert not near("Baghdad", None)
    assert not near("القدس", None)
    assert near("القدس", None, "سليماني")


@pytest.mark.parametrize(
    ("phrase", "within", "is_near"),
    [
        ("announced", 0, True),  # nothing stands between: ";" is no word
        ("left", 0, True),
        ("were", 0, False),
        ("were", 1, True),
        ("new sanctions", 1, False),
        ("new sanctions", 2, True),
        ("Baghdad", 3, False),
        ("Baghdad", 4, True),
        ("Soleimani", 9, False),  # the name itself is nothing near it
    ],
)
def test_near_is_within_so_many_words(phrase, within, is_near):
    assert near(phrase, within) is is_near


def test_a_phrase_that_overlaps_the_name_is_not_near_it():
    assert not near("Quds Force", None, "Quds")
    assert not near("Force", None, "Quds Force")
    assert near("Force", None, "Quds")


def test_the_sheet_of_a_text_is_kept():
    assert sheet_of("a text") is sheet_of("a text")


words = st.text(alphabet="ab ج .؟'\u0640\u200d\ud800", max_size=40)


@given(words, st.integers(0, 40), st.integers(0, 40), st.none() | st.integers(0, 5))
def test_no_text_and_no_span_make_it_fail(text, one, other, within):
    start, end = sorted((min(one, len(text)), min(other, len(text))))
    sheet = Sheet(text)
    for phrase in ("a", "a b", "ج*", "b a*"):
        read = read_phrase(phrase)
        assert sheet.holds(read) or not sheet.near(read, start, end, within)
        for place in sheet.places(read):
            assert place.last - place.first + 1 == len(read.words)
