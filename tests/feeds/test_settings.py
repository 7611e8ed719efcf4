from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import TypeAdapter

from watcher.feeds.settings import AnySource, FeedSource, FolderSource, OpmlSource


def read(block):
    return TypeAdapter(AnySource).validate_python(block, context={"folder": Path("/etc/watcher")})


def test_an_encoding_is_one_that_feeds_have():
    assert read({"feed": "https://example.org/", "charset": "Windows-1256"}).charset == (
        "Windows-1256"
    )
    with pytest.raises(ValueError, match="'rot13' is no encoding that feeds have; write utf-8"):
        read({"feed": "https://example.org/", "charset": "rot13"})


@pytest.mark.parametrize(
    ("block", "source", "key", "name"),
    [
        (
            {"feed": "https://www.example.org/rss.xml"},
            FeedSource(feed="https://www.example.org/rss.xml", every=timedelta(minutes=15)),
            "https://www.example.org/rss.xml",
            "example.org/rss.xml",
        ),
        (
            {"feed": "https://example.org/", "name": "Example", "every": "1s", "full_text": "yes"},
            FeedSource(
                feed="https://example.org/",
                name="Example",
                every=timedelta(seconds=1),
                full_text=True,
            ),
            "https://example.org/",
            "Example",
        ),
        (
            {"feed": "https://me:secret@example.org:8443/rss/?key=secret"},
            FeedSource(feed="https://me:secret@example.org:8443/rss/?key=secret"),
            "https://me:secret@example.org:8443/rss/?key=secret",
            "example.org:8443/rss",
        ),
        (
            {"folder": "seeds"},
            FolderSource(folder=Path("/etc/watcher/seeds"), every=timedelta(seconds=5)),
            "/etc/watcher/seeds",
            "seeds",
        ),
        (
            {"folder": "/", "name": None},
            FolderSource(folder=Path("/")),
            "/",
            "/",
        ),
        (
            {"opml": "lists/feeds.opml", "every": "1h", "name": "Many"},
            OpmlSource(
                opml=Path("/etc/watcher/lists/feeds.opml"), every=timedelta(hours=1), name="Many"
            ),
            "/etc/watcher/lists/feeds.opml",
            "Many",
        ),
        (
            {"opml": "lists/feeds.opml"},
            OpmlSource(opml=Path("/etc/watcher/lists/feeds.opml"), every=timedelta(minutes=15)),
            "/etc/watcher/lists/feeds.opml",
            "feeds.opml",
        ),
    ],
)
def test_a_block_becomes_the_kind_of_source_its_key_says(block, source, key, name):
    found = read(block)
    assert found == source
    assert (found.key, found.name) == (key, name)
