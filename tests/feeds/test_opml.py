"""Lists of feeds as other readers write them."""

from __future__ import annotations

import os

import pytest

from watcher.errors import FeedError
from watcher.feeds import Opml, Outline, parse_opml, read_opml
from watcher.source import Health

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>mine</title></head><body>
  <outline text="Middle East"><outline text="deeper">
    <outline type="rss" text="الجزيرة" xmlUrl="https://a.example/rss?x=1&y=2" htmlUrl="x"/>
  </outline></outline>
  <outline title="B" text="b" xmlURL=" http://b.example/feed "/>
  <outline text="again" xmlUrl="http://b.example/feed"/>
  <outline xmlUrl="http://c.example/feed"/>
  <outline text="local" xmlUrl="file:///etc/passwd"/>
  <outline xmlUrl="http://"/>
  <outline title="broken" xmlUrl="http://[::1"/>
</body></opml>
"""
FEEDS = Opml(
    feeds=(
        Outline("https://a.example/rss?x=1&y=2", "الجزيرة"),
        Outline("http://b.example/feed", "B"),
        Outline("http://c.example/feed", ""),
    ),
    faults=(
        'local: "file:///etc/passwd" is not an http or https address',
        'an outline without a name: "http://" names no host',
        'broken: "http://[::1" is not an address',
    ),
)


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_a_list_gives_its_feeds_however_it_is_encoded(charset):
    assert parse_opml(LIST.replace("UTF-8", charset).encode(charset)) == FEEDS


def test_a_list_is_read_from_a_file(tmp_path):
    path = tmp_path / "feeds.opml"
    path.write_bytes(LIST.encode())
    assert read_opml(path) == FEEDS


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(FeedError, match=r"none\.opml: cannot be read: No such file") as caught:
        read_opml(tmp_path / "none.opml")
    assert caught.value.state is Health.UNREACHABLE


@pytest.mark.parametrize(
    ("data", "message", "state"),
    [
        (b"", "not OPML: no element found", Health.NOT_A_FEED),
        (b"<opml><body>", "not OPML: no element found", Health.NOT_A_FEED),
        (b"<rss/>", "not OPML: its root is <rss>", Health.NOT_A_FEED),
        (b"<!DOCTYPE o [<!ENTITY a 'b'>]><opml>&a;</opml>", "declares entities", Health.REFUSED),
    ],
)
def test_what_is_no_list_is_said_with_its_file(tmp_path, data, message, state):
    path = tmp_path / "feeds.opml"
    path.write_bytes(data)
    with pytest.raises(FeedError, match=message) as caught:
        read_opml(path)
    assert str(caught.value).startswith(f"{path}: ")
    assert caught.value.state is state


def test_what_is_no_plain_file_of_bearable_size_is_refused(tmp_path):
    pipe, large = tmp_path / "pipe", tmp_path / "large"
    os.mkfifo(pipe)
    with large.open("wb") as file:
        file.truncate(16_000_001)
    for path, message in (
        (pipe, "it is not a plain file"),
        (tmp_path, "Is a directory"),
        (large, "it is over 16 MB"),
    ):
        with pytest.raises(FeedError, match=message) as caught:
            read_opml(path)
        assert str(caught.value).startswith(f"{path}: ")
