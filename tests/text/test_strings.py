"""Texts in arrays are the texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.text.strings import Strings

TEXTS = st.lists(st.text() | st.text(st.characters(codec=None, categories=["Cs", "Lo"])))


@given(TEXTS, st.slices(8))
def test_texts_come_back_one_by_one_in_pieces_and_all_together(
    texts: list[str], part: slice
) -> None:
    laid = Strings.of(texts)

    assert len(laid) == len(texts)
    assert list(laid) == texts
    assert [laid[number] for number in range(-len(texts), len(texts))] == texts + texts
    assert laid[part] == texts[part]


def test_there_is_no_text_behind_the_last() -> None:
    for texts in (["one"], ["one", "two", "three"]):
        for place in (len(texts), -len(texts) - 1, -2 * len(texts)):
            with pytest.raises(IndexError):
                Strings.of(texts)[place]
