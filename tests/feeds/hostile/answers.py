"""What stands in the place of a feed: statuses, pages, and conversations that break off."""

from __future__ import annotations

from collections.abc import Iterator

from tests.feeds.hostile.case import (
    XML,
    Case,
    bad,
    feed,
    good,
)
from tests.servers import Reply
from watcher.source import Health


def answers() -> Iterator[tuple[str, Case]]:
    """Every kind of answer."""
    yield "/203", good(feed(), status=203)
    yield "/206", good(feed(), status=206)
    for status, health, reason in (
        (204, Health.NOT_A_FEED, "not a feed: the body is empty"),
        (304, Health.FAULTY, "304 although"),
        (400, Health.FAULTY, "400: bad request"),
        (401, Health.BLOCKED, "401: it asks for a password"),
        (403, Health.BLOCKED, "403: it does not let us in"),
        (404, Health.GONE, "404: nothing is there"),
        (410, Health.GONE, "410: it was taken down"),
        (418, Health.FAULTY, "418: "),
        (451, Health.BLOCKED, "451: it is withheld by law"),
        (500, Health.FAULTY, "500: internal server error"),
        (502, Health.FAULTY, "502: bad gateway"),
        (504, Health.SLOW, "504: the server behind it takes too long"),
        (522, Health.UNREACHABLE, "522: Cloudflare cannot reach the server behind it"),
        (999, Health.FAULTY, "999: a status that HTTP does not know"),
    ):
        yield f"/{status}", bad(Reply(status), health, reason)
    html = "<!doctype html><html><head><title>Log in</title>{}</head><body>x</body></html>"
    yield (
        "/login",
        bad(html.format(""), Health.NOT_A_FEED, 'not a feed: it is a web page, "Log in"'),
    )
    link = "<link rel='alternate' type='application/rss+xml' href='/rss091'>"
    yield "/page", bad(html.format(link), Health.NOT_A_FEED, "not a feed: it is a web page")
    yield "/empty", bad("", Health.NOT_A_FEED, "not a feed: the body is empty")
    yield "/blank", bad(" \n", Health.NOT_A_FEED, "not a feed: the body is empty")
    yield "/json-error", bad('{"error": "slow down"}', Health.NOT_A_FEED, "not a feed: JSON, but")
    yield "/opml", bad("<opml><body/></opml>", Health.NOT_A_FEED, "not a feed: it is a list of")
    yield "/sitemap-index", bad("<sitemapindex/>", Health.NOT_A_FEED, "not a feed: it is an index")
    yield "/binary", bad(bytes(range(256)) * 99, Health.NOT_A_FEED, "not a feed: it begins with")
    yield "/pdf", bad("%PDF-1.7", Health.NOT_A_FEED, "not a feed: it begins with '%PDF-1.7'")
    yield "/reset", bad(Reply(200, XML, b"x", cut=0, reset=True), Health.UNREACHABLE)
    yield (
        "/short",
        bad(
            Reply(200, XML, feed().encode() + b" " * 99, cut=len(feed())),
            Health.GARBLED,
            "only its beginning can be read (1 article): 127.0.0.1 broke the connection off",
            finds=True,
        ),
    )
    yield "/ssh", bad(Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Health.UNREACHABLE)
    yield "/nothing", bad(Reply(raw=b""), Health.UNREACHABLE)
    yield "/http09", bad(Reply(raw=feed().encode()), Health.UNREACHABLE)
    yield (
        "/endless",
        bad(Reply(200, XML, b"<rss><channel>" + b" " * 60_000, endless=True), Health.FAULTY),
    )
    yield (
        "/endless-news",
        bad(
            Reply(200, XML, feed().encode() + b" " * 60_000, endless=True),
            Health.GARBLED,
            "only its beginning can be read (167 articles): 127.0.0.1 sent over 10 MB",
            finds=True,
        ),
    )
    body = feed().encode()
    size = f"{len(body):x}".encode()
    chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    yield (
        "/chunked",
        Case(Reply(raw=chunked + size + b";x=y\r\n" + body + b"\r\n0\r\nT: 1\r\n\r\n")),
    )
    yield "/http10", Case(Reply(raw=b"HTTP/1.0 200 OK\r\n\r\n" + body))
    yield "/no-reason", Case(Reply(raw=b"HTTP/1.1 200\r\n\r\n" + body))
    yield "/line-feeds", Case(Reply(raw=b"HTTP/1.1 200 OK\nX: y\n\n" + body))
    yield (
        "/early-hints",
        Case(
            Reply(
                raw=b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n\r\n" + body
            )
        ),
    )
    many = b"".join(b"X-%d: y\r\n" % number for number in range(900))
    yield "/headers", Case(Reply(raw=b"HTTP/1.1 200 OK\r\n" + many + b"\r\n" + body))
    flood = b"HTTP/1.1 200 OK\r\nX: " + b"y" * 600_000
    yield "/long-header", bad(Reply(raw=flood), Health.UNREACHABLE)
    yield "/bad-chunk", bad(Reply(raw=chunked + b"zz\r\n"), Health.UNREACHABLE)
    yield "/silent", bad(Reply(silent=True), Health.SLOW, "no whole answer from 127.0.0.1 within")
    yield "/drip", bad(Reply(200, XML, body, chunk=1, pause=0.2), Health.SLOW, "no whole answer")
