"""Words that make one part with the word before, told by how they begin and end."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.match.unit import binds_behind
from watcher.names import bind
from watcher.text import script_of

BEGINS = st.sampled_from(["al", "l", "el", "il", "ol", "ul", "d", "u"])


@pytest.mark.parametrize(
    "word",
    [
        *("allah", "ollah", "ulah", "ulla", "lah", "aldin", "ud-deen", "dyn", "uddiene"),
        *("الله", "لله", "اله", "الدين", "لدين"),
        *("аллах", "алла", "улах", "ула", "аддин", "уддин", "альдин"),
        *("אללה", "אלה", "אלדין", "לדין"),
    ],
)
def test_what_binds_begins_and_ends_as_such_words_do(word: str) -> None:
    assert bind("--", word, script_of(word))
    assert binds_behind(word)


@given(BEGINS, st.text("aeioudlniyh-", max_size=5))
def test_no_word_with_another_end_binds(begin: str, end: str) -> None:
    word = begin + end
    assert binds_behind(word) or not bind("--", word, script_of(word))
