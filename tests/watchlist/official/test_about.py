from __future__ import annotations

import pytest

from watcher.watchlist.official import About, Origin, Publisher, parse_about

ABOUT = About(
    publisher=Publisher.UN,
    published="2026-02-27",
    version="ab12",
    imported="2026-02-28T01:00:00+00:00",
    entities=3,
    checksum="cd34",
    origins=(Origin(address="https://un.example/list.xml", etag='"1"', modified="x"),),
)


def test_what_is_kept_is_read_back() -> None:
    assert parse_about(ABOUT.dump()) == ABOUT


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff", b"[]", ABOUT.dump()[:-9]])
def test_what_is_none_of_ours_says_nothing(data: bytes) -> None:
    assert parse_about(data) is None


def test_validators_ask_for_another_one_only() -> None:
    assert ABOUT.origins[0].validators == {"if-none-match": '"1"', "if-modified-since": "x"}
    assert Origin(address="x").validators == {}
