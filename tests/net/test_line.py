"""One connection: what happens on it comes in our own words, and nothing stays open."""

from __future__ import annotations

import asyncio
import gc
import ssl

import httpcore
import httpx
import pytest

from tests.net.asking import LOOPBACK
from tests.servers import Reply, serve, unused_port
from watcher.net import NetworkError, Trouble, open_client
from watcher.net.door import Question
from watcher.net.line import connect

HOME = "127.0.0.1"


async def visit(port: int, *, body: bytes = b"") -> tuple[int, list[bytes]]:
    """Status and body, piece by piece, of one answer."""
    question = Question(
        method="GET",
        url=httpx.URL(f"http://{HOME}:{port}/"),
        headers={"Host": "a.example"},
        body=body,
    )
    async with open_client(LOOPBACK) as client, client.ask(question) as answer:
        pieces = [await answer.read()]
        while pieces[-1]:
            pieces.append(await answer.read())
    return answer.status, pieces


def told(reply: Reply, *, body: bytes = b"") -> tuple[Trouble, str]:
    with serve(reply) as server, pytest.raises(NetworkError) as caught:
        asyncio.run(visit(server.port, body=body))
    return caught.value.trouble, str(caught.value)


def test_bytes_go_out_and_come_in_until_the_end():
    async def run(port: int) -> list[bytes]:
        line = await connect([HOME], port, 5, None, HOME)
        assert line.get_extra_info("peername") == (HOME, port)
        await line.write(b"GET / HTTP/1.1\r\n\r\n")
        parts = [await line.read(5)]
        while parts[-1]:
            parts.append(await line.read(4096))
        await line.aclose()
        return parts

    with serve(Reply(raw=b"HELLO there")) as server:
        assert asyncio.run(run(server.port)) == [b"HELLO", b" there", b""]


def test_a_connection_that_breaks_off_is_told_to_who_reads_and_who_writes():
    async def run(port: int) -> None:
        line = await connect([HOME], port, 5, None, HOME)
        await line.write(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(httpcore.ReadError):
            await line.read(5)
        with pytest.raises(httpcore.WriteError):
            await line.write(b"more")
        await line.aclose()

    with serve(Reply(raw=b"", reset=True)) as server:
        asyncio.run(run(server.port))


def test_a_question_is_answered_until_the_end():
    with serve(Reply(body=b"HELLO there")) as server:
        assert asyncio.run(visit(server.port, body=b"x")) == (200, [b"HELLO there", b""])
        (request,) = server.requests
    assert (request.headers["host"], request.body) == ("a.example", b"x")


def test_hints_come_before_the_answer_and_another_protocol_is_none():
    hints = b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
    with serve(Reply(raw=hints + b"HTTP/1.1 200 OK\r\n\r\nnews")) as server:
        assert asyncio.run(visit(server.port)) == (200, [b"news", b""])
    kind, message = told(Reply(raw=b"HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\nnews"))
    assert (kind, "does not speak HTTP well" in message) == (Trouble.RESET, True)


def test_who_is_not_there_or_takes_no_leave_of_silence_is_told():
    async def run(port: int) -> None:
        with pytest.raises(NetworkError, match=r"cannot reach 127\.0\.0\.1: Connect call") as it:
            await connect([HOME], unused_port(), 5, None, HOME)
        assert it.value.trouble is Trouble.UNREACHABLE
        with pytest.raises(NetworkError, match=r"cannot reach feeds\.example: no connection"):
            await connect([HOME], port, 0.05, ssl.create_default_context(), "feeds.example")

    with serve() as server:  # waits for the rest of what it takes for an HTTP request
        asyncio.run(run(server.port))
    gc.collect()  # a socket left open would warn here, and warnings are errors


def test_the_next_address_is_tried():
    async def run(port: int) -> None:
        line = await connect(["127.0.0.2", HOME], port, 5, None, HOME)
        await line.aclose()

    with serve() as server:
        asyncio.run(run(server.port))


def test_a_connection_that_breaks_off_is_told():
    trouble = Trouble.RESET
    assert told(Reply(raw=b"", reset=True)) == (trouble, f"{HOME} broke the connection off")
    assert told(Reply(raw=b"")) == (trouble, f"{HOME} closed the connection without an answer")
    assert told(Reply(body=b"news", cut=2)) == (trouble, f"{HOME} broke the connection off")
    kind, message = told(Reply(raw=b"SSH-2.0-OpenSSH_9.2\r\n\r\n"))
    assert (kind, message.startswith(f"{HOME} does not speak HTTP well: ")) == (trouble, True)


def test_an_answer_counts_that_comes_before_all_is_sent():
    answer = Reply(raw=b"HTTP/1.1 413 Large\r\nContent-Length: 0\r\n\r\n")
    with serve(answer) as server:
        assert asyncio.run(visit(server.port, body=bytes(300)))[0] == 413
