"""The one client that leaves the house: httpx over connections of which every one is guarded.

httpx resolves and connects below anything a caller can see, so the guard sits at the bottom, where
connections are opened, to checked addresses only. The server's name for TLS and
the Host header stay those of the address that was asked for.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from watcher import __version__
from watcher.net.guard import Guard
from watcher.net.line import Line, connect

CONNECT_S = 10.0  # for one address, so that a second one still has its chance
TRIED = 4  # addresses of one host that are tried in turn before it counts as unreachable


def open_client(
    guard: Guard, contact: str = "", *, trust: ssl.SSLContext | None = None
) -> httpx.AsyncClient:
    """A client for `exchange`: guarded, without proxies, cookies or redirects of its own.

    Connections are not kept: polite spacing outlasts any keep-alive, and each connection then
    passes the guard that is in force. Close it with `aclose` or `async with`.

    Args:
        guard: which addresses may be reached.
        contact: a page or mail address put into the user agent, so that a host can complain.
        trust: the certificates to trust; those of certifi and of the system if None.
    """
    return httpx.AsyncClient(
        transport=GuardedTransport(guard, trust or trusted()),
        headers={
            b"user-agent": agent(contact).encode(),
            b"accept-encoding": b"gzip",
            b"connection": b"close",
        },
        cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),
        timeout=httpx.Timeout(None),  # connecting has its own, and all is under `exchange`'s
        trust_env=False,
    )


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
        trust.set_alpn_protocols(["http/1.1"])

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request over one new connection."""
        with _as_httpx():
            url = httpcore.URL(
                scheme=request.url.raw_scheme,
                host=request.url.raw_host,
                port=request.url.port,
                target=request.url.raw_path,
            )
            line = await self._connect(url)
            talk = httpcore.AsyncHTTP11Connection(origin=url.origin, stream=line)
            answer = await talk.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=url,
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer, talk),
            extensions=answer.extensions,
        )

    async def _connect(self, url: httpcore.URL) -> Line:
        """A connection to a checked address of the host; the last failure counts if all fail."""
        if url.scheme not in {b"http", b"https"}:
            raise httpcore.UnsupportedProtocol(f"only http and https, not {url.scheme!r}")
        host, port = url.origin.host.decode("ascii"), url.origin.port
        trust = self._trust if url.scheme == b"https" else None
        *others, last = (await self._guard.admit(host, port))[:TRIED]
        for address in others:
            try:
                return await connect(address, port, CONNECT_S, trust, host)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await connect(last, port, CONNECT_S, trust, host)

    async def aclose(self) -> None:
        """Nothing is kept open between two requests."""


class _Body(httpx.AsyncByteStream):
    """An answer's body, whose failures come as httpx's errors, and its connection."""

    def __init__(self, answer: httpcore.Response, talk: httpcore.AsyncHTTP11Connection) -> None:
        self._answer = answer
        self._talk = talk

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        with _as_httpx():
            await self._talk.aclose()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Turn httpcore's errors into those of httpx, which have the same names."""
    try:
        yield
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
