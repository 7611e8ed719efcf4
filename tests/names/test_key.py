"""Keys that spellings of one part share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import keys
from watcher.names.key import MOST
from watcher.text import fold, script_of


def of(word):
    return keys(fold(word), script_of(fold(word)))


@pytest.mark.parametrize(
    "spellings",
    [
        ["Soleimani", "Suleymani", "سليماني", "السليماني", "Сулеймани", "סולימאני"],
        ["Qasem", "Kassem", "Ghasem", "قاسم", "Касем"],
        ["Jeremy", "جيرمي", "Джереми"],
        ["Khamenei", "خامنئي", "Хаменеи"],
        ["Abdurrahman", "عبدالرحمن"],
        ["Nasrallah", "نصرالله", "Насралла"],
        ["Khrushchev", "Хрущёв", "Chruschtschow"],
        ["Mitsotakis", "Μητσοτάκης"],
        ["Modi", "मोदी"],
        ["Max", "מקס"],
    ],
)
def test_spellings_of_one_part_share_a_key(spellings):
    first = of(spellings[0])

    assert all(not first.isdisjoint(of(other)) for other in spellings[1:])


def test_other_names_share_none():
    assert of("Soleimani").isdisjoint(of("Nasrallah"))
    assert of("منصور").isdisjoint(of("نصر"))


def test_han_is_its_own_key():
    assert of("習近平") == {"習近平"}


@given(st.text(min_size=1, max_size=60))
def test_any_word_has_a_bounded_number_of_keys(word):
    assert 1 <= len(of(word)) <= 2 * MOST
