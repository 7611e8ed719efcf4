"""Words with spans: where they begin and end, whatever stands in them."""

from __future__ import annotations

import re
from itertools import accumulate

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from watcher.text import fold, folds, soles, tokens, unmask

WORDS = [
    ("اللواء قاسم سليماني، قد", ["اللوا", "قاسم", "سليماني", "قد"]),
    ("قَاسِم ســليماني", ["قاسم", "سليماني"]),
    ("نصر‌الله", ["نصرالله"]),
    ("Saif al-Adel", ["saif", "al", "adel"]),
    ("Soleimani's men", ["soleimani's", "men"]),
    ("‘Qasem’ said", ["qasem", "said"]),
    ("O’Brien", ["o'brien"]),
    ('צה״ל ו-צה"ל', ['צה"ל', "ו", 'צה"ל']),
    ("ג'ורג' בוש", ["ג'ורג'", "בוש"]),
    ("אחמד א-שרע", ["אחמד", "אל", "שרע"]),
    ("א־סיסי", ["אל", "סיסי"]),
    ("א. ב. יהושע, כיתה א-ב", ["א", "ב", "יהושע", "כיתה", "א", "ב"]),
    ("习近平主席", ["习", "近", "平", "主", "席"]),
    ("솔레이마니", ["솔레이마니"]),
    ("snake_case 50% Q3", ["snake", "case", "50", "q3"]),
    ("<b>Sol</b>", ["b", "sol", "b"]),
    ("— … ؟", []),
]
MASKED = [
    ("пyтин", "путин"),  # a Latin y
    ("рutin", "putin"),  # a Cyrillic er
    ("putin", "putin"),
    ("путин", "путин"),
    ("covid19", "covid19"),
    ("ĸиров", "киров"),
]


@pytest.mark.parametrize(("text", "words"), WORDS)
def test_a_text_is_cut_into_its_words(text: str, words: list[str]) -> None:
    assert [token.folded for token in tokens(text)] == words


@pytest.mark.parametrize(("word", "plain"), MASKED)
def test_look_alike_letters_are_put_right(word: str, plain: str) -> None:
    assert unmask(fold(word)) == plain


def test_capitals_are_seen_in_the_source() -> None:
    assert [token.capital for token in tokens("Qasem came, ПУТИН не")] == [True, False, True, False]


@given(st.text())
@example("א-שרע")
def test_each_word_folds_from_its_span_and_spans_rise(text: str) -> None:
    last = 0
    for token in tokens(text):
        written = text[token.start : token.end]
        assert last <= token.start < token.end <= len(text)
        assert token.folded == ("אל" if written in {"א-", "א־"} else unmask(fold(written)))
        last = token.end


@pytest.mark.parametrize(
    "mark", ["\ufeff", "\u200e", "\u200f", "\u202b", "\u2068", "\xad", "\u0301"]
)
def test_marks_before_a_word_hide_no_capital(mark: str) -> None:
    (word,) = tokens(f"{mark}Qasem")
    assert (word.folded, word.start, word.end, word.capital) == ("qasem", 1, 6, True)


def test_marks_around_a_word_are_left_out_and_vowel_marks_stay() -> None:
    (word,) = tokens("\u200f\u202bقاسمُ\u202c")
    assert (word.start, word.end) == (2, 7)


def test_a_run_of_marks_takes_linear_time() -> None:
    assert len(tokens("a" + "\u200b" * 100_000 + "b" + "\u200b" * 100_000)) == 1


PUNCTUATED = st.text("aZאбЛش'’\"״#(«»).,،:_-ـ人\u200e\u0301", max_size=8)


@given(st.lists(st.text(max_size=5).filter(lambda chunk: "\n" not in chunk) | PUNCTUATED))
@example(["(«Qasem»,", "", "ـ", "a-b", ""])
@example(["rутin", "Путин"])
def test_the_only_word_of_a_chunk_is_the_word_that_is_cut_from_it(chunks: list[str]) -> None:
    found = soles(chunks)
    folded = folds([word for _, word, _ in found])
    for chunk, (before, word, behind), letters in zip(chunks, found, folded, strict=True):
        if word:
            assert before + word + behind == chunk
            end = len(before) + len(word)
            cut = [(letters, len(before), end, word[0].isupper())] if letters else []
            assert tokens(chunk) == cut
        else:
            assert before + behind == ""


@given(st.text() | st.text("a 'א\"人\n\r\xa0\u2028\u200e\u0301-."))
def test_no_word_runs_over_a_space_or_a_line_break(text: str) -> None:
    chunks = re.split("([ \n])", text)
    ends = list(accumulate(map(len, chunks)))
    apart = [
        (folded, start + end - len(chunk), stop + end - len(chunk), capital)
        for chunk, end in zip(chunks, ends, strict=True)
        for folded, start, stop, capital in tokens(chunk)
    ]
    assert tokens(text) == apart
