from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.archive import Line, Refused, read_lines, write_line


def read(*raw: bytes) -> list[Line | Refused]:
    return list(read_lines(raw, "in"))


def test_objects_come_with_their_place_and_empty_lines_are_passed_over() -> None:
    assert read(b'{"a": 1}\n', b"\n", b'{"b": "\xd9\x82"}\r\n') == [
        Line("in:1", {"a": 1}),
        Line("in:3", {"b": "ق"}),
    ]


def test_a_byte_order_mark_is_not_part_of_the_first_line() -> None:
    assert read(b"\xef\xbb\xbf{}\n") == [Line("in:1", {})]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"{oops}", "in:1: not JSON at column 2: "),
        (b"oops", "in:1: not JSON at column 1: expecting value; write one {\u2026} a line"),
        (b'{"a": "\xff"}', "in:1: not UTF-8 at byte 8 of the line"),
        (b"[1]", "in:1: not an object; write one {…} a line"),
        (b'{"a": NaN}', "in:1: JSON that cannot be taken: NaN is not a number of JSON"),
        (b"[" * 100_000, "in:1: JSON that cannot be taken: "),
    ],
)
def test_a_bad_line_says_where_and_what(raw: bytes, message: str) -> None:
    assert [str(line)[: len(message)] for line in read(raw)] == [message]


def test_a_bad_line_does_not_stop_the_others() -> None:
    assert [type(line) for line in read(b"{", b"{}")] == [Refused, Line]


def test_text_is_there_or_defaults_or_says_what_to_write() -> None:
    line = Line("in:1", {"a": "x", "n": None, "i": 1})
    assert line.text("a") == "x"
    assert line.text("n", "") == line.text("gone", "") == ""
    with pytest.raises(ValueError, match='there is no "b"; write "b": "…"'):
        line.text("b")
    with pytest.raises(ValueError, match='"i" is no string'):
        line.text("i", "")


def test_what_utf8_cannot_hold_is_escaped() -> None:
    assert write_line({"قاسم": "ق"}) == '{"قاسم": "ق"}'
    assert write_line({"quote": "ق\ud800"}) == '{"quote": "\\u0642\\ud800"}'


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=[]))))
def test_what_is_written_is_one_line_of_utf8_and_reads_back(value: dict[str, str]) -> None:
    line = write_line(value)
    assert "\n" not in line
    assert json.loads(line.encode()) == value
