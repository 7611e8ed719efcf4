"""A packed file is read as what it was, within bounds."""

from __future__ import annotations

import gzip

import pytest

from watcher.errors import FeedError
from watcher.feeds.unpack import SIZE, unpack


def pack(data: bytes) -> bytes:
    """Packed without the time of day."""
    return gzip.compress(data, mtime=0)


def test_a_packed_file_is_unpacked_twice_at_most():
    once = pack(b"news")
    assert unpack(pack(pack(once))) == once
    assert unpack(b"news") == b"news"


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (pack(bytes(SIZE + 1)), "it unpacks to over 10 MB"),
        (pack(b"news")[:-3], "it is damaged gzip data"),
        (b"\x1f\x8bjunk", "it is damaged gzip data"),
    ],
    ids=["a bomb", "broken off", "junk"],
)
def test_what_cannot_be_unpacked_is_said(data, reason):
    with pytest.raises(FeedError, match=f"cannot be read: {reason}"):
        unpack(data)
