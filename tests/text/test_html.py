"""HTML comes out as a person would read it."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.text.html import Page, parse_html, parse_moment, plain


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("", ""),
        ("  just \n text ", "just text"),
        ("<p>one</p><p>two</p>", "one\ntwo"),
        ("one<br>two<BR/>three<br />four", "one\ntwo\nthree\nfour"),
        ("<div>one<div>two</div>three</div>", "one\ntwo\nthree"),
        ("<h2>Head</h2>body", "Head\nbody"),
        ("<ul><li>one<li>two</ul>three", "one\ntwo\nthree"),
        ("<tr><td>a</td> <td>b</td></tr><tr><th>c<th>d</tr>", "a\tb\nc\td"),
        ("قاسم <b>سليم</b>اني", "قاسم سليماني"),
        ("قا<wbr>سم <span>سلي</span><i>ماني</i>", "قاسم سليماني"),
        ("one <b> two </b> three", "one two three"),
        ("one<b> </b>two", "one two"),
        ("a&amp;b &lt;c&gt; &#x642;&#1575; &quot;", 'a&b <c> قا "'),
        ("a&nbsp;b", "a\u00a0b"),
        ("&#xD800;&#x110000;&#1;&#99999999999999;", "\ufffd\ufffd\ufffd"),
        ("1 < 2 and 3 > 2, <3", "1 < 2 and 3 > 2, <3"),
        ("a<script>if (1<2) '</p>'</script>b", "ab"),
        ("a<style>p {}</style >b<SCRIPT>never closed", "ab"),
        ("a<textarea>b</textarea>c<iframe>d</iframe>e", "ace"),
        ("a<noscript><p>no</p></noscript>b<template>no</template>c", "abc"),
        ("a<svg><svg><title>no</title></svg>no</svg>b", "ab"),
        ("a<p hidden>no<b>no</b><p>yes", "a\nyes"),
        ("a<div hidden>no<div>no</div>no</div>b", "ab"),
        ('a<b style="color:red;display : none">no</b>b', "ab"),
        ("a<i style='visibility:hidden'>no</i>b<img hidden>c", "abc"),
        ("a<!-- no <p> -->b<!doctype html>c<?php no ?>d</ no>e", "abcde"),
        ("a<!-- never closed", "a"),
        ("<![CDATA[one <b>two</b>", "one two"),
        ("a<a href='x>y' title=\"it's\">b</a>c", "abc"),
        ("a<a href=x'y>b", "ab"),
        ("a<p don't>b</p>c", "a\nb\nc"),
        ('a<a title="never closed>b', "ab"),
        ("a<b", "a"),
        ("a</b", "a"),
        ("<pre>  one\n    two\r\n</pre>three", "one\n    two\nthree"),
        ("a <pre>b</pre><pre> c </pre></pre>d", "a\nb\nc\nd"),
        ("<pre>a<b>\n b</b> </pre><pre>\n</pre>c", "a\nb\nc"),
        ("<pre>a<b> b</b></pre>", "a b"),
        ("<h1>one</h1><h1>two</h1>", "one\ntwo"),
        ("</h1></td></pre></div>a", "a"),
    ],
)
def test_the_text_a_person_would_see(source, text):
    assert plain(source) == text
    assert parse_html(source).text == text


PAGE = """<!DOCTYPE html>
<html lang="fa-IR"><head>
  <title>  سرخط &amp; خبر
  </title>
  <meta property="article:published_time" content="2026-05-01T10:00:00+03:30">
  <style>body { color: red }</style>
</head><body><nav>Menu</nav><h1>سرخط</h1><p>سردار <em>قاآنی</em> گفت.</p></body></html>
"""


def test_a_page_says_what_it_is():
    assert parse_html(PAGE) == Page(
        text="Menu\nسرخط\nسردار قاآنی گفت.",
        title="سرخط & خبر",
        language="fa-IR",
        published=datetime(2026, 5, 1, 6, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("source", "title"),
    [
        ("<title>one</title><title>two</title>", "one"),
        ('<title>one - Site</title><meta property="og:title" content="one">', "one"),
        ("<h1>a <b>b</b></h1><h1>c</h1>", "a b"),
        ("<h1>never closed", ""),
        ("<svg><title>icon</title></svg><p>x", ""),
    ],
)
def test_the_title(source, title):
    assert parse_html(source).title == title


@pytest.mark.parametrize(
    ("source", "language"),
    [
        ("<html lang=ar>", "ar"),
        ('<html xml:lang="ar">', "ar"),
        ('<html lang="not a tag"><meta http-equiv="Content-Language" content="fa">', "fa"),
        ('<meta property="og:locale" content="ar_EG">', "ar-EG"),
        ("<html>", ""),
    ],
)
def test_the_language(source, language):
    assert parse_html(source).language == language


@pytest.mark.parametrize(
    "source",
    [
        '<meta property="article:published_time" content="2026-05-01T12:00:00Z">',
        '<meta itemprop="datePublished" content="2026-05-01T12:00:00">',
        '<meta name="date" content="soon"><time datetime="2026-05-01T15:00+03:00">3 pm</time>',
        '<script type="application/ld+json">{"datePublished": "2026-05-01T12:00:00Z"}</script>',
        '<time>now</time><time datetime="2026-05-01 12:00">',
    ],
)
def test_when_it_appeared(source):
    assert parse_html(source).published == datetime(2026, 5, 1, 12, tzinfo=UTC)


def test_when_it_appeared_is_not_made_up():
    source = '<meta><meta name=date><script type="application/ld+json">{}</script><time>now</time>'
    assert parse_html(source).published is None


@pytest.mark.parametrize("value", ["", "soon", "0001-01-01T00:00:00+14:00", "2026-13-01"])
def test_no_moment(value):
    assert parse_moment(value) is None


@given(st.text(alphabet=st.sampled_from("<>/!-&#;\"'= \nabdivprehidden[CDATA]?"), max_size=80))
def test_no_source_is_too_strange(source):
    page = parse_html(source)
    assert page.text == page.text.strip(" \t\n")


@given(st.text(max_size=60))
def test_text_without_markup_is_kept(text):
    words = " ".join(text.replace("<", "").replace("&", "").split())
    assert " ".join(plain(f"<p>{words}</p>").split()) == words


HOSTILE = [
    "<!--", "<a ", "<a<", "</", "<!", "<?", '<a b="', "<a b='", "<script>", "<title>x</title ",
    "<svg>", "<div hidden>", "&#", "&#9", "<![CDATA[", "<a =", "<a/", "<pre>\n", "<a b=\"x' ",
]  # fmt: skip


@pytest.mark.parametrize("piece", HOSTILE)
def test_time_grows_with_length_only(piece):
    start = time.process_time()
    parse_html(piece * (200_000 // len(piece)))
    assert time.process_time() - start < 1.5  # takes 0.1 s; a quadratic reader takes minutes


def test_one_reference_of_a_million_digits_is_one_unknown_character():
    assert plain(f"&#{'9' * 1_000_000};") == "\ufffd"
