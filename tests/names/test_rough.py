"""Words that are roughly alike."""

from __future__ import annotations

from math import exp

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names import likeness, rough, slots, toll
from watcher.names.asked import Asked
from watcher.names.core import BUILT
from watcher.names.ready import forms_of
from watcher.names.rough import Rough
from watcher.names.slots import Listed, Told
from watcher.text import Script, fold, script_of

NOTHING = -60.0


@pytest.fixture(autouse=True, params=["compiled", "arrays"])
def loops(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything holds for the compiled loops, where there are any, and for the arrays."""
    if request.param == "arrays":
        monkeypatch.setattr(rough, "BUILT", False)
    elif not BUILT:
        pytest.skip("no compiled loops: no C++ compiler was at hand")


def lay(words: list[str], script: Script, brief: frozenset[str] = frozenset()) -> Listed:
    return slots.lay(forms_of(words, script), brief)


def roughly(seen: str, listed: str) -> float:
    seen, listed = fold(seen), fold(listed)
    found = Rough(lay([listed], script_of(listed))).alike(Asked([seen], script_of(seen)), NOTHING)
    return 1 / (1 + exp(-found.logits[0])) if len(found.logits) else 0.0


def carefully(seen: str, listed: str) -> float:
    seen, listed = fold(seen), fold(listed)
    return likeness(seen, script_of(seen), listed, script_of(listed))


@pytest.mark.parametrize(
    ("seen", "listed"),
    [
        ("سليماني", "Soleimani"),
        ("السليماني", "Soleimani"),
        ("قاسم", "Qasem"),
        ("خامنئي", "Khamenei"),
        ("Сулеймани", "Soleimani"),
        ("Шварценберг", "Schwarzenberg"),
        ("Рауль", "Raúl"),
        ("Герхард", "Gerhard"),
        ("פרנסיסקו", "Francisco"),
        ("Soleimani", "سليماني"),
        ("Сулеймани", "سليماني"),
        ("سليماني", "Сулеймани"),
        ("Μητσοτάκης", "Mitsotakis"),
        ("Mitsotakis", "Μητσοτάκης"),
        ("Patel", "Patelová"),
    ],
)
def test_spellings_of_one_part_are_roughly_as_alike_as_with_care(seen: str, listed: str) -> None:
    assert roughly(seen, listed) == pytest.approx(carefully(seen, listed), abs=0.11)


@pytest.mark.parametrize(
    ("seen", "listed"), [("منصور", "Nasr"), ("Khomeini", "خامنئي"), ("Putin", "Patton")]
)
def test_other_names_are_not_even_roughly_alike(seen: str, listed: str) -> None:
    assert roughly(seen, listed) < 0.5


@pytest.mark.parametrize(("seen", "listed"), [("محمد", "Mehmet"), ("سليمانی", "سليماني")])
def test_the_same_words_and_known_names_are_alike_whatever_their_letters(
    seen: str, listed: str
) -> None:
    assert roughly(seen, listed) > 0.9


def test_letters_without_sounds_are_alike_only_as_they_stand() -> None:
    listed = Rough(lay(["習近平", "2019"], Script.HAN))

    found = listed.alike(Asked(["習近平", "習近", "0", "2019"], Script.HAN), NOTHING)

    assert list(zip(found.asked, found.listed, strict=True)) == [(0, 0), (3, 1)]


def test_an_empty_list_has_nothing() -> None:
    found = Rough(lay([], Script.LATIN)).alike(Asked(["soleimani"], Script.LATIN), NOTHING)

    assert [len(column) for column in found] == [0, 0, 0]


def test_of_a_word_that_is_seldom_met_few_readings_are_laid_down() -> None:
    usual = Rough(lay(["jumblatt"], Script.LATIN))
    brief = Rough(lay(["jumblatt"], Script.LATIN, frozenset(("jumblatt",))))

    assert len(usual.alike(Asked(["جنبلاط"], Script.ARABIC), NOTHING).asked) == 1
    assert len(brief.alike(Asked(["جنبلاط"], Script.ARABIC), NOTHING).asked) == 0


def test_pairs_come_in_order_each_once() -> None:
    listed = Rough(lay(["soleimani", "salmani", "qasem"], Script.LATIN))

    found = listed.alike(Asked(["قاسم", "سليماني", "خبز"], Script.ARABIC), NOTHING)

    pairs = list(zip(found.asked.tolist(), found.listed.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    assert {(0, 2), (1, 0), (1, 1)} <= set(pairs)


def test_of_the_words_of_one_owner_the_best_counts() -> None:
    listed = Rough(lay(["soleimani", "qasem"], Script.LATIN))
    each = listed.alike(Asked(["سلمانى", "سليماني", "قاسم"], Script.ARABIC), NOTHING)
    owners = np.array([3, 3, 8])

    found = listed.alike(Asked(["سلمانى", "سليماني", "قاسم"], Script.ARABIC, owners), NOTHING)

    assert list(zip(found.asked, found.listed, strict=True)) == [(3, 0), (8, 1)]
    assert found.logits[0] == max(each.logits[each.listed == 0])


def test_a_word_may_be_told_by_several_numbers_and_several_words_by_one() -> None:
    forms = forms_of(["soleimani", "sulaymani"], Script.LATIN)
    listed = Rough(slots.lay(forms, told=Told(np.array([0, 2, 3]), np.array([4, 7, 4]))))

    found = listed.alike(Asked(["سليماني"], Script.ARABIC), NOTHING)

    assert found.listed.tolist() == [4, 7]


def test_words_below_what_is_asked_for_are_left_out() -> None:
    listed = Rough(lay(["soleimani", "salmani"], Script.LATIN))

    found = listed.alike(Asked(["سليماني"], Script.ARABIC), 0.0)

    assert found.listed.tolist() == [0]


@pytest.mark.parametrize("bound", ["_CELLS", "_SLOTS"])
def test_many_words_are_looked_up_like_few(monkeypatch: pytest.MonkeyPatch, bound: str) -> None:
    listed = Rough(lay(["soleimani", "salmani", "qasem", "qaani"], Script.LATIN))
    asked = ["قاسم", "سليماني", "قاآني", "سلمان"]
    before = listed.alike(Asked(asked, Script.ARABIC), NOTHING)

    monkeypatch.setattr(rough, "_AT_ONCE", 1)
    monkeypatch.setattr(toll, bound, 0)
    after = Rough(lay(["soleimani", "salmani", "qasem", "qaani"], Script.LATIN)).alike(
        Asked(asked, Script.ARABIC), NOTHING
    )

    assert [column.tolist() for column in before] == [column.tolist() for column in after]
    again = listed.alike(Asked(asked, Script.ARABIC), NOTHING)
    assert [column.tolist() for column in before] == [column.tolist() for column in again]


def test_what_was_asked_before_changes_nothing() -> None:
    listed = Rough(lay(["saueioaueiolim"], Script.LATIN))
    listed.alike(Asked(["salim"], Script.LATIN), 0.0)

    found = listed.alike(Asked(["salim"], Script.LATIN), NOTHING)

    fresh = Rough(lay(["saueioaueiolim"], Script.LATIN)).alike(
        Asked(["salim"], Script.LATIN), NOTHING
    )
    assert found.logits.tolist() == fresh.logits.tolist() != []


@pytest.mark.parametrize("word", ["mastabadakarimov", "nasr", "sano", "no", "anso", "o"])
def test_a_key_of_the_same_code_as_a_listed_one_is_another_all_the_same(word: str) -> None:
    """Whoever writes a text can work out such words: they must do no harm."""
    for listed in (["kam"], ["kam", "mistabadikarimav", "oma"]):
        laid = lay(listed, Script.LATIN)
        rows = len(laid.words)
        for cut in rough._cuts(word, Script.LATIN, 8):
            forged = laid._replace(
                codes=np.array([slots.code(cut.key)]),
                starts=np.array([0, rows], np.int32),
                begins=np.array([0, len(laid.slots)], np.int32),
            )
            found = Rough(forged).alike(Asked([word, "kam"], Script.LATIN), NOTHING)

            assert found.asked.tolist() == [1] * len(found.asked)


@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=4), st.text(max_size=30))
def test_no_text_makes_it_raise(listed: list[str], seen: str) -> None:
    for script in (Script.LATIN, Script.ARABIC, Script.HAN):
        Rough(lay(listed, script)).alike(Asked([seen], Script.LATIN), NOTHING)


def test_room_is_made_for_ever_more_slots() -> None:
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    words = [a + b + c + "o" for a in alphabet[::2] for b in alphabet[::2] for c in "aelm"]
    listed = Rough(lay(words, Script.LATIN))

    found = listed.alike(Asked(words, Script.LATIN), 0.0)

    assert set(zip(found.asked.tolist(), found.listed.tolist(), strict=True)).issuperset(
        (number, number) for number in range(len(words))
    )
