"""The compiled loops say what the arrays say, to the last hundredth."""

from __future__ import annotations

import random
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.names.test_rough import lay
from watcher.names import key, likeness, ready, rough
from watcher.names.asked import Asked
from watcher.names.core import BUILT
from watcher.names.grid import FAR, grid
from watcher.names.many import Many
from watcher.names.plain import plain, spelled
from watcher.names.rough import Rough
from watcher.text import Script, fold, script_of

pytestmark = pytest.mark.skipif(not BUILT, reason="no compiled loops: no C++ compiler was at hand")

LISTED = fold(
    """Soleimani Qasem Ghaani Saif al-Adel Rahman Abdurrahman Nasrallah Hossein Khamenei
    Xiaoping Schwarzenberg Yusuf Jumblatt Ng Al-Jubouri O'Neill Mohammed Baba Mississippi Öcalan
    Abdulmalik-Houthi Wladimir Aeio Llywelyn Muhammadabdurrahmanalqaradawialmisri
    Schtscherbakow"""
).split()
SEEN = fold(
    """قاآني سليماني قاسم
    السيف العدل عبدالرحمن نصرالله حسين خامنئي يوسف جنبلاط محمد بابا
    Сулеймани Касем Гаани Шварценберг Владимир Щербаков Рауль Абдурахман Баба Миссисипи
    סולימאני קאסם חוסיין יוסף שוורצנברג Soleymani Ghasem Qa'ani Sayf Rachmann Huseyin Mehmet
    Μητσοτάκης სულეიმანი Սուլեյմանի 김정은 習近平 2019 aeiou x شششش"""
).split()
ALPHABETS = {
    Script.ARABIC: "ابتثجحخدذرزسشصضطظعغفقكلمنهويپچگ",
    Script.CYRILLIC: "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    Script.HEBREW: "אבגדהוזחטיכלמנסעפצקרשתםןךףץ",
    Script.LATIN: "abcdefghijklmnopqrstuvwxyz'",
}
words = st.sampled_from(sorted(ALPHABETS)).flatmap(
    lambda script: st.tuples(st.text(ALPHABETS[script], min_size=1, max_size=30), st.just(script))
)


@given(words, st.sampled_from([2, 6, 8, 48]))
def test_a_word_has_the_same_keys_cut_at_the_same_places(word, most):
    framed = f"^{word[0][:24]}$"

    found = key.letters(word[1]).readings(framed, most)

    assert list(found.items()) == list(key._read(framed, word[1], most).items())


@pytest.mark.parametrize("script", ALPHABETS)
@pytest.mark.parametrize("turned", [False, True])
def test_two_words_cost_the_same_unless_they_cost_more_than_anybody_asks(script, turned):
    letters = random.Random(7)
    ours = ["".join(letters.choices(ALPHABETS[script], k=k % 9 + 1)) for k in range(60)]
    table = grid(script, turned=turned)
    one, two = (LISTED, ours) if turned else (ours, LISTED)
    inner, outer = table.inner.read(one), table.outer.read(two)
    pairs = np.repeat(np.arange(len(one)), len(two)), np.tile(np.arange(len(two)), len(one))

    plain = table.sums(inner, outer, pairs).tolist()

    framed = [(f"^{a}$", f"^{b}$") for a in one for b in two]
    assert [table.compiled.sum(a, b, FAR) for a, b in framed] == plain
    some = [table.compiled.sum(a, b, -900) for a, b in framed]
    assert [max(a, -901) for a in some] == [max(b, -901) for b in plain]


@pytest.mark.parametrize("least", [-60.0, -6.0, -1.7])
@pytest.mark.parametrize("theirs", [Script.LATIN, Script.ARABIC, Script.CYRILLIC, Script.HAN])
def test_a_list_is_looked_up_the_same(monkeypatch, theirs, least):
    listed = LISTED if theirs is Script.LATIN else [w for w in SEEN if script_of(w) is theirs]
    scripts = {script_of(word) for word in SEEN}
    words = {script: [w for w in SEEN if script_of(w) is script] for script in scripts}
    asked = {s: Asked(words[s], s, np.arange(len(words[s])) // 2) for s in scripts}
    swift = {script: Rough(lay(listed, theirs)).alike(asked[script], least) for script in scripts}

    monkeypatch.setattr(rough, "BUILT", False)

    for script, found in swift.items():
        plain = Rough(lay(listed, theirs)).alike(asked[script], least)
        assert [column.tolist() for column in found] == [column.tolist() for column in plain]


def test_what_slots_cost_is_forgotten_when_it_is_too_much():
    listed = Rough(lay(LISTED, Script.LATIN))
    before = listed.alike(Asked(SEEN[:14], Script.ARABIC), -6.0)
    look = listed._looks[Script.ARABIC]

    look.forget()

    after = listed.alike(Asked(SEEN[:14], Script.ARABIC), -6.0)
    assert [column.tolist() for column in before] == [column.tolist() for column in after]


def test_two_words_are_as_alike_as_by_the_steps_one_by_one(monkeypatch):
    long = "solei" * 12
    words = [(a, b) for a in SEEN for b in (*LISTED, *SEEN)]
    words += [(long, "سليماني"), (long, long + "x")]
    pairs = [[spelled(word, script_of(word)) for word in both] for both in words]
    swift = [plain(*pair) for pair in pairs]

    monkeypatch.setattr(sys.modules["watcher.names.plain"], "BUILT", False)

    assert swift == [plain(*pair) for pair in pairs]


def test_words_of_a_table_are_forgotten_when_they_are_too_many():
    table = grid(Script.LATIN).compiled
    before = table.sum("^soleimani$", "^suleyman$", FAR)

    for number in range(1 << 16):
        table.sum(f"^{number}$", "^suleyman$", FAR)

    assert table.sum("^soleimani$", "^suleyman$", FAR) == before


def test_many_words_are_compared_pair_by_pair():
    listed = Many(ready.lay(ready.forms_of(["soleimani", "qasem"], Script.LATIN)))

    found = listed.likeness(["سليماني"], Script.ARABIC, (np.array([0, 0]), np.array([0, 1])), 0.15)

    assert found.tolist() == [
        likeness("سليماني", Script.ARABIC, word, Script.LATIN) for word in ("soleimani", "qasem")
    ]


def test_words_longer_than_any_name_do_no_harm():
    greek = Rough(lay(["ξψ" * 40, "ααα" * 30], Script.GREEK))

    found = greek.alike(Asked(["ψξ" * 40, "ααα" * 30], Script.GREEK), -60.0)

    assert 1 in found.listed.tolist()
    assert grid(Script.LATIN).compiled.sum(f"^{'a' * 500}$", "^a$", FAR) < 0
