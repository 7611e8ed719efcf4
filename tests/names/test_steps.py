"""The learned tables of letters."""

from __future__ import annotations

import pytest

from watcher.names.steps import Steps, steps
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
    assert Steps(dict(TABLE)).logit(left, right) == pytest.approx(2.0 + sum_of_steps)


def test_hopeless_words_are_given_up():
    assert Steps(dict(TABLE)).logit("kkkkkkkk", "zzzzzzzz") < -5


@pytest.mark.parametrize("script", [Script.ARABIC, Script.CYRILLIC, Script.HEBREW, Script.LATIN])
def test_no_step_of_a_table_is_a_gain(script):
    table = steps(script)

    assert all(weight <= 0 for row in table.rows.values() for weight in row.values())


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
