"""What strangers write is made fit to be shown, and reads the same."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import HOSTILE
from watcher.alerts.clean import FSI, PDI, isolate, shorten, shorten_start, tidy, unmark


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("قاسم\n\tسليماني", "قاسم سليماني"),
        (" a\u00a0 b ", " a b "),
        ("می\u200cشود", "می\u200cشود"),
        ("👨\u200d👩", "👨\u200d👩"),
        ("a\x1b[31mb", "a[31mb"),
        ("a\u202eb\u202c\u2066c\u2069", "abc"),
        ("tag\U000e0041\ud800\ufeff", "tag"),
        ("", ""),
    ],
)
def test_white_space_is_one_space_and_what_steers_is_gone(text: str, shown: str) -> None:
    assert tidy(text) == shown


@given(st.text() | st.just(HOSTILE))
def test_tidy_text_is_one_line_that_can_be_encoded(text: str) -> None:
    shown = tidy(text)
    shown.encode("utf-8")
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    assert tidy(shown).split() == shown.split()


def test_an_isolated_name_stands_between_isolates_and_nothing_stays_nothing() -> None:
    assert isolate("سليماني") == f"{FSI}سليماني{PDI}"
    assert isolate("") == ""
    for upright in ("qasem-soleimani", "Łukasz 7", "…"):
        assert isolate(upright) == upright
    assert unmark(f"a {isolate('سليماني')}") == "a سليماني"


@pytest.mark.parametrize(
    ("text", "limit", "start", "end"),
    [
        ("one two three", 13, "one two three", "one two three"),
        ("one two three", 12, "one two…", "…two three"),
        ("one two three", 9, "one two…", "…three"),
        ("abcdefghij", 5, "abcd…", "…ghij"),
        ("a bcdefghij", 5, "a bc…", "…ghij"),
    ],
)
def test_cut_at_a_word_where_one_is_near(text: str, limit: int, start: str, end: str) -> None:
    assert (shorten(text, limit), shorten_start(text, limit)) == (start, end)


@given(st.text(), st.integers(1, 50))
def test_a_cut_text_is_within_its_limit(text: str, limit: int) -> None:
    assert len(shorten(text, limit)) <= limit
    assert len(shorten_start(text, limit)) <= limit
