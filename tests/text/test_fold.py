"""Folding: what must fall together, what must stay apart, and what holds for any text."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.text import fold, fold_map

TOGETHER = [
    ("قَاسِم", "قاسم"),
    ("ســليماني", "سليماني"),
    ("سلیمانی", "سليماني"),
    ("ﻗﺎﺳﻢ", "قاسم"),
    ("نصر‌الله", "نصرالله"),
    ("ﷲ", "الله"),
    ("أحمد إسماعيل آل", "احمد اسماعيل ال"),
    ("فاطمة", "فاطمه"),
    ("مصطفى", "مصطفي"),
    ("رضائي", "رضايي"),
    ("کریم", "كريم"),
    ("Süleymani", "SULEYMANI"),
    ("İstanbul", "istanbul"),
    ("Ørsted Łódź Đoković", "orsted lodz dokovic"),
    ("Straße Æsop", "strasse aesop"),
    ("Сулейма́ни", "сулеимани"),
    ("Семён", "семен"),
    ("Ἀλέξανδρος", "αλεξανδροσ"),
    ("שָׁלוֹם", "שלומ"),
    ("ג׳ורג׳", "ג'ורג'"),
    ("Qur’an", "qur'an"),
    ("Ｑａｓｓｅｍ", "qassem"),
    ("٢٠٢٤ ۱۲", "2024 12"),
    ("So\u200blei\u00admani", "soleimani"),
    ("\u202eQasem\u202c", "qasem"),
]
APART = [("خامنئي", "خميني"), ("قاسم", "كاسم"), ("Путин", "Putin"), ("プ", "フ"), ("が", "か")]
MARKS = st.sampled_from(
    ["\u064e", "\u0651", "\u0640", "\u200c", "\u200f", "\u00ad", "\u200b", "\u061c"]
)


@pytest.mark.parametrize(("one", "other"), TOGETHER)
def test_spellings_fall_together(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), APART)
def test_different_letters_stay_apart(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_the_map_leads_back_to_the_letters_it_came_from(text: str) -> None:
    folded, origins = fold_map(text)

    assert folded == fold(text)
    assert len(origins) == len(folded)
    assert list(origins) == sorted(origins)
    assert all(letter in fold(text[origin]) for letter, origin in zip(folded, origins, strict=True))


@given(st.text(alphabet="قاسمسليمانيعبدالرحمن ", min_size=1), MARKS, st.integers(min_value=0))
def test_a_mark_anywhere_changes_nothing(text: str, mark: str, place: int) -> None:
    place %= len(text) + 1

    assert fold(text[:place] + mark + text[place:]) == fold(text)


@given(st.text(alphabet=st.characters(codec="latin-1")))
def test_composed_and_decomposed_text_fold_alike(text: str) -> None:
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))
