"""How the body of an answer is read: within bounds, as it arrives, one large one at a time.

A body is small until it has half a megabyte. What grows beyond that waits until no other large one
is in memory, so that a hundred feeds of ten megabytes cost the memory of one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import BinaryIO

from watcher.net.door import Incoming
from watcher.net.error import NetworkError, Trouble
from watcher.net.inflate import Inflater

START_S = 5.0  # for the body of an answer whose status is what counts
SMALL = 500_000  # bytes, unpacked
PATIENCE_S = 120.0  # for the large bodies before one


@dataclass(frozen=True, slots=True)
class Limits:
    """How much one exchange may cost.

    Attributes:
        deadline: for the whole of it, from the look-up of the name to the last byte.
        size: bytes of body, counted as they arrive and again when unpacked.
        redirects: how many are followed; with 0 the answer that redirects is the answer.
        partial: the status is what counts, so the beginning of the body is enough: one that is too
            large, too slow, broken off or damaged is given as far as it came.
        salvage: of a body that is too large, too slow, broken off or damaged the beginning is
            given; the answer says why it is cut.
    """

    deadline: timedelta = timedelta(seconds=30)
    size: int = 10_000_000
    redirects: int = 5
    partial: bool = False
    salvage: bool = False


class Room:
    """Memory for large bodies: as many at a time as it has places.

    Args:
        places: how many large bodies may be in memory.
    """

    def __init__(self, places: int = 1) -> None:
        self._places = asyncio.Semaphore(places)

    @asynccontextmanager
    async def load(self) -> AsyncIterator[Load]:
        """What one exchange holds, until the block ends."""
        load = Load(self._places)
        try:
            yield load
        finally:
            load.drop()


class Load:
    """What one exchange holds in memory."""

    def __init__(self, places: asyncio.Semaphore) -> None:
        self._places = places
        self._is_large = False

    async def grow(self, size: int, bound: asyncio.Timeout) -> None:
        """Wait for a place if what is held has become large, with the deadline standing still.

        Raises:
            NetworkError: the large bodies before it take too long.
        """
        if size <= SMALL or self._is_large:
            return
        try:
            async with standing_still(bound), asyncio.timeout(PATIENCE_S):
                await self._places.acquire()
        except TimeoutError as error:
            message = f"it is large, and had to wait for others for over {PATIENCE_S:g} s"
            raise NetworkError(message, trouble=Trouble.TIMEOUT) from error
        self._is_large = True

    def drop(self) -> None:
        """Give the place to the next."""
        if self._is_large:
            self._places.release()
        self._is_large = False


@asynccontextmanager
async def standing_still(bound: asyncio.Timeout) -> AsyncIterator[None]:
    """Time that does not count against a deadline."""
    loop = asyncio.get_running_loop()
    left = (bound.when() or 0.0) - loop.time()
    bound.reschedule(None)
    try:
        yield
    finally:
        bound.reschedule(loop.time() + left)


@dataclass(slots=True, kw_only=True)
class Arrival:
    """An answer as far as it has come, and where its body goes.

    Attributes:
        bound: the deadline of the exchange.
        into: a file that the body is written to as it arrives; None to keep it in memory.
        load: told how much is kept; None if nobody counts.
        status: the HTTP status; 0 while there is none.
        headers: by lower-case name.
        inflater: of a body that may be salvaged; None while there is none.
        body: unpacked.
        cut: why the body is only a beginning; None if it is whole.
    """

    bound: asyncio.Timeout
    into: BinaryIO | None = None
    load: Load | None = None
    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    inflater: Inflater | None = None
    body: bytes = b""
    cut: NetworkError | None = None

    async def take(self, inflater: Inflater) -> None:
        """Take over what has been unpacked, or count it."""
        if self.into is not None:
            self.into.write(inflater.take())
        elif self.load is not None:
            await self.load.grow(inflater.size, self.bound)

    def salvage(self, error: NetworkError) -> bool:
        """Let what came be the body, cut for this reason; False if nothing came or may be kept."""
        if self.inflater is None or not self.inflater.size:
            return False
        self.body, self.cut, self.inflater = self.inflater.unpacked, error.anew(), None
        return True


async def read_body(answer: Incoming, arrival: Arrival, limits: Limits, host: str) -> None:
    """Read the body, counted as it arrives and as it unpacks.

    Raises:
        NetworkError: it is not whole, and not to be salvaged, or nothing of it came.
    """
    inflater = Inflater(arrival.headers.get("content-encoding", ""), limits.size, host)
    arrival.inflater = inflater if limits.salvage else None
    try:
        while chunk := await answer.read():
            inflater.feed(chunk)
            await arrival.take(inflater)
        arrival.body = inflater.finish()
        arrival.inflater = None
    except NetworkError as error:
        if not arrival.salvage(error):
            raise


async def read_start(answer: Incoming, arrival: Arrival, limits: Limits, host: str) -> None:
    """Read the body as far as it comes."""
    try:
        inflater = Inflater(arrival.headers.get("content-encoding", ""), limits.size, host)
    except NetworkError:
        return
    with suppress(NetworkError, TimeoutError):
        async with asyncio.timeout(START_S):
            while chunk := await answer.read():
                inflater.feed(chunk)
    arrival.body = inflater.unpacked
