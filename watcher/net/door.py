"""The one client that leaves the house, over connections of which every one is guarded.

The guard sits at the bottom, where connections are opened, to checked addresses only. The name for
TLS and the Host header stay those of the address that was asked for. No proxy of the environment
is used, no cookie is kept, no redirect is followed here.
"""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import h11
import httpx

from watcher import __version__
from watcher.net.guard import Guard
from watcher.net.line import Headers, Line, connect

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
        self._guard = guard
        self._trust = trust
        self._usual = {
            "Accept": "*/*",
            "Accept-Encoding": "gzip",
            "Connection": "close",
            "User-Agent": agent(contact),
        }
        self._lines: set[Line] = set()

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
        for line in tuple(self._lines):
            await line.aclose()

    @asynccontextmanager
    async def ask(self, question: Question) -> AsyncIterator[tuple[h11.Response, Line]]:
        """The head of the answer to one question, and the line that its body comes by.

        Raises:
            NetworkError: there is no connection or no answer.
        """
        url = question.url
        host, is_tls = url.raw_host.decode("ascii"), url.scheme == "https"
        port = url.port or (443 if is_tls else 80)
        addresses = await self._guard.admit(host, port)
        trust = self._trust if is_tls else None
        line = await connect(addresses[:TRIED], port, CONNECT_S, trust, host)
        self._lines.add(line)
        try:
            sent = self._headers(question)
            head = await line.ask(question.method, url.raw_path, sent, question.body)
            if self.listen:
                self.listen(_hop(question, sent, head))
            yield head, line
        finally:
            self._lines.discard(line)
            await line.aclose()

    def _headers(self, question: Question) -> Headers:
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


def _hop(question: Question, sent: Headers, head: h11.Response) -> Hop:
    return Hop(
        asked=(f"{question.method} {question.url}", *_lines(sent)),
        answered=(
            f"HTTP/{head.http_version.decode()} {head.status_code}",
            *_lines(head.headers.raw_items()),
        ),
    )


def _lines(headers: Iterable[tuple[bytes, bytes]]) -> list[str]:
    return [f"{name.decode('latin-1')}: {value.decode('latin-1')}" for name, value in headers]
