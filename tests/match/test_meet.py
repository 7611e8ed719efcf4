"""Words of one name that stand together: paired before names are, and for many pages at once."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.match.test_whole import INDEX, LINES, LOW, USUAL, WORDS
from watcher import Watchlist
from watcher.match import Index, compile_index
from watcher.match.meet import runs
from watcher.match.page import Run
from watcher.match.reader import read
from watcher.names import Kind
from watcher.watchlist.entity import Entity

PAGES = st.lists(LINES, min_size=1, max_size=3)
PERSON, GROUP = Kind.PERSON, Kind.ORGANIZATION


def noted(texts: list[str], index: Index, least: np.ndarray) -> list[list[Run]]:
    pages = [read(text, index) for text in texts]
    index.learn(index.memory)
    return runs(pages, index, least)


@pytest.mark.parametrize("index", [INDEX, USUAL, LOW])
@example([WORDS, WORDS[::-1]])
@given(PAGES)
def test_names_are_met_as_if_every_line_of_theirs_were_looked_at(
    index: Index, words: list[list[str]]
) -> None:
    texts = [" ".join(line) for line in words]

    together = noted(texts, index, index.usual)

    assert together == noted(texts, index, index.usual.copy())
    assert together == [noted([text], index, index.usual)[0] for text in texts]


@pytest.mark.parametrize(
    ("kind", "name", "text", "count"),
    [
        (PERSON, "Qasem Soleimani", "Qasem Soleimani", 1),
        (PERSON, "SOLEIMANI, Qasem Ali", "Qasem Soleimani", 1),
        (PERSON, "SOLEIMANI, Qasem Ali", "Qasem Ali", 0),
        (PERSON, "Qasem Soleimani", "Qasem. Soleimani", 0),
        (PERSON, "Qasem Soleimani", "Qasem and Then Others Met Soleimani", 0),
        (GROUP, "Nord Stream Saturn", "Nord Stream", 0),
        (GROUP, "Nord Stream Saturn Galaxy Orion", "Nord Stream Galaxy Orion", 1),
        (GROUP, "Nord Stream Saturn Galaxy Orion", "Nord Stream Galaxy", 0),
        (PERSON, "习近平 彭丽媛", "彭丽媛, 习近平", 0),
        (PERSON, "习近平 彭丽媛", "习,近平彭丽媛", 1),
    ],
)
def test_a_name_is_met_where_enough_of_it_stands_together(
    kind: Kind, name: str, text: str, count: int
) -> None:
    index = compile_index(Watchlist((Entity(id="it", names=(name,), kind=kind),)))

    for least in (index.usual, index.usual.copy()):
        assert [len(found) for found in noted([text], index, least)] == [count]


def test_an_organisation_that_need_give_nothing_is_met_by_any_two_words() -> None:
    bank = Entity(id="it", names=("Golden Popular Front",), kind=GROUP, min_score=0.0)
    index = compile_index(Watchlist((bank,)))

    for least in (index.usual, index.usual.copy()):
        ((run,),) = noted(["The Popular Front"], index, least)
        assert [unit.folded for unit in run.units] == ["popular", "front"]
