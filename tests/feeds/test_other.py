"""What is no feed is called what it is, and the way to the feed is told."""

from __future__ import annotations

import pytest

from watcher.errors import FeedError
from watcher.feeds.other import feed_links, looks_like
from watcher.feeds.parse import parse_feed

URL = "https://news.example/a/"
LINK = "<link rel='alternate' type='application/rss+xml' href='/rss.xml'>"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("", "the body is empty"),
        ("<html><title>Log &amp; in</title>", 'it is a web page, "Log & in"'),
        (f"<!doctype html><title>{'x' * 99}</title>", f'it is a web page, "{"x" * 79}…"'),
        (
            f"<html><head>{LINK}<body>",
            "it is a web page; its feed is https://news.example/rss.xml",
        ),
        (
            "<opml version='2.0'><body/></opml>",
            'it is a list of feeds (OPML); write it as "opml:"',
        ),
        (
            "<sitemapindex><sitemap><loc>https://news.example/s.xml?a=1&amp;b=2</loc>",
            (
                "it is an index of sitemaps; write the news sitemap itself, such as "
                "https://news.example/s.xml?a=1&b=2"
            ),
        ),
        ("<sitemapindex>", "it is an index of sitemaps; write the news sitemap itself"),
        ("<urlset><url><loc>x</loc></url></urlset>", "it is a sitemap without titles of news"),
        ("<Error><Code>AccessDenied</Code>", "it begins with '<Error><Code>AccessDenied</Code>'"),
        ("hello", "it begins with 'hello'"),
    ],
)
def test_what_a_body_is(text, wanted):
    assert looks_like(text, URL) == wanted


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ('{"error": "rate limit\\n exceeded"}', "JSON, but not a JSON Feed: 'rate limit exceeded'"),
        ('{"status": 1, "message": ""}', "JSON, but not a JSON Feed"),
        ("[1, 2]", "JSON, but not a JSON Feed"),
        ("[" * 50_000, "broken JSON: "),
        ("<urlset><url><loc>http://a/</loc></url></urlset>", "it is a sitemap without titles"),
    ],
)
def test_what_is_no_feed_says_why(body, message):
    with pytest.raises(FeedError, match="not a feed: ") as caught:
        parse_feed(body.encode())
    assert str(caught.value).startswith(f"not a feed: {message}")


def test_the_feeds_of_a_page_in_its_order_once_each():
    page = (
        "<link rel=stylesheet href=x><link rel='alternate' hreflang='ar' href='/ar'>"
        "<LINK REL='ALTERNATE' TYPE='application/atom+xml' HREF='b?x=1&amp;y=2'>"
        f"{LINK}{LINK}<link rel='alternate' type='application/feed+json' href='javascript:x'>"
        "<link rel='alternate' type='application/rss+xml' href='http://[::1'>"
    )
    assert feed_links(page, URL) == [
        "https://news.example/a/b?x=1&y=2",
        "https://news.example/rss.xml",
    ]
