from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.written import TOLD, Fault, Place, Severity, cap, order, render, visible
from watcher.written.fault import cells

PLACE = Place(file="rules/iran.yaml", line=14, column=7, line_text="    alias: Ali")


def test_a_fault_says_where_and_what_in_one_line():
    assert str(PLACE.fault("this is wrong")) == "rules/iran.yaml:14:7: this is wrong"


def test_a_warning_says_that_it_is_one():
    assert str(PLACE.warning("odd")) == "rules/iran.yaml:14:7: warning: odd"


def test_a_fault_of_a_whole_file_has_no_line():
    assert str(Place(file="rules").fault("empty")) == "rules: empty"
    assert str(Place(file="rules")) == "rules"
    assert render(Place(file="rules").fault("empty", "fill it")) == "rules: empty\n    fill it"


def test_a_place_gives_all_it_knows_to_the_fault():
    assert PLACE.warning("odd", "write less") == Fault(
        file="rules/iran.yaml",
        line=14,
        column=7,
        line_text="    alias: Ali",
        message="odd",
        hint="write less",
        severity=Severity.WARNING,
    )


def test_the_caret_stands_under_the_column():
    assert render(Place(file="f", line=1, column=3, line_text="a: b").fault("x", "y")) == (
        "f:1:3: x\n    a: b\n      ^\n    y"
    )


@pytest.mark.parametrize(
    ("before", "width"),
    [
        ("قاسم", 4),
        ("قَاسِم", 4),  # marks stand above their letters
        ("نصر\u200cالله", 7),  # a joiner takes no room
        ("习近平", 6),
        ("a\u0301b", 2),
    ],
)
def test_the_caret_counts_cells_not_letters(before, width):
    fault = Place(file="f", line=1, column=len(before) + 1, line_text=before + "!").fault("x")
    assert cells(before) == width
    assert render(fault).splitlines()[2] == " " * (4 + width) + "^"


def test_a_long_line_is_cut_around_the_column():
    line = "a" * 5000 + "X" + "b" * 5000
    shown, caret = render(
        Place(file="f", line=1, column=5001, line_text=line).fault("x")
    ).splitlines()[1:3]
    assert len(shown) < 110
    assert shown[caret.index("^")] == "X"
    assert shown.strip().startswith("…a")
    assert shown.endswith("b…")


def test_nothing_in_a_fault_disturbs_a_terminal():
    told = render(
        Place(file="f\x1b", line=1, column=2, line_text="\ta\x1b[31mb\u202e").fault("x\n", "y\x07")
    )
    assert "\x1b" not in told
    assert "\x07" not in told
    assert "\u202e" not in told
    assert told.count("\n") == 3


def test_faults_are_ordered_by_file_and_place():
    faults = [Place(file=f, line=n, column=1).fault("x") for f, n in [("b", 1), ("a", 9), ("a", 2)]]
    assert [(f.file, f.line) for f in sorted(faults, key=order)] == [("a", 2), ("a", 9), ("b", 1)]


@given(st.text(), st.integers(1, 40))
def test_any_line_can_be_shown(text, column):
    lines = render(Place(file="f", line=1, column=column, line_text=text).fault("x")).split("\n")
    assert len(lines) == (3 if text.strip() else 1)
    assert [visible(line) for line in lines] == lines


def test_a_line_of_many_letters_is_shown_around_the_column_only():
    line = "\t" + "x" * 1_000_000
    fault = Place(file="f", line=1, column=900_000, line_text=line).fault("wrong")
    _, shown, caret = render(fault).splitlines()
    assert len(shown) < 120
    assert shown.index("x") <= caret.index("^") < len(shown)
    start = Place(file="f", line=1, column=2, line_text=line).fault("wrong")
    assert render(start).splitlines()[1].startswith("     xxx")


def test_few_faults_are_all_told_in_order():
    places = [
        Place(file=file, line=line, column=1) for file, line in (("b", 1), ("a", 2), ("a", 1))
    ]
    assert [str(fault) for fault in cap(place.fault("x") for place in places)] == [
        "a:1:1: x",
        "a:2:1: x",
        "b:1:1: x",
    ]


def test_very_many_warnings_are_counted_as_such():
    place = Place(file="a", line=1, column=1)
    told = cap(place.warning("x") for _ in range(TOLD + 1))
    assert (
        str(told[-1]) == "a:1:1: warning: from here on there are 1 more warnings; mend these first"
    )
