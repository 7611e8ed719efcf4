"""Crawls for tests, written by hand: what is broken must be broken exactly so."""

from __future__ import annotations

import gzip
from collections.abc import Iterable
from pathlib import Path

HTML = "Content-Type: text/html; charset=utf-8"


def answer(body: bytes, *headers: str, status: str = "200 OK") -> bytes:
    """What a server sent."""
    return "\r\n".join([f"HTTP/1.1 {status}", *headers, "", ""]).encode() + body


def record(
    link: str,
    body: bytes,
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    length: int | None = None,
) -> bytes:
    """A record of a crawl."""
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {link}",
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>",
        "WARC-Date: 2020-01-01T00:00:00Z",
        f"Content-Type: {media}",
        f"Content-Length: {len(body) if length is None else length}",
        "",
        "",
    ]
    return "\r\n".join(head).encode() + body + b"\r\n\r\n"


def page(link: str, text: str) -> bytes:
    """A record of a page."""
    return record(link, answer(f"<title>T</title><p>{text}</p>".encode(), HTML))


def write(path: Path, records: Iterable[bytes]) -> Path:
    """A file of records, each packed by itself if its name ends with .gz."""
    packed = path.suffix == ".gz"
    path.write_bytes(b"".join(gzip.compress(each) if packed else each for each in records))
    return path
