"""The one client that leaves the house: httpx over a pool whose every connection is guarded.

httpx resolves and connects below anything a caller can see, so the guard sits at the bottom: a
network backend of httpcore that connects to checked addresses only. The server's name for TLS and
the Host header stay those of the address that was asked for.
"""

from __future__ import annotations

import ssl
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from http.cookiejar import CookieJar, DefaultCookiePolicy

import httpcore
import httpx

from watcher import __version__
from watcher.net.guard import Guard

CONNECT_S = 10.0  # for one address, so that a second one still has its chance
TRIED = 4  # addresses of one host that are tried in turn before it counts as unreachable
SocketOption = (
    tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]
)


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
        timeout=httpx.Timeout(None, connect=CONNECT_S),  # the rest is under `exchange`'s deadline
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


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to the addresses that the guard admits, the first that answers."""

    def __init__(self, guard: Guard) -> None:
        self._guard = guard
        self._plain = httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[SocketOption] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a checked address of the host; the last failure counts if all fail."""
        *others, last = (await self._guard.admit(host, port))[:TRIED]
        connect = partial(
            self._plain.connect_tcp,
            port=port,
            timeout=timeout,
            local_address=local_address,
            socket_options=socket_options,
        )
        for address in others:
            try:
                return _Line(await connect(address))
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return _Line(await connect(last))

    async def sleep(self, seconds: float) -> None:
        """Wait as httpcore's retries ask for."""
        await self._plain.sleep(seconds)


class _Line(httpcore.AsyncNetworkStream):
    """A connection that is closed also when its TLS handshake is cancelled.

    httpcore 1.0.9 closes it on errors only, so each deadline in a handshake would leak a socket.
    """

    def __init__(self, inner: httpcore.AsyncNetworkStream) -> None:
        self._inner = inner

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """The next bytes."""
        return await self._inner.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send these bytes."""
        await self._inner.write(buffer, timeout)

    async def aclose(self) -> None:
        """Close the connection."""
        await self._inner.aclose()

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection."""
        return self._inner.get_extra_info(info)

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
    ) -> httpcore.AsyncNetworkStream:
        """The same connection under TLS."""
        try:
            return await self._inner.start_tls(ssl_context, server_hostname, timeout)
        except BaseException:
            await self._inner.aclose()
            raise


class GuardedTransport(httpx.AsyncBaseTransport):
    """httpx over httpcore with our backend, which httpx's own transport has no place for."""

    def __init__(self, guard: Guard, trust: ssl.SSLContext) -> None:
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=trust,
            network_backend=GuardedBackend(guard),
            max_connections=None,
            max_keepalive_connections=0,
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request over one new connection."""
        url = request.url
        with _as_httpx():
            answer = await self._pool.handle_async_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(
                        scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                    ),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            answer.status,
            headers=answer.headers,
            stream=_Body(answer),
            extensions=answer.extensions,
        )

    async def aclose(self) -> None:
        """Close what is still open."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """An answer's body, whose failures come as httpx's errors."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx():
            async for part in self._answer.aiter_stream():
                yield part

    async def aclose(self) -> None:
        with _as_httpx():
            await self._answer.aclose()


@contextmanager
def _as_httpx() -> Iterator[None]:
    """Turn httpcore's errors into those of httpx, which have the same names."""
    try:
        yield
    except (httpcore.NetworkError, httpcore.ProtocolError, httpcore.TimeoutException) as error:
        raise getattr(httpx, type(error).__name__)(str(error)) from error
    except httpcore.UnsupportedProtocol as error:
        raise httpx.UnsupportedProtocol(str(error)) from error
