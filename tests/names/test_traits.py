"""What speaks for and against two names."""

from __future__ import annotations

from dataclasses import replace

import pytest

from watcher.names import parse
from watcher.names.traits import logit, pair_of, traits
from watcher.names.weigh import aligned, core


def found(left, right):
    one, other = core(parse(left)), core(parse(right))
    return traits(one, other, aligned(one, other))


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Qasem Soleimani", "قاسم سليماني", {"complete": 1, "contradicted": 0, "alone": 0}),
        ("Qasem Soleimani", "Soleimani Qasem", {"complete": 1, "swapped": 1, "swapped_doubt": 0}),
        ("Gholamreza Soleimani", "Qasem Soleimani", {"complete": 0, "given": 1, "alone": 1}),
        ("Qasem Soleimani", "Qasem Rezaei", {"family": 1, "omitted_family": 1, "given": 0}),
        ("Qasem Soleimani", "Soleimani", {"single": 0, "complete": 0, "contradicted": 0}),
        ("Soleimani", "سليماني", {"single": 1, "complete": 1}),
        ("Lev Ivanovich Popov", "Lev Petrovich Popov", {"patronymic": 1, "omitted_minor": 0}),
        ("Lev Ivanovich Popov", "Lev Popov", {"patronymic": 0, "omitted_minor": 1}),
        ("John F. Kennedy", "John Fitzgerald Kennedy", {"initials": 1, "complete": 0}),
        ("John R. Kennedy", "John Fitzgerald Kennedy", {"initials": 0, "complete": 0}),
        ("Shams Abad", "Shamsabad", {"alone": 0, "complete": 1}),
    ],
)
def test_traits_of_a_pair(left, right, expected):
    there, back = found(left, right), found(right, left)

    assert {name: getattr(there, name) for name in expected} == expected
    assert {name: getattr(back, name) for name in expected} == expected


def test_a_word_that_a_name_holds_twice_goes_with_one_of_two():
    left, right = core(parse("Эдуард Борисович ЕПИШИН")), core(parse("Eduard Epišin Epišin"))
    twice = (right[0], right[1], right[1])
    apart = (right[0], right[1], replace(right[1]))

    told = [traits(left, side, aligned(left, side)) for side in (twice, apart)]

    assert told[0] == told[1]


def test_equal_parts_beside_a_contradiction_tell_little():
    brothers = found("Alfredo BELTRAN LEYVA GUZMAN", "Hector BELTRAN LEYVA GUZMAN")

    assert brothers.telling <= 1.0


def test_nothing_in_common():
    nothing = found("Qasem Soleimani", "Boris Johnson")

    assert (nothing.telling, nothing.best, nothing.doubt) == (0, 0, 0)
    assert nothing.mean < 0


def test_scores_as_logits():
    assert logit(1.0) == 4.0
    assert logit(0.5) == 0.0
    assert logit(0.0) == -3.0
    assert logit(1e-9) == -3.0


def test_the_pair_of_scripts():
    assert pair_of(parse("Qasem").parts, parse("قاسم").parts) == "Arab Latn"
    assert pair_of(parse("Qasem").parts, parse("Kasem").parts) == "Latn"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("ДУБОВСКИЙ Руслан Михайлович", "Ruslan Mihajlovich DUBOVSKIY"),
        ("Cho Yon Chun", "Sung Jun CHA"),
        ("БОРОДИН Сергей Алексеевич", "Sergey Alekseevich BORODIN"),
        ("Said Seyyed Khan II", "Khan Said II Seyyed"),
    ],
)
def test_both_names_are_heard_where_the_order_of_many_parts_turns_round(left, right):
    assert found(left, right) == found(right, left)
