"""One connection over asyncio's own streams, in the form that httpcore speaks HTTP over.

httpcore's own goes through anyio, which makes each step some tenths of a millisecond dearer; with
ten thousand feeds that is half of what a poll costs.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress

import httpcore

from watcher.net.error import NetworkError, Trouble

BYE_S = 1.0  # for the other side to take leave of TLS
BROKEN_OFF = "broke the connection off"
NO_ANSWER = "closed the connection without an answer"


class Line(httpcore.AsyncNetworkStream):
    """An open connection; how long a step may take is for the caller's deadline to say."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ASYNC109
        """The next bytes; none at the end."""
        del timeout
        try:
            return await self._reader.read(max_bytes)
        except OSError as error:
            raise httpcore.ReadError(str(error)) from error

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ASYNC109
        """Send these bytes."""
        del timeout
        try:
            self._writer.write(buffer)
            await self._writer.drain()
        except OSError as error:
            raise httpcore.WriteError(str(error)) from error

    async def aclose(self) -> None:
        """Close the connection, whether or not the other side still listens."""
        self._writer.close()
        await asyncio.sleep(0)  # what is written goes out if it can go out now
        self._writer.transport.abort()

    def get_extra_info(self, info: str) -> object:
        """What httpcore asks of a connection."""
        return self._writer.get_extra_info(info)


async def connect(
    addresses: Sequence[str], port: int, patience_s: float, trust: ssl.SSLContext | None, host: str
) -> Line:
    """Open a connection to the first of some addresses that can be had.

    Nothing is left open if that fails or is given up.

    Args:
        addresses: in numbers, so that nothing is looked up; at least one.
        port: of each.
        patience_s: how long one may take, with TLS.
        trust: whom to trust; None to speak without TLS.
        host: that the other side must have proof of.

    Raises:
        NetworkError: why the last of them cannot be had.
    """
    *others, last = addresses
    for address in others:
        with suppress(OSError):  # a timeout is one
            return Line(*await _open(address, port, patience_s, trust, host))
    try:
        return Line(*await _open(last, port, patience_s, trust, host))
    except ssl.SSLError as error:
        detail = getattr(error, "verify_message", "") or error.reason or str(error)
        message = f"TLS with {host} failed: {detail}"
        raise NetworkError(message, trouble=Trouble.TLS) from error
    except OSError as error:
        message = f"cannot reach {host}: {error.strerror or str(error) or 'no connection'}"
        raise NetworkError(message, trouble=Trouble.UNREACHABLE) from error


async def _open(
    address: str, port: int, patience_s: float, trust: ssl.SSLContext | None, host: str
) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    async with asyncio.timeout(patience_s):
        if trust is None:
            return await asyncio.open_connection(address, port)
        return await asyncio.open_connection(
            address, port, ssl=trust, server_hostname=host, ssl_shutdown_timeout=BYE_S
        )


@contextmanager
def in_our_words(host: str) -> Iterator[None]:
    """Tell what httpcore says of an exchange as every other trouble is told.

    Raises:
        NetworkError: for each of its errors.
    """
    try:
        yield
    except httpcore.RemoteProtocolError as error:
        raise NetworkError(f"{host} {_fault(str(error))}", trouble=Trouble.RESET) from error
    except httpcore.NetworkError as error:
        raise NetworkError(f"{host} {BROKEN_OFF}", trouble=Trouble.RESET) from error
    except httpcore.LocalProtocolError as error:
        message = f"the exchange with {host} failed: {error}"
        raise NetworkError(message, trouble=Trouble.NOT_HTTP) from error


def _fault(told: str) -> str:
    """What the other side did, by httpcore's and h11's words."""
    if told.startswith("Server disconnected without"):
        return NO_ANSWER
    if told.startswith("peer closed connection without"):
        return BROKEN_OFF
    return f"does not speak HTTP well: {told}"
