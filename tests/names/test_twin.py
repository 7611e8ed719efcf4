"""Names that letters alone would join."""

from __future__ import annotations

import pytest

from watcher.names import likeness
from watcher.names.known import spellings
from watcher.text import fold, script_of

TWINS = [
    ("Khamenei", "خميني"),
    ("Khomeini", "خامنئي"),
    ("Khamenei", "Хомейни"),
    ("Khamenei", "Khomeini"),
    ("Soleimani", "سليمان"),
    ("Suleiman", "سليماني"),
    ("Suleiman", "Soleimani"),
]
SAME = [("Khamenei", "خامنئي"), ("Khomeini", "خميني"), ("Sulaimani", "سليماني"), ("Hunt", "هانت")]


def alike(one: str, other: str) -> float:
    folded = fold(one), fold(other)
    return likeness(folded[0], script_of(folded[0]), folded[1], script_of(folded[1]))


@pytest.mark.parametrize(("one", "other"), TWINS)
def test_twins_are_told_apart(one: str, other: str) -> None:
    assert alike(one, other) == alike(other, one) < 0.2


@pytest.mark.parametrize(("one", "other"), SAME)
def test_spellings_of_one_twin_stay_together(one: str, other: str) -> None:
    assert alike(one, other) > 0.7


def test_the_people_of_the_seeds_are_in_no_table_of_spellings() -> None:

    assert not any(spellings(word) for word in ("soleimani", "qasem", "qaani", "saif", "adel"))
