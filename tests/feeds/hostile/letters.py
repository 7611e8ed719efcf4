"""Feeds in every encoding, under right names and wrong ones."""

from __future__ import annotations

import codecs
from collections.abc import Iterator

from tests.feeds.hostile.case import (
    ARABIC,
    HEBREW,
    PERSIAN,
    RUSSIAN,
    TEXT,
    Case,
    feed,
    good,
)


def letters() -> Iterator[tuple[str, Case]]:
    """One path for each encoding and label."""
    pairs = [
        (ARABIC, "windows-1256"),
        (ARABIC, "iso-8859-6"),
        (PERSIAN, "utf-8"),
        (RUSSIAN, "windows-1251"),
        (RUSSIAN, "koi8-r"),
        (RUSSIAN, "iso-8859-5"),
        (HEBREW, "windows-1255"),
    ]
    for text, charset in pairs:
        data = feed(text).encode(charset)
        for label in ("", "utf-8", "iso-8859-1", "us-ascii", "x-nonsense", charset):
            kind = f"text/xml; charset={label}" if label else "text/xml"
            yield f"/charset/{charset}/as/{label or 'none'}", good(data, Content_Type=kind)
    for charset in ("utf-16", "utf-32", "utf-16-le", "utf-32-be"):
        yield f"/charset/{charset}", good(feed(ARABIC).encode(charset))
    for mark in (codecs.BOM_UTF8, b"\n \xef\xbb\xbf", codecs.BOM_UTF8 * 2):
        yield f"/mark/{mark.hex()}", good(mark + feed(ARABIC).encode())
    twice = feed(ARABIC).encode()
    for wrong in ("latin-1", "cp1252", "cp1256"):
        data = twice.decode(wrong, "replace").encode() if wrong != "cp1252" else b""
        data = (
            data
            or "".join(
                bytes([byte]).decode(wrong, "ignore") or chr(byte) for byte in twice
            ).encode()
        )
        yield f"/twice/{wrong}", good(data)
    prolog = "<?xml version='1.0' encoding='{}'?>"
    for label in ("utf-16", "iso-8859-1", "windows-1252", "UTF8", "none", ""):
        said = feed(ARABIC).replace("<?xml version='1.0'?>", prolog.format(label))
        yield f"/prolog/{label or 'empty'}", good(said)
    bad_byte = feed(ARABIC * 5 + "XX").encode().replace(b"XX", b"\xff")
    yield "/bad-byte", good(bad_byte)
    yield "/zero-bytes", good(feed(f"\0a{TEXT}\0\x01\x1b[31m\x7f"))
    pieces = feed(PERSIAN).encode() + b"<!-- -->" + b"<item><title>" + ARABIC.encode("cp1256")
    yield "/mixed", good(pieces.replace(b"</channel></rss>", b""))
