"""What a feed says cannot steer a terminal, a log or the direction of reading."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.clean import clean, one_line


def test_steering_marks_go():
    assert clean("a\x00\x1b[31mb\u202ec\u2066d\u2069e\ufefff\x9bg") == "a[31mbcdefg"


def test_what_reading_needs_stays():
    text = "می\u200cخواهم\u200f،\tک\u0640تاب\r\nline\n"
    assert clean(text) == text


def test_line_separators_become_line_feeds():
    assert clean("a\u2028b\u2029c\x85d") == "a\nb\nc\nd"


def test_half_a_character_cannot_be_stored():
    assert clean("a\ud800b") == "a\ufffdb"


def test_one_line_is_one_line():
    assert one_line("  a\n\u2028 b\x00\u00a0c ") == "a b c"


@given(st.text(alphabet=st.characters(), max_size=60))
def test_any_text_becomes_safe_and_stays_so(text):
    safe = clean(text)
    assert clean(safe) == safe
    assert safe.encode("utf-8").decode("utf-8") == safe
    assert all(c in "\t\r\n" or unicodedata.category(c) != "Cc" for c in safe)
