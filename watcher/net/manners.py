"""How a guest behaves: one question at a time per host, some seconds apart, and patient when asked.

The default spacing is what Media Cloud uses on its 180,000 feeds.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from functools import lru_cache

import httpx

LONGEST_WAIT = timedelta(days=1)
LANES = 20_000  # hosts that are remembered before those that are idle are forgotten
NUMBER = re.compile(r"\d+(\.\d+)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Manners:
    """How one host is treated: the setting `network.hosts`.

    Attributes:
        spacing: least time between the starts of two exchanges.
        at_once: most exchanges at the same time.
    """

    spacing: timedelta = timedelta(seconds=5)
    at_once: int = 1

    def __post_init__(self) -> None:
        if self.spacing < timedelta(0) or self.at_once < 1:
            raise ValueError("spacing must not be negative, and at_once at least 1")


class Gate:
    """Lets exchanges start when their host, and this machine, can bear one more.

    Args:
        hosts: manners for single hosts, by lower-case name without port.
        default: manners for all others.
        at_once: most exchanges at the same time over all hosts.
    """

    def __init__(
        self,
        hosts: Mapping[str, Manners] | None = None,
        *,
        default: Manners | None = None,
        at_once: int = 64,
    ) -> None:
        self._hosts = dict(hosts or {})
        self._default = default or Manners()
        self._lanes: dict[str, _Lane] = {}
        self._most = LANES
        self._all = asyncio.Semaphore(at_once)

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[Turn]:
        """Wait for the turn of this address's host; it lasts as long as the block."""
        turn = Turn(self._all, self._lane)
        await turn.move(url)
        try:
            yield turn
        finally:
            turn.end()

    def rest(self, url: str, wait: timedelta) -> None:
        """Remember that an address's host asked not to be asked for so long, whatever the address.

        A host that may be asked several questions at once carries feeds that have nothing to do
        with each other, so there the wish of one is not that of all.
        """
        lane = self._lane(_host(url))
        if lane.at_once == 1:
            lane.rest(wait)

    def resting(self, url: str) -> timedelta:
        """How long an address's host still wants to be left alone; nothing if it does not."""
        lane = self._lanes.get(_host(url))
        return lane.resting() if lane else timedelta(0)

    def _lane(self, host: str) -> _Lane:
        if host not in self._lanes:
            if len(self._lanes) >= self._most:
                self._sweep()
            self._lanes[host] = _Lane(self._hosts.get(host, self._default))
        return self._lanes[host]

    def _sweep(self) -> None:
        """Forget the hosts of which nothing need be remembered: articles lead to ever new ones."""
        lanes = self._lanes.items()
        self._lanes = {host: lane for host, lane in lanes if host in self._hosts or lane.is_used}
        self._most = max(LANES, 2 * len(self._lanes))


class Turn:
    """The right to ask one host now; given by `Gate.turn`."""

    def __init__(self, places: asyncio.Semaphore, lane: Callable[[str], _Lane]) -> None:
        self._places = places
        self._find = lane
        self._lane: _Lane | None = None

    async def move(self, url: str) -> None:
        """Wait for the turn of another address's host; of the same host this is still the turn.

        The former host is let go before the wait: two that are sent to each other's host would
        wait for ever otherwise.
        """
        lane = self._find(_host(url))
        if lane is self._lane:
            return
        self.end()
        await lane.places.acquire()
        try:
            async with lane.door:
                await lane.wait()
                await self._places.acquire()
                lane.start()
        except BaseException:
            lane.places.release()
            raise
        self._lane = lane

    def end(self) -> None:
        """Let others have their turn; doing so twice is doing so once."""
        if self._lane is not None:
            self._lane.places.release()
            self._places.release()
            self._lane = None


class _Lane:
    """The turns of one host, on the event loop's clock."""

    def __init__(self, manners: Manners) -> None:
        self.at_once = manners.at_once
        self.places = asyncio.Semaphore(manners.at_once)
        self.door = asyncio.Lock()  # one at a time waits for its start
        self._spacing = manners.spacing.total_seconds()
        self._free = self._rested = 0.0

    @property
    def is_used(self) -> bool:
        """Whether somebody has or waits for the turn of a host with one, or its start matters."""
        return self.places.locked() or max(self._free, self._rested) > _now()

    async def wait(self) -> None:
        """Wait until the spacing to the last start has passed."""
        left = self._free - _now()
        if left > 0:
            await asyncio.sleep(left)

    def start(self) -> None:
        """Count the spacing from now, the true start."""
        self._free = _now() + self._spacing

    def rest(self, wait: timedelta) -> None:
        """Be left alone for so long from now on, unless it is longer already."""
        self._rested = max(self._rested, _now() + wait.total_seconds())

    def resting(self) -> timedelta:
        """How long it is still to be left alone."""
        return timedelta(seconds=max(0.0, self._rested - _now()))


def _now() -> float:
    """The event loop's clock, which never leaps."""
    return asyncio.get_running_loop().time()


@lru_cache(maxsize=LANES)
def _host(url: str) -> str:
    """The host of an address, without port; "" if there is none."""
    try:
        return httpx.URL(url).host.lower()
    except (httpx.InvalidURL, UnicodeError):
        return ""


def retry_after(headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """How long an answer asks us to wait, from nothing to a day; None if it does not say.

    Args:
        headers: by lower-case name; `retry-after` holds seconds or a date (RFC 9110, 10.2.3).
        now: an aware time.
    """
    value = headers.get("retry-after", "").strip()
    if NUMBER.fullmatch(value):
        return timedelta(seconds=min(float(value), LONGEST_WAIT.total_seconds()))
    try:
        until = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if until.tzinfo is None:
        until = until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta(0)), LONGEST_WAIT)
