"""One connection over asyncio's own streams, in the form that httpcore speaks HTTP over.

httpcore's own goes through anyio, which makes each step some tenths of a millisecond dearer; with
ten thousand feeds that is half of what a poll costs.
"""

from __future__ import annotations

import asyncio
import ssl

import httpcore

BYE_S = 1.0  # for the other side to take leave of TLS


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
    address: str, port: int, patience_s: float, trust: ssl.SSLContext | None, name: str
) -> Line:
    """Open a connection; nothing is left open if that fails or is given up.

    Args:
        address: in numbers, so that nothing is looked up.
        port: of the address.
        patience_s: how long it may take, with TLS.
        trust: whom to trust; None to speak without TLS.
        name: that the other side must have proof of.

    Raises:
        httpcore.ConnectTimeout: it took too long.
        httpcore.ConnectError: it was refused, or TLS failed.
    """
    try:
        async with asyncio.timeout(patience_s):
            if trust is None:
                return Line(*await asyncio.open_connection(address, port))
            streams = await asyncio.open_connection(
                address,
                port,
                ssl=trust,
                server_hostname=name,
                ssl_shutdown_timeout=BYE_S,
            )
            return Line(*streams)
    except TimeoutError as error:
        raise httpcore.ConnectTimeout(str(error)) from error
    except OSError as error:
        raise httpcore.ConnectError(str(error)) from error
