"""Arrays that grow: they say what lists would."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from watcher.match.column import Column, Stretches, Texts


@given(st.lists(st.lists(st.integers(0, 99), max_size=900), max_size=6))
def test_a_column_holds_all_that_was_appended(parts: list[list[int]]) -> None:
    column = Column(np.int32)
    for part in parts:
        column.extend(part)
    assert column.array.tolist() == [number for part in parts for number in part]


def test_what_is_written_to_a_column_stays_while_it_grows() -> None:
    column = Column((np.int32, 2))
    column.extend(np.ones((1000, 2), np.int32))
    column.array[7] = 5, 6
    column.extend(np.zeros((5000, 2), np.int32))
    assert column.array[[6, 7, 1000]].tolist() == [[1, 1], [5, 6], [0, 0]]


def test_rows_are_known_by_what_has_them() -> None:
    rows = Stretches()
    rows.extend([2, 0])
    rows.extend(np.array([3]))
    assert len(rows) == 3
    back, found = rows.of(np.array([2, 0]))
    assert (back.tolist(), found.tolist()) == ([0, 0, 0, 1, 1], [2, 3, 4, 0, 1])
    assert rows.flags(np.array([True, True, False])).tolist() == [True, True, False, False, False]
    assert rows.owners(np.arange(5)).tolist() == [0, 0, 2, 2, 2]
    assert list(map(rows.owner, range(5))) == [0, 0, 2, 2, 2]


def test_texts_are_had_one_by_one_and_several() -> None:
    texts = Texts()
    texts.extend(["قاسم", ""])
    texts.extend(["Путин", "half \ud800"])
    assert [texts[number] for number in range(4)] == ["قاسم", "", "Путин", "half \ud800"]
    assert texts.take(np.array([2, 0, 2])) == ["Путин", "قاسم", "Путин"]
    some = texts.some(np.array([True, False, False, True]))
    some.extend(["Омид"])
    assert some.take(np.arange(3)) == ["قاسم", "half \ud800", "Омид"]
