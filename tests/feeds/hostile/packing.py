"""Bodies packed well, badly, and to burst."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

from tests.feeds.hostile.case import (
    XML,
    Case,
    bad,
    feed,
    good,
    packed,
    raw_deflate,
)
from tests.servers import Reply
from watcher.source import Health


def packing() -> Iterator[tuple[str, Case]]:
    """Gzip and its kin."""
    data = feed().encode()
    yield "/gzip", good(packed(data), Content_Encoding="gzip")
    yield "/x-gzip", good(packed(data), Content_Encoding="X-GZip")
    yield "/gzip-parts", good(packed(data[:50]) + packed(data[50:]), Content_Encoding="gzip")
    yield "/gzip-padded", good(packed(data) + bytes(9), Content_Encoding="gzip")
    yield "/gzip-twice", good(packed(data, times=2), Content_Encoding="gzip, gzip")
    yield "/gzip-unsaid", good(packed(data))
    yield "/gzip-file", good(packed(data, times=2), Content_Encoding="gzip")
    yield "/gzip-lie", good(data, Content_Encoding="gzip")
    yield "/gzip-named-deflate", good(packed(data), Content_Encoding="deflate")
    yield "/deflate-named-gzip", good(zlib.compress(data), Content_Encoding="gzip")
    yield "/deflate-lie", good(data, Content_Encoding="deflate")
    checked = Reply(200, XML | {"Content-Encoding": "gzip"}, packed(data)[:-8] + b"12345678")
    yield "/gzip-checksum", bad(checked, Health.GARBLED, "only its beginning", finds=True)
    yield "/deflate", good(zlib.compress(data), Content_Encoding="deflate")
    yield "/deflate-raw", good(raw_deflate(data), Content_Encoding="deflate")
    for label in ("identity", "none", "utf-8", "binary"):
        yield f"/packed-as/{label}", good(data, Content_Encoding=label)
    labels = ("br", "zstd", "compress", "gzip, br", "gzip,gzip,gzip,gzip,gzip")
    for number, label in enumerate(labels):
        reply = Reply(200, XML | {"Content-Encoding": label}, b"\x1b" * 99)
        yield f"/packed-as/{number}", bad(reply, Health.FAULTY, "127.0.0.1 sent packed as")
    half = Reply(200, XML | {"Content-Encoding": "gzip"}, packed(data)[:-9])
    yield "/gzip-half", bad(half, Health.GARBLED, "only its beginning", finds=True)
    junk = Reply(200, XML | {"Content-Encoding": "gzip"}, b"\x1f\x8bjunk and more junk")
    yield "/gzip-junk", bad(junk, Health.FAULTY, "127.0.0.1 sent damaged gzip data")
    bomb = {"Content-Encoding": "gzip"}
    zeros = Reply(200, XML | bomb, packed(bytes(12_000_000)))
    yield "/bomb", bad(zeros, Health.FAULTY, "127.0.0.1 sent over 10 MB")
    nested = Reply(
        200, XML | {"Content-Encoding": "gzip, gzip"}, packed(bytes(12_000_000), times=2)
    )
    yield "/bomb-in-bomb", bad(nested, Health.FAULTY, "127.0.0.1 sent over 10 MB")
    unsaid = Reply(200, XML, packed(bytes(12_000_000), times=2))
    yield "/bomb-unsaid", bad(unsaid, Health.FAULTY, "cannot be read: it unpacks to over 10 MB")
    flat = zlib.compress(bytes(12_000_000))
    yield (
        "/bomb-deflate",
        bad(
            Reply(200, XML | {"Content-Encoding": "deflate"}, flat),
            Health.FAULTY,
            "127.0.0.1 sent over",
        ),
    )
    padded = feed().encode().replace(b"</rss>", b" " * 12_000_000 + b"</rss>")
    yield (
        "/bomb-behind-news",
        bad(
            Reply(200, XML | bomb, packed(padded)), Health.GARBLED, "only its beginning", finds=True
        ),
    )
