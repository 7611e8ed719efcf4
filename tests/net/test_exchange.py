"""One exchange: whole, bounded, guarded, and every failure one error with one reason."""

from __future__ import annotations

import asyncio
import gc
import io
import ssl
import threading
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from tests.servers import Reply, serve, unused_port
from watcher import __version__
from watcher.net import Answer, Guard, Limits, NetworkError, Trouble, exchange, open_client
from watcher.net.door import GuardedBackend, agent
from watcher.net.exchange import _onward

LOOPBACK = Guard(("127.0.0.0/8",))
SHORT = Limits(deadline=timedelta(seconds=0.2), size=1000)
PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is quick to make
PEM = Path(__file__).with_name("feeds.example.pem")


def ask(url, *, method="GET", guard=LOOPBACK, trust=None, contact="", **kwargs) -> Answer:
    async def run() -> Answer:
        async with open_client(guard, contact, trust=trust or PLAIN) as client:
            return await exchange(client, method, url, **kwargs)

    return asyncio.run(run())


def trouble(url, **kwargs) -> tuple[Trouble, str]:
    with pytest.raises(NetworkError) as caught:
        ask(url, **kwargs)
    return caught.value.trouble, str(caught.value)


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


def test_without_a_contact_the_agent_is_name_and_version():
    assert agent("") == f"watcher/{__version__}"
    assert agent("a\r\nb") == f"watcher/{__version__} (+a b)"


def test_headers_go_and_come_byte_for_byte():
    odd = 'W/"\u00e9-x"'
    with serve(Reply(200, (("ETag", "ü"), ("X-A", "1"), ("X-A", "2")))) as server:
        answer = ask(server.url, headers={"If-None-Match": odd})
        assert server.requests[0].headers["if-none-match"] == odd
    assert answer.headers["etag"].encode("latin-1").decode() == "ü"
    assert answer.headers["x-a"] == "1, 2"


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


def test_redirects_are_followed_and_told():
    with serve() as server:
        server.script("/a", Reply(301, {"Location": "/b"}))
        server.script("/b", Reply(308, {"Location": server.at("/c")}, b"ignored"))
        server.script("/c", Reply(302, {"Location": "d"}))
        server.script("/d", Reply(body=b"news"))
        answer = ask(server.at("/a"), headers={"Authorization": "secret"})
        last = server.requests[-1]
    assert (answer.url, answer.body) == (server.at("/d"), b"news")
    assert answer.redirects == (
        (301, server.at("/b")),
        (308, server.at("/c")),
        (302, server.at("/d")),
    )
    assert answer.moved_to == server.at("/c")
    assert last.headers["authorization"] == "secret"


def test_a_move_for_good_all_the_way_leads_to_the_end():
    with serve(Reply(301, {"Location": "/b"}), Reply(body=b"news")) as server:
        assert ask(server.url).moved_to == server.at("/b")


def test_what_is_meant_for_one_host_stays_with_it():
    with serve(Reply(body=b"news")) as other, serve() as server:
        server.replies(Reply(302, {"Location": other.url}))
        answer = ask(server.url, headers={"Authorization": "secret", "If-None-Match": "x"})
        (request,) = other.requests
    assert answer.moved_to == ""
    assert "authorization" not in request.headers
    assert request.headers["if-none-match"] == "x"


@pytest.mark.parametrize(
    ("method", "reply", "limits"),
    [
        ("GET", Reply(302, {"Location": "/b"}, b"here"), Limits(redirects=0)),
        ("POST", Reply(302, {"Location": "/b"}), None),
        ("GET", Reply(302), None),
        ("GET", Reply(304, {"Location": "/b"}), None),
    ],
)
def test_what_is_not_followed_is_the_answer(method, reply, limits):
    with serve(reply) as server:
        answer = ask(server.url, method=method, limits=limits)
        assert len(server.requests) == 1
    assert (answer.status, answer.redirects) == (reply.status, ())
    assert answer.body == (reply.body if limits else b"")


def test_redirects_end():
    with serve(Reply(302, {"Location": "/"})) as server:
        assert trouble(server.url) == (
            Trouble.REDIRECTS,
            "127.0.0.1 redirects for ever (more than 5 times)",
        )
        assert len(server.requests) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://a:99999/"])
def test_a_redirect_leads_to_http_or_nowhere(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.url)[0] is Trouble.NOT_HTTP


@pytest.mark.parametrize("target", ["http://[::1", "http://a:b/", "http://\x01/"])
def test_a_redirect_that_is_not_an_address_is_said(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.url)[0] in {Trouble.NOT_HTTP, Trouble.RESET}


@pytest.mark.parametrize("target", ["y" * 65_530, "é" * 30_000])
def test_a_redirect_of_great_length_is_said(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.at("/" + "x" * 100 + "/"))[0] in {Trouble.NOT_HTTP, Trouble.RESET}


