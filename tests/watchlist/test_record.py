"""Lines of a watchlist that are just as they should be, and the others."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.watchlist.odd import read
from watcher.watchlist.record import Record, plain

KEYS = ("names", "weak_names", "short", "context", "not", "tags")
TEXT = st.text(st.characters(codec="utf-8"), max_size=4)
TEXTS: st.SearchStrategy[object] = st.one_of(
    st.none(), TEXT, st.lists(TEXT, max_size=2), st.integers(), st.just({})
)
LINES = st.fixed_dictionaries(
    {},
    optional={
        "id": st.one_of(TEXT, st.integers(), st.booleans(), st.none()),
        "kind": st.one_of(st.none(), TEXT, st.integers()),
        "other": st.integers(),
        **dict.fromkeys(KEYS, TEXTS),
    },
)


@given(LINES)
def test_a_plain_line_says_what_the_careful_reader_says(line: dict[str, object]) -> None:
    record = plain(line)
    if record is not None:
        assert read(line) == (record, ())


def test_what_a_line_says() -> None:
    line = {"id": 7, "names": ["Ann Lee", "A. Lee"], "not": "Ann Lees", "kind": "person", "x": [1]}
    assert plain(line) == Record(
        id="7", names=("Ann Lee", "A. Lee"), exclude=("Ann Lees",), kind="person"
    )


@pytest.mark.parametrize(
    "line",
    [
        [],
        {},
        {"id": " "},
        {"id": "a\u200fb"},
        {"id": True},
        {"id": "a", "names": [1]},
        {"id": "a", "tags": {}},
        {"id": "a", "kind": 1},
    ],
)
def test_any_other_line_is_left_to_the_careful_reader(line: object) -> None:
    assert plain(line) is None
