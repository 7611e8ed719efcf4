"""Marks are found in any text, once each, in time linear to its length."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.tags import ATTRIBUTES, Kind, Scanner, attributes, marks, resolve


def found(source: str) -> list[str]:
    """The marks in short: <name said>, </name>, text and [cdata]."""
    shown = {
        Kind.OPEN: "<{0.name}{0.said}>",
        Kind.CLOSE: "</{0.name}>",
        Kind.TEXT: "{0.said}",
        Kind.CDATA: "[{0.said}]",
    }
    return [shown[mark.kind].format(mark) for mark in marks(source) if mark.said or mark.name]


@pytest.mark.parametrize(
    ("source", "wanted"),
    [
        ("<a>b</a>", ["<a>", "b", "</a>"]),
        ("<a:b c='>' d=\"'>\" />x", ["<a:b c='>' d=\"'>\" />", "x"]),
        ("a < b <3 & <", ["a < b <3 & "]),
        ('<a title="x>y</a>', ['<a title="x>', "y", "</a>"]),
        ("<a title='<b>'>", ["<a title='>", "<b>", "'>"]),
        ("<a href=http://x/?a=1&b>y", ["<a href=http://x/?a=1&b>", "y"]),
        ("<a", ["<a>"]),
        ("<!-- <a> -->b<!-- <c>", ["b", " ", "<c>"]),
        ("<?xml version='1.0' ?>b<?php echo 1 >c", ["b", "c"]),
        ("<!DOCTYPE a>b</>c</ x>d", ["b", "c", "d"]),
        ("<![CDATA[<a> ]] > ]]>b", ["[<a> ]] > ]", "b"]),
        ("<d><![CDATA[no end", ["<d>", "[no end]"]),
        (
            "<d><![CDATA[no end</d></item><d><![CDATA[x]]></d>",
            ["<d>", "[no end]", "</d>", "</item>", "<d>", "[x]", "</d>"],
        ),
        ("<d><![CDATA[</item>]]>", ["<d>", "</item>", "]]>"]),
    ],
)
def test_marks(source, wanted):
    assert found(source) == wanted


def test_a_mark_knows_its_place_and_whether_it_is_closed():
    first, second, third = marks("<a/>b<c>")
    assert (first.is_empty, second.is_empty, third.is_empty) == (True, False, False)
    assert [(mark.start, mark.end) for mark in (first, second, third)] == [(0, 4), (4, 5), (5, 8)]
    assert [mark.name for mark in Scanner("<a/>b<c>", 4)] == ["", "c"]


def test_a_scanner_goes_on_where_it_is_told():
    scanner = Scanner("<a>text<b>more<c>d")
    found = []
    for mark in scanner:
        found.append(mark.name or mark.said)
        if mark.name == "a":
            scanner.at = 5
        elif mark.said == "xt":
            scanner.at = 12
    assert found == ["a", "xt", "re", "c", "d"]


def test_attributes():
    said = " HREF='a&amp;b&copy=1' rel=alternate x y = \"z\" href=no empty='' slash=/a/"
    assert attributes(said) == {
        "href": "a&b&copy=1", "rel": "alternate", "y": "z", "empty": "", "slash": "/a",
    }  # fmt: skip
    assert len(attributes("".join(f" a{number}=1" for number in range(999)))) == ATTRIBUTES


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a &amp; b &lt;c&gt; &quot;&apos;", "a & b <c> \"'"),
        ("&#1602;&#x642;&#X642;", "ققق"),
        ("&eacute;&nbsp;&zwnj;", "é\u00a0\u200c"),
        ("AT&T &copy=1 &nonsense; &;", "AT&T &copy=1 &nonsense; &;"),
        ("&#0;&#x1b;&#xD800;&#x110000;&#999999999;", "\ufffd" * 5),
        ("It&#146;s &#x80;&#129;", "It\u2019s \u20ac\ufffd"),
        ("&#" + "9" * 50 + ";", "&#" + "9" * 50 + ";"),
    ],
)
def test_references(text, wanted):
    assert resolve(text) == wanted


@given(st.text(alphabet=st.sampled_from("<>/!-[]CDAT?&;#x\"'= \nadit"), max_size=80))
def test_every_place_is_passed_once(source):
    at = 0
    for mark in marks(source):
        assert mark.start >= at
        assert mark.end > mark.start
        at = mark.end
    assert at <= len(source)


@pytest.mark.parametrize(
    "unit",
    ["<", '<a b="', "<a b='\">", "<!--", "<![CDATA[", "<![CDATA[</item>", "<?", "</", "<a ", "&"],
)
def test_time_grows_with_length_only(unit):
    source = "<rss>" + unit * (200_000 // len(unit)) + "]]>-->"
    start = time.process_time()
    assert sum(1 for _ in marks(source))
    assert time.process_time() - start < 2  # takes 0.1 s; a quadratic reader takes a minute
