"""What robots.txt lets us read: the cases of RFC 9309 and those that the web adds."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.feeds.robots import Robots, parse_robots

HOST = "https://example.org"


@pytest.mark.parametrize(
    ("rules", "path", "allowed"),
    [
        ("Disallow: /", "/a", False),
        ("Disallow:", "/a", True),
        ("Disallow: /private", "/private/a", False),
        ("Disallow: /private", "/public", True),
        ("Disallow: /a\nAllow: /a/b", "/a/b/c", True),  # the longest counts
        ("Allow: /a/b\nDisallow: /a", "/a/c", False),
        ("Disallow: /a\nAllow: /a", "/a", True),  # of equals the one that allows
        ("Disallow: /*.pdf$", "/x/y.pdf", False),
        ("Disallow: /*.pdf$", "/x/y.pdf?z", True),
        ("Disallow: /a$", "/a", False),
        ("Disallow: /a$", "/a/a", True),
        ("Disallow: /*/print/", "/news/print/1", False),
        ("Disallow: /*/print/", "/print/1", True),
        ("Disallow: /**a**b", "/1a2b", False),
        ("Disallow: /?", "/?page=2", False),
        ("Disallow: /a%3Cd", "/a<d", False),
        ("Disallow: /خبر", "/%D8%AE%D8%A8%D8%B1/1", False),
        ("disallow : /a # why", "/a", False),
        ("Disallow: /\nNoise\nSitemap: /x", "/a", False),
        ("Disallow: /", "", False),
    ],
)
def test_the_longest_rule_that_fits_counts(rules, path, allowed):
    assert parse_robots(f"User-agent: *\n{rules}").allow(HOST + path) is allowed


def test_who_is_named_hears_only_what_is_meant_for_him():
    text = """
    User-agent: other
    Disallow: /
    User-agent: *
    Disallow: /all
    User-Agent: Watcher
    User-agent: friend
    Disallow: /ours
    Crawl-delay: 10
    user-agent: watcher
    Disallow: /too
    """
    ours = parse_robots(text)
    found = {path: ours.allow(HOST + path) for path in ("/all", "/ours", "/too")}
    assert found == {"/all": True, "/ours": False, "/too": False}
    assert ours.delay == timedelta(seconds=10)


@pytest.mark.parametrize(
    ("value", "seconds"), [("2.5", 2.5), ("86400", 60), ("soon", None), ("-1", None), ("", None)]
)
def test_a_delay_is_heeded_up_to_a_minute(value, seconds):
    delay = parse_robots(f"User-agent: *\nCrawl-delay: {value}").delay
    assert delay == (None if seconds is None else timedelta(seconds=seconds))


@pytest.mark.parametrize("text", ["", "Disallow: /", "<html>404</html>", "User-agent: other"])
def test_without_a_rule_for_us_everything_may_be_read(text):
    assert parse_robots(text).allow(f"{HOST}/a")
    assert Robots().allow(f"{HOST}/a")


def test_rules_made_to_be_slow_are_not():
    slow = "/" + "*a" * 20 + "b"
    robots = parse_robots(f"User-agent: *\nDisallow: {slow}\nDisallow: /b")
    assert robots.allow(f"{HOST}/{'a' * 2000}")


@given(st.text(), st.text())
def test_no_file_and_no_path_raises(text, path):
    parse_robots(f"User-agent: *\nDisallow: {text}\n{text}").allow(f"{HOST}/{path}")


def test_stars_without_end_cost_no_time():
    rules = parse_robots(f"User-agent: *\nDisallow: /{'*a' * 20}*b$")
    assert rules.allow(f"{HOST}/{'a' * 1900}")
