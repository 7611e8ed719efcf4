"""One connection: what happens on it comes in httpcore's own words, and nothing stays open."""

from __future__ import annotations

import asyncio
import gc
import ssl

import httpcore
import pytest

from tests.servers import Reply, serve, unused_port
from watcher.net.line import connect

HOME = "127.0.0.1"


def test_bytes_go_out_and_come_in_until_the_end():
    async def run(port: int) -> list[bytes]:
        line = await connect(HOME, port, 5, None, HOME)
        assert line.get_extra_info("peername") == (HOME, port)
        await line.write(b"GET / HTTP/1.1\r\n\r\n")
        parts = [await line.read(5)]
        while parts[-1]:
            parts.append(await line.read(4096))
        await line.aclose()
        return parts

    with serve(Reply(raw=b"HELLO there")) as server:
        assert asyncio.run(run(server.port)) == [b"HELLO", b" there", b""]


def test_who_is_not_there_or_takes_no_leave_of_silence_is_told():
    async def run(port: int) -> None:
        with pytest.raises(httpcore.ConnectError):
            await connect(HOME, unused_port(), 5, None, HOME)
        with pytest.raises(httpcore.ConnectTimeout):
            await connect(HOME, port, 0.05, ssl.create_default_context(), "feeds.example")

    with serve() as server:  # waits for the rest of what it takes for an HTTP request
        asyncio.run(run(server.port))
    gc.collect()  # a socket left open would warn here, and warnings are errors


def test_a_connection_that_breaks_off_is_told_to_who_reads_and_who_writes():
    async def run(port: int) -> None:
        line = await connect(HOME, port, 5, None, HOME)
        await line.write(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(httpcore.ReadError):
            await line.read(5)
        with pytest.raises(httpcore.WriteError):
            await line.write(b"more")
        await line.aclose()

    with serve(Reply(raw=b"", reset=True)) as server:
        asyncio.run(run(server.port))
