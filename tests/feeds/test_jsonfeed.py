"""JSON Feed, which is no XML but a feed all the same."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from watcher.errors import FeedError
from watcher.feeds import Entry
from watcher.feeds.parse import parse_feed
from watcher.source import Health

VERSION = "https://jsonfeed.org/version/1.1"


def parse(feed: object):
    return parse_feed(json.dumps(feed).encode(), "application/feed+json", "https://a.example/f")


def test_a_json_feed():
    parsed = parse(
        {
            "version": VERSION,
            "title": "a\nb",
            "language": "ar",
            "items": [
                {
                    "id": 7,
                    "url": "/1",
                    "title": "one &amp; \u202eonly \ud800",
                    "content_html": "<p>قاسم <b>سلي</b>ماني",
                    "date_published": "2026-05-01T15:00:00+03:00",
                },
                {
                    "id": "x",
                    "external_url": "javascript:x",
                    "content_text": "a\nb",
                    "date_modified": "2026-05-01T12:00:00Z",
                    "language": "fa_IR",
                },
                {"id": True, "summary": "<b>s</b>", "title": None, "date_published": "soon"},
                "junk",
            ],
        }
    )
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    assert parsed.title == "a b"
    assert parsed.entries == (
        Entry(
            guid="7",
            link="https://a.example/1",
            title="one & only \ufffd",
            text="قاسم سليماني",
            published=noon,
            language="ar",
        ),
        Entry(guid="x", text="a\nb", published=noon, language="fa-IR"),
        Entry(text="s", language="ar"),
    )


@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "1403-06-23", "1970-01-01T00:00:00Z"])
def test_a_date_that_no_news_can_have_is_none(date):
    (entry,) = parse(
        {"version": VERSION, "items": [{"id": 1, "title": "t", "date_published": date}]}
    ).entries
    assert entry.published is None


@pytest.mark.parametrize("items", [None, {}, "x", 7])
def test_a_feed_without_items_is_an_empty_one(items):
    assert parse({"version": VERSION, "items": items}).entries == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "not a feed: broken JSON: "),
        ('{"a":' * 100_000, "not a feed: broken JSON: "),
        ("{}", "not a feed: JSON, but not a JSON Feed"),
        ('{"version": 1}', "not a feed: JSON, but not a JSON Feed"),
    ],
)
def test_other_json_is_no_feed(text, message):
    with pytest.raises(FeedError) as caught:
        parse_feed(text.encode())
    assert str(caught.value).startswith(message)
    assert caught.value.state is Health.NOT_A_FEED


@pytest.mark.parametrize("end", ["", ",", ', {"id": 3, "ti', ", 7]}", "  \n", ', {"a":' * 100_000])
def test_of_one_that_breaks_off_what_came_is_read(end):
    text = f'{{"version": "{VERSION}", "items": [{{"id": 1, "title": "a"}}, {{"title": "b"}}{end}'
    parsed = parse_feed(text.encode())
    assert [entry.title for entry in parsed.entries] == ["a", "b"]
    assert parsed.note.endswith(", it breaks off before its end") == (not end.endswith("]}"))


def test_a_broken_one_without_a_version_is_none():
    with pytest.raises(FeedError, match="JSON, but not a JSON Feed"):
        parse_feed(b'{"items": [{"id": 1, "title": "a"}, ')
