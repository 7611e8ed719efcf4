"""What a text says of itself before it begins."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from watcher.text import Preface, parse_preface, preface_doubts

FULL = """\
---
layout: post
title: "A man: and his war"
date: 2019-05-16T18:30:00+03:00
lang: en_GB
tags: [a, b]
date: 1999-01-01
---
He came.
"""


def test_what_an_article_needs_is_read() -> None:
    found = parse_preface(FULL)
    assert found == Preface(
        title="A man: and his war",
        published=datetime(2019, 5, 16, 15, 30, tzinfo=UTC),
        language="en-GB",
        end=found.end,
    )
    assert FULL[found.end :] == "\nHe came.\n"


@pytest.mark.parametrize(
    ("said", "published"),
    [
        ("date: 2018-01-02", datetime(2018, 1, 2, tzinfo=UTC)),
        ("Published : '2018-01-02 10:00'", datetime(2018, 1, 2, 10, tzinfo=UTC)),
        ("date: yesterday\npubDate: 2018-01-02", datetime(2018, 1, 2, tzinfo=UTC)),
        ("date: yesterday", None),
        ("updated: 2018-01-02", None),
        ("  date: 2018-01-02", None),  # of something else
        ("date:", None),
    ],
)
def test_a_date_counts_if_it_says_when_the_article_appeared(
    said: str, published: datetime | None
) -> None:
    assert parse_preface(f"\ufeff---\r\n{said}\r\n...\r\nHe came.").published == published


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("A man  # of war", "A man"),
        ("'It''s he' # they say", "It's he"),
        (r'"He said \"no\", \u0642\u0627\u0633\u0645"', 'He said "no", قاسم'),
        (r'"a\u202eb\ud800c"', "a b c"),  # what steers a terminal, and what no text can hold
        (r'"\xe9t\xE9 \\x41 \U0001F600"', r"été \x41 😀"),
        (r'"a\eb"', r"a\eb"),
        (r'"a\U00110000b"', r"a\U00110000b"),
        (r'"a\UFFFFFFFFb"', r"a\UFFFFFFFFb"),
        ('"A title over\n  two lines"', "A title over two lines"),
        ('"A title over\\\n  \\ two lines"', "A title over two lines"),
        ("A title over\n  two lines", "A title over two lines"),
        (">- # folded\n  A title over\n  two lines", "A title over two lines"),
        ('"Hero" of Baghdad', '"Hero" of Baghdad'),
        ("[Video] Baghdad", "[Video] Baghdad"),
        ('"Baghdad', '"Baghdad'),
        ("[a, b]", ""),
        ("{a: b}", ""),
        (">", ""),
        ("~", ""),
        ("null", ""),
        ("# of war", ""),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_title_is_read_as_programs_write_one(said: str, title: str, end: str) -> None:
    text = f"---\ntags:\n- a\ntitle: {said}\nog:type: x\n---\nText".replace("\n", end)
    assert parse_preface(text).title == title


@given(st.text(st.characters(exclude_categories=["C", "Z"], include_characters=" "), max_size=200))
def test_what_a_program_writes_is_read_back(title: str) -> None:
    title = " ".join(title.split())
    for plain in (True, False):
        head = yaml.safe_dump({"tags": ["a"], "title": title}, allow_unicode=plain)
        assert parse_preface(f"---\n{head}---\nText").title == title


@pytest.mark.parametrize("tag", ["e", "an island", "x" * 50])
def test_what_is_no_language_is_none(tag: str) -> None:
    assert parse_preface(f"---\nlanguage: {tag}\n---\n").language == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "He came.\n---\ndate: 2018-01-02\n---\n",
        "---\ndate: 2018-01-02\n",
        "--- date: 2018-01-02 ---",
        "---\nA line between two rules\n---\nand more",
        "---\nBaghdad: three killed\n---\nand more",
        "---\nبغداد: مقتل ثلاثة\n---\nand more",
        "---\ndate: 2018-01-02\nOn that day he came.\n...\nand left",
        "---\n" + "a: b\n" * 3000 + "---\n",
    ],
)
def test_a_text_that_begins_at_once_says_nothing(text: str) -> None:
    assert parse_preface(text) == Preface()


UNENDED = (1, 'the front matter has no end; write "---" in a line behind its keys')
DATE = "; write the day as date: 2020-01-31"
CODE = "; write the code of the language, as in lang: ru"


@pytest.mark.parametrize(
    ("text", "doubts"),
    [
        ("He came.", []),
        ("---\ntitle: a\ndate: 2020-01-01\nlang: ru\n---\n", []),
        ("---\ntitle: a\ndate: yesterday\n---\n", [(3, f'"date: yesterday" is not read{DATE}')]),
        ("---\r\ndate: 01/05/2020\r\n---\r\n", [(2, f'"date: 01/05/2020" is not read{DATE}')]),
        ("---\ndate: May\npublished: 2020-01-31\n---\n", []),
        ("---\ndate:\ntags: [a]\nlang: [en, de]\n---\n", []),
        ("---\nlang: russian\n---\n", [(2, f'"lang: russian" is not read{CODE}')]),
        ("---\nlang: russian\nlanguage: ru\n---\n", []),
        (f"---\ndate: {'x' * 50}\n---\n", [(2, f'"date: {"x" * 40}" is not read{DATE}')]),
        ("---\ntitle: unclosed\n\nHe came.\n", [UNENDED]),
        ("---\ntitle: unclosed\nHe came.\n---\nHe left.", [UNENDED]),
        ("---\nBaghdad: three killed\nHe came.\n", []),
        ("---\nBaghdad: three killed\n---\nHe came.\n", []),
    ],
)
def test_what_was_meant_to_be_read_and_is_not_is_told(
    text: str, doubts: list[tuple[int, str]]
) -> None:
    assert list(preface_doubts(text)) == doubts


@given(st.text(alphabet="-\n:. ab'\"\r\ufeff\\xU>", max_size=80).map("---\n".__add__))
def test_any_text_is_borne(text: str) -> None:
    assert 0 <= parse_preface(text).end <= len(text)
    lines = text.count("\n") + 1
    assert all(1 <= doubt.line <= lines for doubt in preface_doubts(text))
