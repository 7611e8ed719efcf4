"""Packed bodies come out whole and bounded, or say why not."""

from __future__ import annotations

import gzip
import zlib

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


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "gzip,identity"])
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
