"""One part against one part."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import Equivalence, alike, likeness, parse
from watcher.text import Script, fold, script_of


def part(text):
    (only,) = parse(text).parts
    return only


def between(left, right):
    return likeness(fold(left), script_of(left), fold(right), script_of(right))


@pytest.mark.parametrize(
    ("left", "right", "by"),
    [
        ("Qasem", "Qasem", Equivalence.SAME),
        ("Süleymani", "SULEYMANI", Equivalence.FOLDED),
        ("Soleimani", "Suleimani", Equivalence.SPELLING),
        ("Rajavi", "Rajawi", Equivalence.SPELLING),
        ("Rajavi", "رجوي", Equivalence.TRANSLITERATION),
        ("Olga", "Вольга", Equivalence.EQUIVALENT),
    ],
)
def test_what_joins_two_parts_is_told(left, right, by):
    found = alike(part(left), part(right))

    assert found.by is by
    assert found.score > 0.7


@pytest.mark.parametrize(
    ("alike_more", "alike_less", "target"),
    [
        ("سليماني", "سلمان", "soleimani"),
        ("السليطي", "السامرائي", "sulaiti"),
        ("Хрущёв", "Грачёв", "khrushchev"),
        ("נתניהו", "נתנאל", "netanyahu"),
        ("Σημίτης", "Σαμαράς", "simitis"),
        ("სააკაშვილი", "იოსელიანი", "saakashvili"),
        ("Փաշինյան", "Քոչարյան", "pashinyan"),
        ("मोदी", "गांधी", "modi"),
        ("김정은", "박근혜", "kimjeongeun"),
        ("プーチン", "トランプ", "putin"),
        ("هانت", "هارت", "hunt"),
    ],
)
def test_order_across_scripts(alike_more, alike_less, target):
    assert between(alike_more, target) > between(alike_less, target)


def test_an_article_may_stand_on_one_side_alone():
    assert between("السليماني", "سليماني") > 0.8
    assert between("العدل", "adel") > 0.8


def test_two_names_that_people_know_are_two():
    assert between("خميني", "khamenei") < 0.3
    assert between("hassan", "hussein") < 0.3
    assert between("aliaksandr", "александр") > 0.9


def test_a_near_spelling_of_a_known_name_is_near_it():
    assert between("виталии", "vitaly") > 0.9
    assert between("виталии", "vitalyi") > 0.5


def test_han_is_compared_as_it_stands():
    assert between("習近平", "習近平") == 1.0
    assert between("習近平", "xijinping") == 0.0


def test_native_scripts_meet_without_latin():
    assert between("سليماني", "сулеимани") > between("سليماني", "лукашенко")
    assert between("نتنياهو", "נתניהו") > between("نتنياهو", "פוטין")
    assert between("путин", "פוטין") > between("путин", "נתניהו")


WORDS = st.text(
    st.sampled_from("abcdehkilmnorstuv'قاسمبدروينленосвтаקשרבנ"), min_size=1, max_size=12
)


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_bounded(left, right):
    there, back = between(left, right), between(right, left)

    assert there == back
    assert 0.0 <= there <= 1.0


@given(st.text(min_size=1, max_size=12))
def test_only_a_word_itself_is_wholly_like_it(word):
    folded = fold(word)
    script = script_of(folded)

    assert likeness(folded, script, folded, script) == 1.0
    assert likeness("qasem", Script.LATIN, "kasem", Script.LATIN) < 1.0
