"""One exchange: whole, bounded, guarded, and every failure one error with one reason."""

from __future__ import annotations

import asyncio
import io
import threading
from datetime import timedelta

import pytest

from tests.net.asking import LOOPBACK, SHORT, ask, trouble
from tests.servers import Reply, serve, unused_port
from watcher import __version__
from watcher.net import Limits, Trouble, exchange, open_client


def test_an_answer_comes_whole():
    with serve(Reply(203, {"X-One": "1", "ETag": '"é"'}, b"news")) as server:
        answer = ask(server.at("/feed?a=1"), contact="desk@example.org")
        (request,) = server.requests
    assert (answer.status, answer.body, answer.url) == (203, b"news", server.at("/feed?a=1"))
    assert answer.headers["x-one"] == "1"
    assert answer.redirects == ()
    assert answer.elapsed > timedelta(0)
    assert request.headers["host"] == server.netloc
    assert request.headers["user-agent"] == f"watcher/{__version__} (+desk@example.org)"
    assert request.headers["accept-encoding"] == "gzip"


def test_headers_go_and_come_byte_for_byte():
    odd = 'W/"\u00e9-x"'
    with serve(Reply(200, (("ETag", "ü"), ("X-A", "1"), ("X-A", "2")))) as server:
        answer = ask(server.url, headers={"If-None-Match": odd})
        assert server.requests[0].headers["if-none-match"] == odd
    assert answer.headers["etag"].encode("latin-1").decode() == "ü"
    assert answer.headers["x-a"] == "1, 2"


def test_of_headers_that_may_be_there_once_the_first_counts():
    twice = b"HTTP/1.1 200 OK\r\nETag: a\r\nVary: x\r\netag: b\r\nVary: y\r\n\r\n"
    with serve(Reply(raw=twice)) as server:
        headers = ask(server.url).headers
    assert (headers["etag"], headers["vary"]) == ("a", "x, y")


def test_a_body_is_sent_as_it_is():
    with serve() as server:
        ask(server.url, method="POST", body=b"\x00\xff", headers={"X-Id": "7"})
        (request,) = server.requests
    assert (request.method, request.body, request.headers["x-id"]) == ("POST", b"\x00\xff", "7")


def test_a_packed_answer_is_unpacked():
    with serve(Reply(body=b"news" * 99).gzipped()) as server:
        assert ask(server.url).body == b"news" * 99


def test_cookies_are_not_kept():
    async def twice(url: str) -> None:
        async with open_client(LOOPBACK) as client:
            await exchange(client, "GET", url)
            await exchange(client, "GET", url)

    with serve(Reply(200, {"Set-Cookie": "a=b; Path=/"})) as server:
        asyncio.run(twice(server.url))
        assert all("cookie" not in request.headers for request in server.requests)
        assert server.connections == 2


@pytest.mark.parametrize("variable", ["http_proxy", "HTTP_PROXY", "ALL_PROXY"])
def test_the_environment_names_no_proxy(variable, monkeypatch):
    with serve(Reply(body=b"news")) as server:
        monkeypatch.setenv(variable, f"http://127.0.0.1:{unused_port()}")
        assert ask(server.url).body == b"news"


@pytest.mark.parametrize(
    ("reply", "body"),
    [
        (Reply(500, body=b"whole"), b"whole"),
        (Reply(500, body=b"whole", cut=2), b"wh"),
        (Reply(500, body=b"whole").gzipped(), b"whole"),
        (Reply(500, {"Content-Encoding": "br"}, b"whole"), b""),
    ],
)
def test_where_the_status_counts_the_body_is_taken_as_far_as_it_comes(reply, body):
    with serve(reply) as server:
        answer = ask(server.url, limits=Limits(partial=True))
    assert (answer.status, answer.body) == (500, body)


@pytest.mark.parametrize(
    "url",
    ["", "/etc/passwd", "file:///etc/passwd", "ftp://a.example/", "http://", "http://a:0/", "//x"],
)
def test_only_http_is_spoken(url):
    assert trouble(url)[0] is Trouble.NOT_HTTP


@pytest.mark.parametrize(
    "url", ["http://a:99999/", "http://[::1/", "http://a\0b/", "http://a.invalid/\ud800"]
)
def test_what_is_not_an_address_is_said(url):
    assert trouble(url)[0] in {Trouble.NOT_HTTP, Trouble.UNRESOLVED}


@pytest.mark.parametrize(
    "reply",
    [
        Reply(silent=True),
        Reply(body=b"x" * 100, chunk=1, pause=0.05),
        Reply(delay=5),
        Reply(raw=b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf", gate=threading.Event()),
    ],
)
def test_the_deadline_holds_the_whole(reply):
    with serve(reply) as server:
        assert trouble(server.url, limits=SHORT) == (
            Trouble.TIMEOUT,
            "no whole answer from 127.0.0.1 within 0.2 s",
        )


@pytest.mark.parametrize(
    "reply", [Reply(body=b"x" * 400, endless=True), Reply(body=bytes(1_000_000)).gzipped()]
)
def test_too_much_is_too_much(reply):
    limits = Limits(size=1000)
    with serve(reply) as server:
        assert trouble(server.url, limits=limits) == (
            Trouble.TOO_LARGE,
            "127.0.0.1 sent over 0.001 MB",
        )


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 100, cut=50),
        Reply(body=b"x" * 100, cut=0, reset=True),
        Reply(raw=b"", reset=True),
        Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"),
    ],
)
def test_a_broken_conversation_is_said(reply):
    with serve(reply) as server:
        assert trouble(server.url)[0] is Trouble.RESET


def test_a_header_that_cannot_be_sent_is_said():
    with serve() as server:
        assert trouble(server.url, headers={"X": "a\r\nb"})[0] is Trouble.NOT_HTTP


def test_a_cancelled_exchange_leaves_no_connection_behind():
    async def run(url: str) -> None:
        async with open_client(LOOPBACK) as client:
            task = asyncio.create_task(exchange(client, "GET", url))
            await asyncio.to_thread(server.wait)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task

    with serve(Reply(silent=True)) as server:
        asyncio.run(run(server.url))  # a socket left open would warn, and warnings are errors


def test_a_large_body_is_written_as_it_arrives_and_not_kept():
    body = bytes(range(256)) * 4000
    for reply in (Reply(body=body, chunk=50_000), Reply(body=body).gzipped()):
        into = io.BytesIO()
        with serve(reply) as server:
            answer = ask(server.url, into=into)
        assert (answer.body, into.getvalue()) == (b"", body)


def test_what_is_written_as_it_arrives_is_bounded_and_only_of_a_200():
    into = io.BytesIO()
    with serve(
        Reply(404, body=b"gone"), Reply(body=b"x" * 5000), Reply(body=b"y" * 5000).gzipped()
    ) as server:
        assert ask(server.url, into=into).body == b"gone"
        assert into.getvalue() == b""
        for _ in range(2):
            kind, _ = trouble(server.url, limits=SHORT, into=into)
            assert kind is Trouble.TOO_LARGE
