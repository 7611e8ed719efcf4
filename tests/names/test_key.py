"""Keys that spellings of one part share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import keys
from watcher.names.key import MOST, Cut, cuts
from watcher.text import Script, fold, script_of


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


def test_a_key_cuts_a_word_into_its_slots():
    assert cuts("soleimani", Script.LATIN)[0] == Cut("SLMN", ("^so", "lei", "ma", "ni$"))
    assert Cut("SLMN", ("^س", "لي", "ما", "ني$")) in cuts("سليماني", Script.ARABIC)


def test_a_slot_begins_with_its_consonant():
    assert cuts("raul", Script.LATIN)[0] == Cut("RL", ("^rau", "l$"))
    assert Cut("MKSM", ("^ma", "x", "i", "m$")) in cuts("maxim", Script.LATIN)


def test_the_likeliest_readings_are_kept():
    few = cuts("jumblatt", Script.LATIN, 6)

    assert len(few) == 6
    assert "SMPLT" in {cut.key for cut in few}


def test_han_is_cut_into_nothing():
    assert cuts("習近平", Script.HAN) == [Cut("=習近平", ())]


@given(st.text(min_size=1, max_size=60))
def test_slots_together_are_the_word(word):
    folded = fold(word)
    found = cuts(folded, script_of(folded))

    assert {cut.key for cut in found if cut.slots} <= keys(folded, script_of(folded))
    assert all("".join(cut.slots) == "".join(found[0].slots) for cut in found)
    assert all(len(cut.slots) in (0, len(cut.key)) for cut in found)
