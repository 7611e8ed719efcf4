"""Feeds that are meant to harm their reader."""

from __future__ import annotations

from collections.abc import Iterator

from tests.feeds.hostile.case import (
    TEXT,
    Case,
    bad,
    feed,
    good,
)
from watcher.source import Health


def attacks() -> Iterator[tuple[str, Case]]:
    """Each would take minutes or gigabytes."""
    tens = ((number + 1, f"&l{number};" * 10) for number in range(9))
    laughs = "".join(f"<!ENTITY l{number} '{ten}'>" for number, ten in tens)
    yield (
        "/laughs",
        bad(
            f'<!DOCTYPE r [<!ENTITY l0 "ha">{laughs}]>{feed("&l9;")}', Health.REFUSED, "refused: it"
        ),
    )
    yield (
        "/file-entity",
        bad(f'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>{feed("&x;")}', Health.REFUSED),
    )
    yield "/deep", good("<rss><channel>" + "<a>" * 30_000 + feed())
    many = " ".join(f"a{number}='1'" for number in range(10_000))
    yield "/wide", good(f"<rss {many}>{feed()}")
    yield "/attributes", good(feed(f"<p {many}>{TEXT}</p>"))
    yield "/long-attribute", good(feed(f"<p title='{'x' * 600_000}'>{TEXT}</p>"))
    told = f"<content:encoded>{TEXT}</content:encoded>"
    yield "/comments", good(feed("&lt;!--" * 20_000, told))
    yield "/open-comments", good(feed() + "<!--" * 30_000)
    yield "/open-tags", good(feed() + "<a b='" * 30_000)
    yield "/angles", good(feed(TEXT + " <" * 50_000))
    yield "/ampersands", good(feed(TEXT + "&" * 100_000))
    yield "/spaces", good(feed(TEXT + " " * 600_000))
    yield "/long-word", good(feed(f"{TEXT} {'a' * 200_000}"))
    yield "/marks", good(feed(f"{TEXT} a" + "\u0301" * 100_000))
    yield "/json-deep", bad('{"a":' * 100_000, Health.NOT_A_FEED, "not a feed: broken JSON")
    yield (
        "/json-number",
        bad(
            '{"version": "https://jsonfeed.org/version/1", "items": [' + "9" * 100_000,
            Health.NOT_A_FEED,
        ),
    )
    links = "<link>javascript:alert(1)</link><guid>data:text/html,x</guid>"
    yield "/links", good(feed(more=links))
