"""Which part of one name goes with which part of another."""

from __future__ import annotations

import pytest

from watcher.names import Equivalence, Likeness, parse
from watcher.names.align import align, joined


def paired(left, right, **more):
    one, other = parse(left).parts, parse(right).parts
    return [
        (" ".join(one[i].text for i in m.left), " ".join(other[j].text for j in m.right))
        for m in align(one, other, **more)
    ]


@pytest.mark.parametrize(
    ("left", "right", "expected"),
    [
        ("Qasem Soleimani", "قاسم سليماني", [("Qasem", "قاسم"), ("Soleimani", "سليماني")]),
        ("Soleimani Qasem", "Qasem Soleimani", [("Soleimani", "Soleimani"), ("Qasem", "Qasem")]),
        ("Boris Johnson", "Angela Merkel", []),
        ("Shams Abad", "Shamsabad", [("Shams Abad", "Shamsabad")]),
        ("Shamsabad", "Shams Abad", [("Shamsabad", "Shams Abad")]),
        ("Isk andar", "Александр", [("Isk andar", "Александр")]),
        ("J. Kennedy", "John Kennedy", [("J", "John"), ("Kennedy", "Kennedy")]),
        ("J. Smith", "John", [("J", "John")]),
        ("Boris J.", "Boris Johnson", [("Boris", "Boris")]),
        ("J. F. Kennedy", "J. F. Kennedy", [("J", "J"), ("F", "F"), ("Kennedy", "Kennedy")]),
        ("Shams Abad X.", "Shamsabad X.", [("Shams Abad", "Shamsabad"), ("X", "X")]),
    ],
)
def test_parts_that_go_together(left, right, expected):
    assert paired(left, right) == expected


def test_each_part_goes_with_one_other():
    found = paired("Ali Ali", "Ali")

    assert found == [("Ali", "Ali")]


def test_a_tie_is_broken_by_the_place():
    always = lambda _a, _b: Likeness(0.9, Equivalence.SPELLING)  # noqa: E731

    assert paired("Abe Cid", "Fox Gil", judge=always) == [("Abe", "Fox"), ("Cid", "Gil")]


def test_parts_too_unlike_do_not_go_together():
    never = lambda _a, _b: Likeness(0.1, Equivalence.SPELLING)  # noqa: E731

    assert paired("Abe Cid", "Abe Cid", judge=never) == []


def test_two_parts_written_as_one():
    both = joined(*parse("Shams al-Abad").parts)

    assert (both.text, both.folded, both.whole) == ("Shams al-Abad", "shamsalabad", "shamsalabad")
