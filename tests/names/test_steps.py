"""The learned tables of letters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.names.steps import ANYTHING, LONGEST, NEVER, WIDEST, Steps, steps
from watcher.text import Script

TABLE = {
    ("", ""): 2.0,
    ("?", "?"): -3.0,
    ("^", "^"): 0.0,
    ("$", "$"): 0.0,
    ("k", "k"): 0.0,
    ("k", "kh"): -0.5,
    ("k$", "que$"): -0.2,
    ("sh", "s"): -0.1,
    ("", "a"): -0.25,
    ("h", ""): -0.75,
}
LEARNED = [Script.ARABIC, Script.CYRILLIC, Script.HEBREW, Script.LATIN]
LETTERS = {
    Script.ARABIC: "ابتجدرسعفقكلمنهوي",
    Script.CYRILLIC: "абвгдеижклмнорстухшья",
    Script.HEBREW: "אבגדהוזחטיכלמנסעפקרשת",
    Script.LATIN: "abcdefghiklmnorstuvy",
}


def table(more=None):
    return Steps(TABLE | (more or {}))


@pytest.mark.parametrize(
    ("left", "right", "sum_of_steps"),
    [
        ("k", "k", 0.0),
        ("kk", "kkh", -0.5),
        ("k", "que", -0.2),
        ("kk", "quek", -9.0),
        ("sh", "s", -0.1),
        ("k", "ka", -0.25),
        ("kh", "k", -0.75),
        ("k", "z", -3.0),
        ("", "", 0.0),
    ],
)
def test_the_best_steps_are_summed(left, right, sum_of_steps):
    assert table().logit(left, right) == pytest.approx(2.0 + sum_of_steps)


def test_a_step_that_no_table_holds_costs_as_any_other():
    assert table({("?", "?"): -4.0}).logit("k", "z") == pytest.approx(-2.0)


def test_words_out_of_reach_are_given_up():
    assert table().logit("kk", "zz", 0.0) == NEVER
    assert table().logit("kkkk", "kkzz", 0.0) == NEVER
    assert table().logit("kk", "zz", -5.0) == pytest.approx(-4.0)


@given(
    st.sampled_from(LEARNED).flatmap(
        lambda script: st.tuples(
            st.just(script),
            st.text(st.sampled_from(LETTERS[script]), min_size=1, max_size=9),
            st.text(st.sampled_from(LETTERS[Script.LATIN]), min_size=1, max_size=9),
        )
    ),
    st.sampled_from([-4.0, -2.0, -0.2, 1.0]),
)
def test_giving_up_early_changes_nothing_that_is_asked_for(words, least):
    script, left, right = words
    whole = steps(script).logit(left, right, ANYTHING)
    asked = steps(script).logit(left, right, least)

    assert asked == whole or (asked < least and whole < least)


@pytest.mark.parametrize("script", LEARNED)
def test_no_step_of_a_table_is_a_gain(script):
    rows = steps(script).rows.values()

    assert all(weight <= 0 for row in rows for weight in row.values())


@pytest.mark.parametrize("script", LEARNED)
def test_every_step_of_a_table_is_short_enough_to_be_looked_at(script):
    rows = steps(script).rows

    assert max(map(len, rows)) <= LONGEST
    assert max(len(letters) for row in rows.values() for letters in row) <= WIDEST


def test_latin_steps_go_both_ways():
    rows = steps(Script.LATIN).rows

    assert all(rows[right][left] == rows[left][right] for left in rows for right in rows[left])


@pytest.mark.parametrize(
    ("script", "right", "wrong"),
    [
        (Script.ARABIC, ("سليماني", "soleimani"), ("سليماني", "salamani")),
        (Script.ARABIC, ("قاسم", "qasem"), ("قاسم", "basem")),
        (Script.CYRILLIC, ("хрущев", "khrushchev"), ("хрущев", "grushchev")),
        (Script.CYRILLIC, ("вуд", "wood"), ("вуд", "woods")),
        (Script.HEBREW, ("מקס", "max"), ("מקס", "mark")),
        (Script.LATIN, ("qaddafi", "kadhafi"), ("qaddafi", "qassafi")),
    ],
)
def test_usual_spellings_cost_less(script, right, wrong):
    assert steps(script).logit(*right) > steps(script).logit(*wrong)
