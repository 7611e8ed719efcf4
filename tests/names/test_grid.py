"""Many pairs of words at once: the same sums of steps as pair by pair."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.names.test_steps import LEARNED, LETTERS, table
from watcher.names.grid import FAR, Grid, changes, grid, ranges
from watcher.names.steps import HUNDREDTHS, steps
from watcher.text import Script


def sums(own: Grid, inner: list[str], outer: list[str]) -> list[list[int]]:
    """The sums of all inner words with all outer ones."""
    one = np.repeat(np.arange(len(inner)), len(outer))
    two = np.tile(np.arange(len(outer)), len(inner))
    found = own.sums(own.inner.read(inner), own.outer.read(outer), (one, two))
    return found.reshape(len(inner), len(outer)).tolist()


def words(script: Script) -> st.SearchStrategy[list[str]]:
    word = st.text(LETTERS[script] + "'9", max_size=16)
    return st.lists(word, min_size=1, max_size=6)


@pytest.mark.parametrize("script", LEARNED)
@given(data=st.data())
def test_the_sums_are_those_of_the_steps_between_two_words(script, data):
    inner, outer = data.draw(words(script)), data.draw(words(Script.LATIN))
    alone = steps(script)

    found = sums(grid(script), inner, outer)

    assert [[alone.bias + s / HUNDREDTHS for s in row] for row in found] == [
        [max(alone.logit(a, b, -1e9), alone.bias + FAR / HUNDREDTHS) for b in outer] for a in inner
    ]


@pytest.mark.parametrize("script", LEARNED)
@given(data=st.data())
def test_either_side_may_be_the_inner_one(script, data):
    inner, outer = data.draw(words(script)), data.draw(words(Script.LATIN))

    there = sums(grid(script), inner, outer)
    back = sums(grid(script, turned=True), outer, inner)

    assert there == np.transpose(back).tolist()


def test_a_table_of_a_few_steps_will_do():
    found = sums(Grid(table(), turned=False), ["k", "kk", "sh"], ["kh", "quek", "s", "z"])

    assert found == [[-50, -900, -300, -300], [-300, -900, -600, -600], [-600, -1200, -10, -375]]


def test_more_pairs_than_fit_into_the_cache_are_parted():
    inner, outer = ["kh" * n for n in range(1, 6)] * 30, ["k" * n for n in range(1, 80)]

    found = sums(Grid(table(), turned=False), inner, outer)

    assert found[0][0] == found[5][0] == -75
    assert len({tuple(row) for row in found}) == 5


def test_letters_beyond_the_first_plane_are_strange():
    assert sums(grid(Script.LATIN), ["\U00010900"], [""]) == [
        [round((steps(Script.LATIN).logit("\U00010900", "") - grid(Script.LATIN).bias) * 100)]
    ]


def test_numbers_in_a_row():
    assert ranges(np.array([5, 1, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert ranges(np.array([], np.intp), np.array([], np.intp)).tolist() == []


def test_a_column_changes_at_its_begin_and_where_a_value_differs_from_the_last() -> None:
    assert changes(np.array([3, 3, 1, 3, 3])).tolist() == [0, 2, 3]
    assert changes(np.zeros(0, int)).tolist() == []
