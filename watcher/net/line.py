"""One connection and HTTP/1.1 over it: h11 for the rules, asyncio's own streams for the bytes.

A general client does more at each step than a poll that is answered in one line can bear: it looks
for cookies, pools, hooks and a second event loop. With ten thousand feeds that was half of what a
poll cost.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Sequence
from contextlib import suppress

import h11

from watcher.net.error import NetworkError, Trouble

BYE_S = 1.0  # for the other side to take leave of TLS
PIECE = 65_536  # bytes that are read at once
LONGEST_HEAD = 100_000  # bytes of status and headers
BROKEN_OFF = "broke the connection off"

Headers = list[tuple[bytes, bytes]]


class Line:
    """An open connection, for one question; how long it may take is for the caller to say.

    Args:
        reader: what comes.
        writer: what goes.
        host: who is at the other end, for messages.
    """

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, host: str
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._host = host
        self._talk = h11.Connection(h11.CLIENT, LONGEST_HEAD)

    async def ask(self, method: str, target: bytes, headers: Headers, body: bytes) -> h11.Response:
        """Send a request; its answer without the body.

        Args:
            method: such as "GET".
            target: path and query.
            headers: in order, "host" among them.
            body: announced by them if there is one.

        Raises:
            NetworkError: it cannot be sent, or what comes is no answer.
        """
        with suppress(OSError):  # a server may answer, and go, before it has read everything
            self._writer.write(self._worded(method, target, headers, body))
            await self._writer.drain()
        while not isinstance(event := await self._next(), h11.Response):
            continue  # a hint that comes before it
        return event

    def _worded(self, method: str, target: bytes, headers: Headers, body: bytes) -> bytes:
        """A request as it goes over the wire."""
        try:
            request = h11.Request(method=method, target=target, headers=headers)
            told = (request, h11.Data(data=body), h11.EndOfMessage())
            return b"".join(self._talk.send(event) or b"" for event in told)
        except h11.LocalProtocolError as error:
            message = f"the exchange with {self._host} failed: {error}"
            raise NetworkError(message, trouble=Trouble.NOT_HTTP) from error

    async def read(self) -> bytes:
        """The next piece of the answer's body as it comes, still packed; nothing at its end.

        Raises:
            NetworkError: it breaks off before its end.
        """
        event = await self._next()
        return bytes(event.data) if isinstance(event, h11.Data) else b""

    async def _next(self) -> h11.Event:
        """What the other side says next."""
        data = b"-"
        try:
            while True:
                event = self._talk.next_event()
                if isinstance(event, h11.Event):
                    return event
                data = await self._reader.read(PIECE)
                if not data and self._talk.their_state is h11.SEND_RESPONSE:
                    raise self._broken("closed the connection without an answer")
                self._talk.receive_data(data)
        except h11.RemoteProtocolError as error:
            why = f"does not speak HTTP well: {error}" if data else BROKEN_OFF
            raise self._broken(why) from error
        except OSError as error:
            raise self._broken(BROKEN_OFF) from error

    def _broken(self, why: str) -> NetworkError:
        return NetworkError(f"{self._host} {why}", trouble=Trouble.RESET)

    async def aclose(self) -> None:
        """Close the connection, whether or not the other side still listens."""
        self._writer.close()
        await asyncio.sleep(0)  # what is written goes out if it can go out now
        self._writer.transport.abort()


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
            return Line(*await _open(address, port, patience_s, trust, host), host)
    try:
        return Line(*await _open(last, port, patience_s, trust, host), host)
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
