"""The sentence around a span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.text import sentence_around
from watcher.text.sentence import WIDTH

CASES = [
    ("Rain fell. He met «Soleimani» in Baghdad. It was late.", "He met «Soleimani» in Baghdad."),
    ("A headline\n«Soleimani» came.\nThe end", "«Soleimani» came."),
    (
        "Gen. J. «Hunt» spoke at 3. Mai in Bonn. Then left.",
        "Gen. J. «Hunt» spoke at 3. Mai in Bonn.",
    ),
    ("هل جاء «سليماني»؟ نعم.", "هل جاء «سليماني»؟"),
    ("«Soleimani»", "«Soleimani»"),
    ("He asked: “Where is «Qaani»?” Nobody knew.", "He asked: “Where is «Qaani»?”"),
    ("He met «Qaani». Then he left.", "He met «Qaani»."),
]


@pytest.mark.parametrize(("marked", "sentence"), CASES)
def test_the_sentence_is_found(marked: str, sentence: str) -> None:
    start = marked.index("«")
    end = marked.index("»") - 1
    text = marked.replace("«", "").replace("»", "")

    first, last = sentence_around(text, start, end)

    assert text[first:last] == sentence.replace("«", "").replace("»", "")


def test_an_endless_sentence_is_cut_at_a_space() -> None:
    text = "word " * 1000 + "Soleimani" + " word" * 1000

    first, last = sentence_around(text, 5000, 5009)

    assert text[first - 1] == " " == text[last]
    assert 5000 - first <= WIDTH
    assert last - 5009 <= WIDTH


@given(st.text(alphabet='ab .!؟\n"’J1ق', max_size=900), st.data())
def test_the_sentence_always_holds_the_span(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    first, last = sentence_around(text, start, end)

    assert 0 <= first <= start
    assert end <= last <= len(text)
