"""Packed bodies come out whole and bounded, or say why not."""

from __future__ import annotations

import gzip
import zlib
from collections import deque

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.net import NetworkError, Trouble
from watcher.net.inflate import Inflater


def unpack(encoding: str, *chunks: bytes, size: int = 1000) -> bytes:
    inflater = Inflater(encoding, size, "feeds.example")
    for chunk in chunks:
        inflater.feed(chunk)
    return inflater.finish()


def trouble(encoding: str, *chunks: bytes, size: int = 1000) -> tuple[Trouble, str]:
    with pytest.raises(NetworkError) as caught:
        unpack(encoding, *chunks, size=size)
    return caught.value.trouble, str(caught.value)


@given(st.binary(max_size=400), st.binary(max_size=400), st.integers(1, 50))
def test_however_it_is_cut_the_body_comes_out_whole(first, second, size):
    packed = gzip.compress(first) + gzip.compress(second)
    pieces = [packed[at : at + size] for at in range(0, len(packed), size)]
    assert unpack("gzip", *pieces) == first + second


def test_many_small_members_in_one_chunk_come_out_whole():
    packed = gzip.compress(b"news ") * 5000  # several slices of it
    assert unpack("gzip, gzip", gzip.compress(packed), size=200_000) == b"news " * 5000


def test_members_without_end_are_stopped_before_they_cost_minutes():
    packed = gzip.compress(b"") * 500_000  # ten megabytes, packed again 24 kB
    kind, says = trouble("gzip, gzip", gzip.compress(packed, 1), size=10_000_000)
    assert kind is Trouble.UNREADABLE
    assert "over 10,000 pieces" in says


@pytest.mark.parametrize("encoding", ["", "identity", "Identity"])
def test_a_plain_body_is_itself(encoding):
    assert unpack(encoding, b"one ", b"two") == b"one two"


@pytest.mark.parametrize("encoding", ["gzip", "x-gzip", " GZIP "])
def test_gzip_by_any_of_its_names(encoding):
    assert unpack(encoding, gzip.compress(b"news")) == b"news"


def test_deflate_is_read():
    assert unpack("deflate", zlib.compress(b"news")) == b"news"


def test_an_empty_body_needs_no_packing():
    assert unpack("gzip") == b""


def test_padding_after_the_data_means_nothing():
    assert unpack("gzip", gzip.compress(b"news"), b"\0\0\0\0") == b"news"


def test_deflate_without_its_header_is_read():
    packer = zlib.compressobj(wbits=-15)
    packed = packer.compress(b"news" * 9) + packer.flush()
    assert unpack("deflate", packed[:1], packed[1:]) == b"news" * 9


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,identity, x-gzip", "GZIP,gzip,utf-8"])
def test_packing_inside_packing_is_read(encoding):
    packed = gzip.compress(gzip.compress(b"news"))
    assert unpack(encoding, packed[:9], packed[9:]) == b"news"
    assert unpack("deflate, gzip", gzip.compress(zlib.compress(b"news"))) == b"news"


@pytest.mark.parametrize("encoding", ["utf-8", "none", "gzip"])
def test_text_that_is_called_packed_is_text(encoding):
    assert unpack(encoding, b"<", b"rss>", b"</rss>") == b"<rss></rss>"


@pytest.mark.parametrize(
    ("encoding", "packed"),
    [
        ("deflate", gzip.compress(b"<rss>")),
        ("gzip", zlib.compress(b"<rss>")),
        ("deflate", b"<rss>"),
        ("gzip", "\ufeff<rss>".encode("utf-16-le")),
    ],
    ids=["gzip", "deflate", "plain", "wide"],  # packed bytes hold the second they were packed in
)
def test_the_bytes_count_more_than_their_name(encoding, packed):
    assert unpack(encoding, packed).lstrip(b"\xff\xfe").replace(b"\0", b"") == b"<rss>"


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_of_a_body_with_a_wrong_checksum_all_is_had(size):
    body = bytes(range(256)) * 3
    packed = gzip.compress(body)[:-8] + b"12345678"
    inflater = Inflater("gzip", 1000, "feeds.example")
    damage = r"damaged gzip data: .*incorrect data check"
    with pytest.raises(NetworkError, match=damage):
        deque(map(inflater.feed, (packed[at : at + size] for at in range(0, len(packed), size))))
    assert inflater.unpacked == body


def test_what_came_before_the_damage_can_be_had():
    inflater = Inflater("gzip", 1000, "feeds.example")
    inflater.feed(gzip.compress(b"x" * 10))
    with pytest.raises(NetworkError):
        inflater.feed(gzip.compress(bytes(10_000)))
    assert (inflater.size, inflater.unpacked) == (1000, b"x" * 10 + bytes(990))


def test_a_bomb_in_a_bomb_is_stopped():
    bomb = gzip.compress(gzip.compress(bytes(10_000_000)))
    assert trouble("gzip, gzip", bomb, size=100_000)[0] is Trouble.TOO_LARGE
    wide = gzip.compress(bytes(10_000_000))
    assert trouble("gzip, gzip", gzip.compress(wide), size=5000)[0] is Trouble.TOO_LARGE


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, br", "gzip,gzip,gzip,gzip"])
def test_what_was_not_asked_for_is_not_read(encoding):
    assert trouble(encoding) == (
        Trouble.UNREADABLE,
        f"feeds.example sent packed as {encoding!r} although only gzip was asked for",
    )


def test_half_a_stream_is_not_a_whole_one():
    assert trouble("gzip", gzip.compress(b"news" * 9)[:-6]) == (
        Trouble.UNREADABLE,
        "feeds.example sent half a gzip stream: the rest is missing",
    )


def test_damage_is_said():
    kind, message = trouble("gzip", b"not gzip at all")
    assert kind is Trouble.UNREADABLE
    assert "damaged gzip data" in message


def test_a_small_body_that_unpacks_large_is_stopped():
    assert trouble("gzip", gzip.compress(bytes(10_000_000)), size=1_000_000) == (
        Trouble.TOO_LARGE,
        "feeds.example sent over 1 MB",
    )


def test_a_large_body_is_stopped_as_it_arrives():
    assert trouble("", b"x" * 600, b"x" * 600) == (
        Trouble.TOO_LARGE,
        "feeds.example sent over 0.001 MB",
    )


def test_the_very_limit_is_allowed():
    assert len(unpack("", bytes(1000))) == 1000
    assert len(unpack("gzip", gzip.compress(bytes(1000)))) == 1000
