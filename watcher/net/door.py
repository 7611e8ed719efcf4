"""The one client that leaves the house: httpx over connections of which every one is guarded.

The guard sits at the bottom, where connections are opened, to checked addresses only. The name for
TLS and the Host header stay those of the address that was asked for. No proxy of the environment
is used, no cookie is kept, no redirect is followed here: requests go to the transport of httpx
straight, for its client reads every `Location` and keeps what nobody asks for.
"""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import httpcore
import httpx

from watcher import __version__
from watcher.net.guard import Guard
from watcher.net.line import Line, connect, in_our_words

CONNECT_S = 10.0  # for one address, so that a second one still has its chance
TRIED = 4  # addresses of one host that are tried in turn before it counts as unreachable
BODILESS = frozenset({"GET", "HEAD"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is asked.

    Attributes:
        method: such as "GET".
        url: an http or https address.
        headers: sent byte for byte (one character a byte, latin-1).
        body: sent as it is.
    """

    method: str
    url: httpx.URL
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Hop:
    """One question and the head of its answer.

    Attributes:
        asked: the first line of the request, and its headers in order.
        answered: likewise of the answer.
    """

    asked: tuple[str, ...]
    answered: tuple[str, ...]


class Client:
    """Asks one question over one new connection; use it with `async with`.

    Connections are not kept: polite spacing outlasts any keep-alive, and each connection then
    passes the guard that is in force.

    Attributes:
        listen: told of every question that was answered; None if nobody listens.
    """

    def __init__(self, guard: Guard, contact: str, trust: ssl.SSLContext) -> None:
        self.listen: Callable[[Hop], None] | None = None
        self._transport = GuardedTransport(guard, trust)
        self._usual = {
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "User-Agent": agent(contact),
        }

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """Break off every conversation that is still under way."""
        await self._transport.aclose()

    @asynccontextmanager
    async def ask(self, question: Question) -> AsyncIterator[Incoming]:
        """The answer to one question as it comes.

        Raises:
            NetworkError: there is no connection or no answer.
        """
        request = httpx.Request(
            question.method,
            question.url,
            headers=self._headers(question),
            content=question.body,
        )
        answer = Incoming(await self._transport.handle_async_request(request))
        try:
            if self.listen:
                self.listen(_hop(request, answer))
            yield answer
        finally:
            await answer.aclose()

    def _headers(self, question: Question) -> list[tuple[bytes, bytes]]:
        """All headers of a request: the usual ones, unless others are given."""
        url, body = question.url, question.body
        said = {"Host": url.netloc.decode("ascii"), **self._usual}
        if url.userinfo:
            told = b64encode(f"{url.username}:{url.password}".encode()).decode()
            said["Authorization"] = f"Basic {told}"
        if body or question.method not in BODILESS:
            said["Content-Length"] = str(len(body))
        given = {name.lower() for name in question.headers}
        kept = [pair for pair in said.items() if pair[0].lower() not in given]
        return [
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in (*kept, *question.headers.items())
        ]


def open_client(guard: Guard, contact: str = "", *, trust: ssl.SSLContext | None = None) -> Client:
    """A client for `exchange`: guarded, without proxies, cookies or redirects of its own.

    Args:
        guard: which addresses may be reached.
        contact: a page or mail address put into the user agent, so that a host can complain.
        trust: the certificates to trust; those of certifi and of the system if None.
    """
    context = trust or trusted()
    context.set_alpn_protocols(["http/1.1"])
    return Client(guard, contact, context)


def agent(contact: str) -> str:
    """The user agent: who asks, which version, and where to complain."""
    shown = " ".join(contact.split())
    return f"watcher/{__version__} (+{shown})" if shown else f"watcher/{__version__}"


def trusted() -> ssl.SSLContext:
    """The public authorities, and those the system's operator added."""
    context = httpx.create_ssl_context(trust_env=False)
    context.load_default_certs()
    return context


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx over httpcore's HTTP, on connections that we open to addresses that the guard admits.

    Without httpcore's pool: it keeps connections, of which none is used again, and to find that out
    costs more than the connection.
    """

    def __init__(self, guard: Guard, trust: ssl.SSLContext) -> None:
        self._guard = guard
        self._trust = trust
        self._lines: set[Line] = set()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request over one new connection.

        Raises:
            NetworkError: there is no connection or no answer.
        """
        url = httpcore.URL(
            scheme=request.url.raw_scheme,
            host=request.url.raw_host,
            port=request.url.port,
            target=request.url.raw_path,
        )
        host, port = url.origin.host.decode("ascii"), url.origin.port
        addresses = await self._guard.admit(host, port)
        trust = self._trust if url.scheme == b"https" else None
        line = await connect(addresses[:TRIED], port, CONNECT_S, trust, host)
        self._lines.add(line)
        try:
            with in_our_words(host):
                talk = httpcore.AsyncHTTP11Connection(origin=url.origin, stream=line)
                answer = await talk.handle_async_request(
                    httpcore.Request(
                        method=request.method,
                        url=url,
                        headers=request.headers.raw,
                        content=request.stream,
                    )
                )
        except BaseException:
            await self._hang_up(line)
            raise
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, host, lambda: self._hang_up(line)),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Break off every conversation that is still under way."""
        for line in tuple(self._lines):
            await line.aclose()

    async def _hang_up(self, line: Line) -> None:
        self._lines.discard(line)
        await line.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body, whose failures come in our words, and the end of its connection."""

    def __init__(
        self, answer: httpcore.Response, host: str, hang_up: Callable[[], Awaitable[None]]
    ) -> None:
        self._answer = answer
        self._host = host
        self._hang_up = hang_up

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with in_our_words(self._host):
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        await self._hang_up()


class Incoming:
    """An answer that is coming: its head, and its body piece by piece.

    Attributes:
        status: the HTTP status.
        version: such as "HTTP/1.1".
        headers: names and values as they were sent, in order.
    """

    def __init__(self, answer: httpx.Response) -> None:
        self.status = answer.status_code
        self.version = answer.http_version
        self.headers = answer.headers.raw
        self._answer = answer
        self._pieces = answer.stream.__aiter__()  # type: ignore[union-attr]

    async def read(self) -> bytes:
        """The next piece of the body as it comes, still packed; nothing at its end.

        Raises:
            NetworkError: it breaks off before its end.
        """
        return await anext(self._pieces, b"")

    async def aclose(self) -> None:
        """Read no more of it; its connection is closed."""
        await self._answer.aclose()


def _hop(request: httpx.Request, answer: Incoming) -> Hop:
    return Hop(
        asked=(f"{request.method} {request.url}", *_lines(request.headers.raw)),
        answered=(f"{answer.version} {answer.status}", *_lines(answer.headers)),
    )


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    return [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in headers]
