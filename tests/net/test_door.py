"""Who is behind the door: addresses judged at each connection, names checked by TLS."""

from __future__ import annotations

import asyncio
import gc
import socket
import ssl
from base64 import b64encode
from pathlib import Path

import pytest

from tests.net.asking import LOOPBACK, SHORT, ask, trouble
from tests.servers import Reply, serve, unused_port
from watcher import __version__
from watcher.net import Guard, Hop, NetworkError, Trouble, exchange, open_client
from watcher.net.door import agent

PEM = Path(__file__).with_name("feeds.example.pem")


def test_without_a_contact_the_agent_is_name_and_version():
    assert agent("") == f"watcher/{__version__}"
    assert agent("a\r\nb") == f"watcher/{__version__} (+a b)"


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


def test_nobody_there():
    kind, message = trouble(f"http://127.0.0.1:{unused_port()}/")
    assert kind is Trouble.UNREACHABLE
    assert message.startswith("cannot reach 127.0.0.1: ")


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


def test_a_name_and_a_password_in_the_address_are_told_to_its_host_alone():
    with serve(Reply(body=b"news")) as other, serve() as server:
        server.script("/a", Reply(302, {"Location": "/b"}))
        server.script("/b", Reply(302, {"Location": other.url}))
        assert ask(server.at("/a").replace("//", "//desk:a%2Fb@")).body == b"news"
        told = [request.headers["authorization"] for request in server.requests]
        assert told == [f"Basic {b64encode(b'desk:a/b').decode()}"] * 2
        assert "authorization" not in other.requests[0].headers


def test_who_listens_hears_every_question_and_its_answer():
    heard: list[Hop] = []

    async def run(url: str) -> None:
        async with open_client(LOOPBACK) as client:
            client.listen = heard.append
            await exchange(client, "GET", url, headers={"accept": "text/xml"})

    with serve(Reply(302, {"Location": "/b"}), Reply(200, {"ETag": "é"})) as server:
        asyncio.run(run(server.url))
    assert [hop.asked[0] for hop in heard] == [f"GET {server.url}", f"GET {server.at('/b')}"]
    assert [hop.answered[0] for hop in heard] == ["HTTP/1.1 302", "HTTP/1.1 200"]
    assert heard[0].asked[1] == f"Host: {server.netloc}"
    assert heard[0].asked[-1] == "accept: text/xml"
    assert "Location: /b" in heard[0].answered


def test_a_client_that_is_closed_breaks_off_what_is_under_way():
    async def run(url: str) -> None:
        client = open_client(LOOPBACK)
        task = asyncio.create_task(exchange(client, "GET", url))
        await asyncio.to_thread(server.wait)
        await client.aclose()
        with pytest.raises(NetworkError, match="closed the connection without an answer"):
            await task

    with serve(Reply(silent=True)) as server:
        asyncio.run(run(server.url))


def test_a_connection_that_nobody_reads_is_let_go_at_the_deadline():
    kind, _ = trouble_of_post()
    gc.collect()
    assert kind is Trouble.TIMEOUT


def trouble_of_post() -> tuple[Trouble, str]:
    """What comes of a body that nobody takes: the server reads the head and falls silent."""

    async def run(port: int) -> None:
        async with open_client(LOOPBACK) as client:
            url = f"http://127.0.0.1:{port}/"
            body = b"x" * 20_000_000
            await exchange(client, "POST", url, body=body, limits=SHORT)

    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(NetworkError) as it:
        asyncio.run(run(deaf.getsockname()[1]))
    return it.value.trouble, str(it.value)
