"""The units of texts one behind the other: where names may run on, and where not."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.match.test_pick import every
from tests.match.test_whole import INDEX, LINES
from watcher.match.flow import Flow
from watcher.match.reader import read


@given(LINES)
def test_no_name_leaves_a_chain(words: list[str]) -> None:
    page = read(" ".join(words), INDEX)
    chained = page.flow.chained()

    for spot in every(page, INDEX):
        units = [piece.unit for piece in spot.pieces]
        assert len(set(chained[units[0].first : max(unit.last for unit in units) + 1])) == 1


@given(st.lists(LINES, min_size=1, max_size=3))
def test_texts_one_behind_the_other_are_parted_as_each_by_itself(several: list[list[str]]) -> None:
    pages = [read(" ".join(words), INDEX) for words in several]
    flow = Flow([page.laid for page in pages])

    for number, own in enumerate(page.flow for page in pages):
        units = slice(*flow.starts[number : number + 2])
        assert (np.diff(flow.chains[units]) == np.diff(own.chains)).all()
        assert (flow.firsts[units] - flow.words[number] == own.firsts).all()
        assert not set(flow.chains[units]) & set(np.delete(flow.chains, np.r_[units]))


@pytest.mark.parametrize(
    ("text", "chains"),
    [
        ("Qasem Soleimani met Hassan", 1),
        ("Qasem Soleimani said that then Hassan came", 2),
        ("Qasem. Soleimani", 2),
        ("عبد. الله", 2),
    ],
)
def test_a_chain_ends_where_no_unit_is_within_reach(text: str, chains: int) -> None:
    assert len(set(read(text, INDEX).flow.chains)) == chains
