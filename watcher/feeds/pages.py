"""The page of an article, fetched as politely as a feed: robots.txt first, one request at a time.

A page is asked for once, and never sooner than its feed was read, so nothing here is in a hurry.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urljoin, urlsplit

from watcher.errors import FeedError
from watcher.feeds.parser import Parser
from watcher.feeds.robots import LARGEST, Robots, parse_robots
from watcher.feeds.verdict import blame, judge
from watcher.net import Answer, Client, Gate, Limits, NetworkError, exchange
from watcher.source import Health

HOPS = 5
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PAGE_LIMITS = Limits(deadline=timedelta(seconds=20), size=5_000_000, redirects=0)
ROBOTS_LIMITS = Limits(deadline=timedelta(seconds=10), size=LARGEST, partial=True)
READABLE = ("text/html", "application/xhtml+xml", "text/plain")
ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.5"
FRESH = timedelta(days=1)
"""How long a robots.txt counts; RFC 9309, 2.4 allows no longer."""

KEPT = 1000
"""Hosts whose robots.txt is remembered."""


@dataclass(frozen=True, slots=True)
class _Kept:
    robots: Robots
    until: datetime


class PageReader:
    """Fetches articles' pages.

    Args:
        client: from `open_client`.
        gate: the same as for feeds, so that a host is asked one question at a time by both.
        parser: for pages alone, so that no feed waits for them.
        clock: the time, aware, in UTC.
    """

    def __init__(
        self, client: Client, gate: Gate, parser: Parser, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._gate = gate
        self._parser = parser
        self._clock = clock
        self._robots: OrderedDict[str, _Kept] = OrderedDict()

    async def read(self, url: str) -> tuple[str, timedelta]:
        """The text of a page, and how long its host wants to be left alone afterwards.

        Raises:
            FeedError: why not. Only if its `state` is slow or unreachable it is worth another try.
        """
        try:
            answer, robots = await self._fetch(url)
        except NetworkError as error:
            raise blame(error) from error
        self._check(answer)
        kind = answer.headers.get("content-type", "")
        text = await self._parser.extract(answer.body, kind, answer.url)
        return text, robots.delay or timedelta(0)

    async def _fetch(self, url: str) -> tuple[Answer, Robots]:
        """The answer at the end of all redirects, each of which its host must let robots follow."""
        for _ in range(HOPS):
            robots = await self._ask_robots(url)
            if not robots.allow(url):
                raise FeedError("robots.txt does not allow it", state=Health.BLOCKED)
            answer = await self._ask(url, PAGE_LIMITS)
            location = answer.headers.get("location", "")
            if answer.status not in REDIRECTS or not location:
                return answer, robots
            url = _onward(url, location)
        raise FeedError(f"it redirects more than {HOPS} times", state=Health.FAULTY)

    async def _ask(self, url: str, limits: Limits) -> Answer:
        if rest := self._gate.resting(url):
            raise FeedError("its host asks for rest", state=Health.SLOW, retry_after=rest)
        async with self._gate.turn(url) as turn:
            return await exchange(
                self._client, "GET", url, headers={"accept": ACCEPT}, limits=limits, turn=turn
            )

    def _check(self, answer: Answer) -> None:
        """Raise unless the answer is a page."""
        try:
            judge(answer, {}, self._clock())
        except FeedError as error:
            if error.retry_after:
                self._gate.rest(answer.url, error.retry_after)
            state = Health.SLOW if answer.status >= 500 else Health(error.state)
            raise FeedError(str(error), state=state, retry_after=error.retry_after) from error
        kind = answer.headers.get("content-type", "text/html").partition(";")[0].strip().lower()
        if kind not in READABLE:
            raise FeedError(f"it is not a page: {kind[:100]}", state=Health.FAULTY)

    async def _ask_robots(self, url: str) -> Robots:
        """What the host lets us read, asked for once a day.

        Without the file (4xx) all may be read; while it cannot be had (5xx, no answer) nothing may
        (RFC 9309, 2.3.1).
        """
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}".lower()
        kept = self._robots.get(origin)
        if kept is None or kept.until <= self._clock():
            kept = _Kept(await self._fetch_robots(origin), self._clock() + FRESH)
        self._robots[origin] = kept
        self._robots.move_to_end(origin)
        if len(self._robots) > KEPT:
            self._robots.popitem(last=False)
        return kept.robots

    async def _fetch_robots(self, origin: str) -> Robots:
        answer = await self._ask(f"{origin}/robots.txt", ROBOTS_LIMITS)
        if answer.status >= 500 or answer.status == 429:
            message = f"{answer.status} for robots.txt, without which nothing is read"
            raise FeedError(message, state=Health.SLOW)
        if answer.status >= 400:
            return Robots()
        # RFC 9309, 2.3.1: it is UTF-8. To guess at half a megabyte would take a second.
        text = answer.body.decode("utf-8", "replace").removeprefix("\ufeff")
        return await asyncio.to_thread(parse_robots, text)


def _onward(url: str, location: str) -> str:
    """Where a redirect leads, which may be written in raw UTF-8.

    Raises:
        FeedError: it leads nowhere.
    """
    try:
        onward = urljoin(url, location.encode("latin-1").decode("utf-8", "replace"))
        urlsplit(onward)
    except ValueError as error:
        message = f"it redirects to what is not an address: {error}"
        raise FeedError(message, state=Health.FAULTY) from error
    return onward
