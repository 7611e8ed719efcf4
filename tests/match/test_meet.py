"""Words of one name that stand together: paired before names are, and for many pages at once."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.match.test_whole import INDEX, LINES, LIST, LOW, USUAL, WORDS
from watcher import Watchlist
from watcher.match import Index, compile_index
from watcher.match.bound import may_be_strong, most
from watcher.match.meet import runs
from watcher.match.page import Run
from watcher.match.reader import read
from watcher.match.spot import spots
from watcher.match.wanted import Many, Wanted
from watcher.names import Kind
from watcher.watchlist.entity import Entity

PAGES = st.lists(LINES, min_size=1, max_size=3)
PERSON, GROUP = Kind.PERSON, Kind.ORGANIZATION


def noted(texts: list[str], index: Index, wanted: Wanted | None) -> list[list[Run]]:
    pages = [read(text, index) for text in texts]
    index.learn(index.memory)
    return runs(pages, index, wanted)


@pytest.mark.parametrize("index", [INDEX, USUAL, LOW, compile_index(LIST, crowd=20_000)])
@example([WORDS, WORDS[::-1]])
@given(PAGES)
def test_what_may_count_is_met_as_if_every_line_of_a_name_were_looked_at(
    index: Index, words: list[list[str]]
) -> None:
    texts = [" ".join(line) for line in words]

    usual = Many(index.whole, index.usual)

    together = noted(texts, index, None)

    assert together == [noted([text], index, None)[0] for text in texts]
    for text, fast, slow in zip(texts, together, noted(texts, index, usual), strict=True):
        assert [run for run in slow if run in fast] == fast
        page = read(text, index)
        for spot in spots(page, index, usual):
            listed = index.listed[spot.listed]
            if most(listed, spot.pieces) >= index.usual[spot.listed]:
                strong = may_be_strong(page, listed, spot.pieces, index.crowd)
                assert not strong or spot.listed in {run.listed for run in fast}


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

    for wanted in (None, Many(index.whole, index.usual)):
        assert [len(found) for found in noted([text], index, wanted)] == [count]


def test_an_organisation_that_need_give_nothing_is_met_by_any_two_words() -> None:
    bank = Entity(id="it", names=("Golden Zanzu Moravit",), kind=GROUP, min_score=0.0)
    index = compile_index(Watchlist((bank,)))

    for wanted in (None, Many(index.whole, index.usual)):
        ((run,),) = noted(["The Zanzu Moravit"], index, wanted)
        assert [unit for unit, *_ in run.lines] == [0, 1]


@pytest.mark.parametrize(
    ("kind", "name", "text", "strong"),
    [
        (GROUP, "Golden Popular Front", "The Popular Front", 0),  # words of news alone
        (GROUP, "Golden Zanzu Moravit", "The Zanzu Moravits", 1),
        (GROUP, "Golden Zanzu Moravit", "The Zanzo Moravit", 0),
        (GROUP, "Zanzu Moravit", "Moravit Zanzu", 1),
        (GROUP, "Zanzu Moravit", "Moravit Zanza", 0),  # turned round, and doubtful
        (GROUP, "Zanzu Moravit", "Zanza Moravit", 1),
        (PERSON, "Qasem Soleimani", "قاسم سليماني", 1),
        (PERSON, "Mohammed Ali", "محمد علي", 0),  # tells too little
        (PERSON, "Qasem Soleimani", "سليماني قاسم", 0),  # turned round
        (PERSON, "Петров Иван Сергеевич", "Иван Петров", 1),  # not where a patronymic stands
    ],
)
def test_pieces_are_kept_only_if_they_may_count_alone_in_a_long_list(
    kind: Kind, name: str, text: str, strong: int
) -> None:
    bar = 0.0 if kind is GROUP else None
    entity = Entity(id="it", names=(name,), kind=kind, min_score=bar)
    index = compile_index(Watchlist((entity,)), crowd=20_000)

    assert [len(found) for found in noted([text], index, None)] == [strong]
    assert len(noted([text], index, Many(index.whole, index.usual))[0]) == 1
