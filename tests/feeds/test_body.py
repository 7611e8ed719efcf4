"""Text comes out whole, once, and without the markup it was wrapped in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.body import compose, readable, unwrapped


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a <b>c</b>\nd", "a c\nd"),
        ("a &lt;b&gt;c&lt;/b&gt; &amp;nbsp;d", "a c \xa0d"),
        ("<script>alert(1)</script>a", "a"),
        ("&amp;amp;amp;amp;lt;b", "&amp;lt;b"),
        ("if a < b and c > d", "if a < b and c > d"),
        ("the element <title> and <rss>", "the element <title> and <rss>"),
        ("AT&T, R&D &c;", "AT&T, R&D &c;"),
    ],
)
def test_markup_that_was_wrapped_twice_goes(text, wanted):
    assert unwrapped(text) == wanted


@pytest.mark.parametrize(
    ("parts", "text"),
    [
        (("",), ""),
        (("c", ""), "c"),
        (("", "a", "b"), "a\nb"),
        (("c", "a", "b"), "a\nb\nc"),
        (("a, b!", "A b", "a b"), "A b\na, b!"),
        (("", "a", "a"), "a"),
        (("w " * 60 + "c", "w " * 40 + "…"), "w " * 60 + "c"),
    ],
)
def test_what_is_told_twice_is_kept_once(parts, text):
    assert compose(*parts) == text


def test_what_is_called_packed_may_be_text():
    assert readable("YQ==", {"mode": "base64"}) == "a"
    given = {"type": "application/octet-stream"}
    assert [readable(value, given) for value in ("YQ==", "no base!")] == ["a", "no base!"]


@given(st.text(alphabet=st.sampled_from("<>&;/ampltgb#1 \n"), max_size=60))
def test_any_text_is_unwrapped_in_few_steps(text):
    assert len(unwrapped(text)) <= len(text) + 1