def test_a_redirect_to_a_name_that_cannot_be_decoded_is_said():
    with serve(Reply(302, {"Location": "http://xn--/"})) as server:
        assert trouble(server.url)[0] is Trouble.NOT_HTTP


def test_where_a_redirect_leads_is_an_address_or_an_error():
    asked = httpx.Request("GET", "http://a.example/x")
    assert _onward(asked, 302, {"location": "/\xc3\xa9"}) == httpx.URL("http://a.example/é")
    with pytest.raises(NetworkError, match="redirects to what is not an address") as caught:
        _onward(asked, 302, {"location": "http://a:b/"})
    assert caught.value.trouble is Trouble.NOT_HTTP


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


def test_a_redirect_passes_the_guard_too():
    with serve(Reply(body=b"secret")) as inside, serve() as outside:
        outside.replies(Reply(302, {"Location": inside.url}))
        kind, message = trouble(outside.url, guard=Guard((outside.netloc,)))
        assert (kind, inside.connections) == (Trouble.REFUSED, 0)
    assert f"add {inside.netloc} to network.allow_private" in message


def test_a_name_that_changes_its_meaning_is_judged_at_each_connection():
    answers = iter([("127.0.0.1",), ("127.0.0.9",)])

    async def rebinding(host: str, port: int) -> tuple[str, ...]:
        return next(answers)

    async def run(port: int) -> None:
        guard = Guard((f"127.0.0.1:{port}",), resolve=rebinding)
        async with open_client(guard) as client:
            first = await exchange(client, "GET", f"http://feeds.example:{port}/")
            assert first.body == b"news"
            with pytest.raises(NetworkError, match=r"feeds\.example \(127\.0\.0\.9\) is not a pub"):
                await exchange(client, "GET", f"http://feeds.example:{port}/")

    with serve(Reply(body=b"news")) as server:
        asyncio.run(run(server.port))
        assert server.requests[0].headers["host"] == f"feeds.example:{server.port}"
        assert server.connections == 1


def test_the_next_address_is_tried_when_one_does_not_answer():
    async def two(host: str, port: int) -> tuple[str, ...]:
        return ("127.0.0.2", "127.0.0.1")

    with serve(Reply(body=b"news")) as server:
        guard = Guard(("127.0.0.0/8",), resolve=two)
        assert ask(f"http://feeds.example:{server.port}/", guard=guard).body == b"news"


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


def test_nobody_there():
    kind, message = trouble(f"http://127.0.0.1:{unused_port()}/")
    assert kind is Trouble.UNREACHABLE
    assert message.startswith("cannot reach 127.0.0.1: ")


def test_a_header_that_cannot_be_sent_is_said():
    with serve() as server:
        assert trouble(server.url, headers={"X": "a\r\nb"})[0] is Trouble.NOT_HTTP


def https_context() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


async def home(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def test_the_name_for_tls_is_that_of_the_address():
    trust = ssl.create_default_context(cafile=PEM)
    with serve(Reply(body=b"news"), tls=https_context()) as server:
        guard = Guard((f"feeds.example:{server.port}",), resolve=home)
        url = f"https://feeds.example:{server.port}/"
        assert ask(url, guard=guard, trust=trust).body == b"news"


def test_a_stranger_s_certificate_is_not_trusted():
    with serve(tls=https_context()) as server:
        guard = Guard((f"feeds.example:{server.port}",), resolve=home)

        async def run() -> None:
            async with open_client(guard) as client:
                await exchange(client, "GET", f"https://feeds.example:{server.port}/")

        with pytest.raises(
            NetworkError, match=r"TLS with feeds\.example failed: self.signed"
        ) as it:
            asyncio.run(run())
    assert it.value.trouble is Trouble.TLS


def test_a_handshake_without_an_end_leaves_no_connection_behind():
    with serve() as server:  # waits for the rest of what it takes for an HTTP request
        url = f"https://127.0.0.1:{server.port}/"
        assert trouble(url, limits=SHORT)[0] is Trouble.TIMEOUT
    gc.collect()  # a socket left open would warn here, and warnings are errors


def test_the_client_alone_speaks_in_httpx_errors():
    async def run(url: str) -> None:
        async with open_client(LOOPBACK) as client:
            with pytest.raises(httpx.ConnectError):
                await client.get(url)
            with pytest.raises(httpx.UnsupportedProtocol):
                await client.get("ftp://127.0.0.1/")

    asyncio.run(run(f"http://127.0.0.1:{unused_port()}/"))


def test_the_backend_waits_as_asked():
    async def run() -> float:
        loop = asyncio.get_running_loop()
        start = loop.time()
        await GuardedBackend(LOOPBACK).sleep(0.01)
        return loop.time() - start

    assert asyncio.run(run()) >= 0.009


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
