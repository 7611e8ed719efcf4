"""A loopback HTTP server that answers from a script and remembers what it was asked.

Real sockets, so that what is tested is what runs; every misbehaviour of the web is one value:

    with serve(Reply(429, {"Retry-After": "3"}), Reply(200, body=b"ok")) as server:
        ...  # post to server.url twice
        first, second = server.wait(2)
        assert first.headers["webhook-id"] == second.headers["webhook-id"]

Replies are given in turn and the last one is repeated. A reply may also be a function of the
request, and `server.script("/feed", …)` gives one path a script of its own, at any time.
The server lives in a thread of its own: it serves tests that are asyncio, threads or processes.
"""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from itertools import cycle
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked.

    Attributes:
        method: "GET", "POST", …
        path: with its query, as it was sent.
        headers: names in lower case; of a repeated one, the last.
        body: as it was sent.
        at: when its head was complete, on the monotonic clock, in seconds.
        connection: the number of the connection it came by, from 1.
    """

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""
    at: float = 0.0
    connection: int = 0

    @property
    def json(self) -> Any:
        """The body read as JSON."""
        return json.loads(self.body)


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered, and how badly.

    Attributes:
        status: of the answer.
        headers: beside Content-Length and Connection, which are added unless given here; a name
            may be repeated by giving pairs.
        body: of the answer.
        delay: seconds before the first byte.
        gate: set by the test to let the answer go; waited for before the first byte.
        chunk: the body is sent in pieces of so many bytes, `pause` seconds apart; 0 for whole.
        pause: seconds between pieces.
        endless: the body is repeated until the other side goes; no length is announced.
        cut: only so many bytes of the body are sent, whatever length was announced.
        reset: the connection is reset after what was sent; with `cut=0`, before any byte of body.
        raw: sent instead of head and body, byte for byte.
        silent: nothing is ever answered; the connection stays open.
    """

    status: int = 200
    headers: Mapping[str, str] | tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    delay: float = 0.0
    gate: threading.Event | None = None
    chunk: int = 0
    pause: float = 0.0
    endless: bool = False
    cut: int | None = None
    reset: bool = False
    raw: bytes | None = None
    silent: bool = False

    def gzipped(self) -> Self:
        """The same answer, packed as `Content-Encoding: gzip`."""
        pairs = (*self._pairs(), ("Content-Encoding", "gzip"))
        return type(self)(self.status, pairs, gzip.compress(self.body, mtime=0))

    def head(self) -> bytes:
        """The status line and headers as they are sent."""
        pairs = list(self._pairs())
        named = {name.lower() for name, _ in pairs}
        if not self.endless and not {"content-length", "transfer-encoding"} & named:
            pairs.append(("Content-Length", str(len(self.body))))
        if self.endless and "connection" not in named:
            pairs.append(("Connection", "close"))
        try:
            phrase = HTTPStatus(self.status).phrase
        except ValueError:
            phrase = "Unheard Of"
        lines = [f"HTTP/1.1 {self.status} {phrase}", *(f"{name}: {value}" for name, value in pairs)]
        return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")

    def _pairs(self) -> tuple[tuple[str, str], ...]:
        return tuple(self.headers.items()) if isinstance(self.headers, Mapping) else self.headers


Answerer = Callable[[Request], Reply]
OK = Reply()


@dataclass
class _Script:
    """Replies in turn; the last is repeated."""

    replies: tuple[Reply | Answerer, ...]
    given: int = 0

    def answer(self, request: Request) -> Reply:
        turn = self.replies[min(self.given, len(self.replies) - 1)]
        self.given += 1
        return turn(request) if callable(turn) else turn


