"""The learned tables of letters."""

from __future__ import annotations

import pytest

from watcher.names.steps import MIX, Steps, steps
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


def table(more=None):
    return Steps({step: (weight, 0.0) for step, weight in TABLE.items()} | (more or {}))


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


def test_telling_steps_add_their_mean():
    plain, telling = table(), table({("k", "k"): (0.0, 4.0)})

    assert telling.logit("k", "k") == pytest.approx(plain.logit("k", "k") + MIX * 4.0 / 2)
    assert telling.logit("kk", "kk") == pytest.approx(plain.logit("kk", "kk") + MIX * 8.0 / 4)


def test_hopeless_words_are_given_up():
    assert table().logit("kkkkkkkk", "zzzzzzzz") < -5


@pytest.mark.parametrize("script", [Script.ARABIC, Script.CYRILLIC, Script.HEBREW, Script.LATIN])
def test_no_step_of_a_table_is_a_gain(script):
    rows = steps(script).rows.values()

    assert all(weight <= 0 for row in rows for weight, _ in row.values())


@pytest.mark.parametrize(
    ("script", "right", "wrong"),
    [
        (Script.ARABIC, ("سليماني", "soleimani"), ("سليماني", "salamani")),
        (Script.ARABIC, ("قاسم", "qasem"), ("قاسم", "basem")),
        (Script.CYRILLIC, ("хрущев", "khrushchev"), ("хрущев", "grushchev")),
        (Script.HEBREW, ("מקס", "max"), ("מקס", "mark")),
        (Script.LATIN, ("qaddafi", "kadhafi"), ("qaddafi", "qassafi")),
    ],
)
def test_usual_spellings_cost_less(script, right, wrong):
    assert steps(script).logit(*right) > steps(script).logit(*wrong)
