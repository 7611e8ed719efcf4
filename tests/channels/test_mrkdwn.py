"""Text that Slack shows as it stands."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.channels.mrkdwn import bold, escape, fit, link, silence, width

ANY = st.text() | st.text(alphabet="<>&@!#*_~`|channelhere \U0001f600")


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a & b < c > d", "a &amp; b &lt; c &gt; d"),
        ("&lt;", "&amp;lt;"),
        ("*b* _i_ ~s~ `c`", "∗b∗ ˍiˍ ∼s∼ ˋcˋ"),
        ("<!channel>", "&lt;\u200b!channel&gt;"),
        ("<@U012>", "&lt;\u200b@U012&gt;"),
        ("@here @Channel a@example.org", "@\u200bhere @\u200bChannel a@example.org"),
        ("قاسم سليماني", "قاسم سليماني"),
    ],
)
def test_what_formats_or_rings_is_neutral(text: str, shown: str) -> None:
    assert escape(text) == shown


@given(ANY)
def test_no_text_rings_or_links(text: str) -> None:
    for shown in (escape(text), silence(text)):
        assert not re.search(r"<[!@#]|@(here|channel|everyone|group)", shown, re.IGNORECASE)
    assert not set("<>*_~`") & set(escape(text))


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://x.example/a?b=1&c=%20", "<https://x.example/a?b=1&amp;c=%20|L>"),
        ('https://x.example/a|b<c>d e"f', "<https://x.example/a%7Cb%3Cc%3Ed%20e%22f|L>"),
        ("https://x.example/@here", "<https://x.example/%40here|L>"),
        ("http://مثال.example/خبر", "<http://مثال.example/خبر|L>"),
        ("javascript:alert(1)", "L"),
        ("file:///seeds/000.txt", "L"),
        ("https://", "L"),
        ("https://[broken", "L"),
        ("", "L"),
        ("https://x.example/" + "a" * 2000, "L"),
    ],
)
def test_only_addresses_of_the_web_are_linked(url: str, shown: str) -> None:
    assert link(url, "L") == shown


@given(ANY)
def test_no_address_ends_its_link_early(url: str) -> None:
    shown = link(f"https://x.example/{url}", "L")
    assert re.fullmatch(r"L|<[^<>|\s]+\|L>", shown)


def test_bold_stands_between_breaks_so_that_it_works_inside_words() -> None:
    assert bold(" سليماني ") == "\u200b*سليماني*\u200b"
    assert bold(" ") == ""


@given(ANY, st.integers(1, 60))
def test_a_fitted_text_is_a_beginning_within_the_limit(text: str, limit: int) -> None:
    fitted = fit(text, limit)
    assert width(escape(fitted)) <= limit
    assert fitted == text or text.startswith(fitted.removesuffix("…"))


def test_fitting_counts_what_is_sent_and_keeps_all_that_fits() -> None:
    assert fit("&&&&", 11) == "&&…"
    assert fit("\U0001f600" * 3, 5) == "\U0001f600\U0001f600…"
    assert fit("abc", 3) == "abc"