@dataclass
class Server:
    """A running server: its address, its script, and everything it was asked.

    Attributes:
        port: on 127.0.0.1, given by the system.
        scheme: "http", or "https" if it was given a TLS context.
        requests: all of them, in the order their heads were complete.
        connections: accepted so far.
        busiest: the most requests that were being answered at one time.
        strict: hang up on what is no HTTP (such as TLS) instead of waiting for the rest of it.
    """

    port: int = 0
    scheme: str = "http"
    requests: list[Request] = field(default_factory=list)
    connections: int = 0
    busiest: int = 0
    strict: bool = False
    _busy: int = 0
    _default: _Script = field(default_factory=lambda: _Script((OK,)))
    _scripts: dict[str, _Script] = field(default_factory=dict)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    # A loop holds its tasks loosely: one that stays silent after the other side has gone would be
    # swept up where it waits.
    _talks: set[asyncio.Task[Any] | None] = field(default_factory=set)

    @property
    def netloc(self) -> str:
        """Host and port, as `network.allow_private` takes them."""
        return f"127.0.0.1:{self.port}"

    @property
    def url(self) -> str:
        """The address of the server's root, with its slash."""
        return self.at("/")

    def at(self, path: str) -> str:
        """The address of a path, which starts with a slash."""
        return f"{self.scheme}://{self.netloc}{path}"

    def script(self, path: str, *replies: Reply | Answerer) -> str:
        """Answer a path (its query aside) with these, from now on; returns its address."""
        with self._changed:
            self._scripts[path] = _Script(replies or (OK,))
        return self.at(path)

    def replies(self, *replies: Reply | Answerer) -> None:
        """Answer every path without a script with these, from now on."""
        with self._changed:
            self._default = _Script(replies or (OK,))

    def of(self, path: str) -> tuple[Request, ...]:
        """The requests for a path (their query aside) so far."""
        with self._changed:
            return tuple(r for r in self.requests if r.path.partition("?")[0] == path)

    def wait(self, count: int = 1, timeout: float = 10.0) -> tuple[Request, ...]:
        """The requests, once there are at least so many; raises TimeoutError if they stay away."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self.requests) >= count, timeout):
                raise TimeoutError(
                    f"{len(self.requests)} of {count} requests came in {timeout:g} s"
                )
            return tuple(self.requests)

    def _take(self, request: Request) -> Reply:
        with self._changed:
            self.requests.append(request)
            self._busy += 1
            self.busiest = max(self.busiest, self._busy)
            script = self._scripts.get(request.path.partition("?")[0], self._default)
            self._changed.notify_all()
            return script.answer(request)

    def _done(self) -> None:
        with self._changed:
            self._busy -= 1

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        number = self.connections
        talk = asyncio.current_task()
        self._talks.add(talk)
        try:
            while request := await _read(reader, number, strict=self.strict):
                reply = self._take(request)
                try:
                    if not await _answer(reply, writer, head_only=request.method == "HEAD"):
                        return
                finally:
                    self._done()
        except (OSError, EOFError, asyncio.CancelledError):
            pass  # the other side went away, or the test is over: nobody is left to be told
        finally:
            writer.close()
            self._talks.discard(talk)


async def _read(reader: asyncio.StreamReader, connection: int, *, strict: bool) -> Request | None:
    """One request; None where the other side has closed."""
    try:
        letter = await reader.readexactly(1)
        if strict and not letter.isalpha():
            return None
        head = letter + await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, path, _ = first.split(" ", 2)
    pairs = (line.partition(":") for line in lines)
    headers = {name.strip().lower(): value.strip() for name, _, value in pairs}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Request(method, path, headers, body, time.monotonic(), connection)


async def _answer(reply: Reply, writer: asyncio.StreamWriter, *, head_only: bool) -> bool:
    """Send one reply; False if the connection cannot be used again."""
    await asyncio.sleep(reply.delay)
    while reply.gate is not None and not reply.gate.is_set():  # noqa: ASYNC110 - set in a thread
        await asyncio.sleep(0.002)
    if reply.silent:
        await asyncio.Event().wait()
    if reply.raw is not None:
        writer.write(reply.raw)
        await writer.drain()
        return _reset(writer) if reply.reset else False
    writer.write(reply.head())
    for number, piece in enumerate(_pieces(reply) if not head_only else ()):
        if number and reply.pause:
            await asyncio.sleep(reply.pause)
        writer.write(piece)
        await writer.drain()
    await writer.drain()
    if reply.reset:
        return _reset(writer)
    return reply.cut is None and not reply.endless


def _pieces(reply: Reply) -> Iterator[bytes]:
    body = reply.body if reply.cut is None else reply.body[: reply.cut]
    size = reply.chunk or len(body) or 1
    pieces = [body[i : i + size] for i in range(0, len(body), size)]
    return cycle(pieces) if reply.endless else iter(pieces)


def _reset(writer: asyncio.StreamWriter) -> bool:
    """Close with RST instead of FIN."""
    plain: socket.socket = writer.get_extra_info("socket")
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    return False


@contextmanager
def serve(
    *replies: Reply | Answerer, tls: ssl.SSLContext | None = None, strict: bool = False
) -> Iterator[Server]:
    """A server on a port of 127.0.0.1 that the system chose, until the block ends.

    Args:
        replies: given in turn to every path without a script; the last is repeated. None: 200.
        tls: speak TLS with this context.
        strict: hang up on what is no HTTP instead of waiting for the rest of it.
    """
    server = Server(scheme="https" if tls else "http", strict=strict)
    server.replies(*replies)
    ready, loop = threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()
    thread = threading.Thread(
        target=loop.run_until_complete, args=(_run(server, tls, ready, stop),), daemon=True
    )
    thread.start()
    ready.wait(10)
    try:
        yield server
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


async def _run(
    server: Server, tls: ssl.SSLContext | None, ready: threading.Event, stop: asyncio.Event
) -> None:
    """Serve until told to stop, then break off every conversation and leave no socket open."""
    listener = await asyncio.start_server(server._talk, "127.0.0.1", 0, ssl=tls)
    server.port = listener.sockets[0].getsockname()[1]
    ready.set()
    await stop.wait()
    # asyncio drops, unclosed, what it accepted just before its server closes: so first no more is
    # accepted, then what was accepted becomes a conversation, and only then the server closes.
    asyncio.get_running_loop().remove_reader(listener.sockets[0].fileno())
    await _settle()
    listener.close()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await _settle()
    # Only the loop itself knows the connections whose TLS handshake was given up half-way.
    for transport in tuple(vars(asyncio.get_running_loop())["_transports"].values()):
        transport.abort()
    await _settle()


async def _settle() -> None:
    """Let the loop take the few steps it needs to make or to close a connection."""
    for _ in range(5):
        await asyncio.sleep(0)


def unused_port() -> int:
    """A port of 127.0.0.1 on which nobody listens just now: connecting to it is refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
