"""One question to another machine and its whole answer, bounded in time, bytes and hops.

A client of the usual kind is not enough: its time limits are per operation, so a drip runs for
ever; its decoders let 894 bytes of brotli become 2 GB; it takes half a gzip stream for a whole one.
Here one deadline holds the exchange, the raw bytes are counted before and after unpacking, and
redirects are followed by hand, each through the guard.
"""

from __future__ import annotations

import asyncio
import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import BinaryIO
from urllib.parse import urljoin

import httpx

from watcher.net.body import Arrival, Limits, Load, read_body, read_start, standing_still
from watcher.net.door import Client, Incoming, Question
from watcher.net.error import NetworkError, Trouble
from watcher.net.manners import Turn

PERMANENT = frozenset({301, 308})
WHOLE = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_PORT = 65535
QUAD = re.compile(r"^(https?://(?:[^/?#]*@)?)([0-9]+(?:\.[0-9]+){3})\.?(?=[:/?#]|$)", re.IGNORECASE)
SINGLE = frozenset({"etag", "expires", "last-modified", "location", "retry-after"})
SAFE = frozenset({"GET", "HEAD"})  # a body is never sent on to an address that was not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.

    Attributes:
        status: the HTTP status.
        headers: by lower-case name, byte for byte (one character a byte, latin-1); repeated ones
            are joined by ", "; of those that may come only once, the first counts.
        body: unpacked.
        url: the address that answered, after all redirects.
        redirects: status and target of each redirect followed, in order.
        elapsed: how long the exchange took.
        cut: why the body is only a beginning; None if it is whole.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str
    redirects: tuple[tuple[int, str], ...]
    elapsed: timedelta
    cut: NetworkError | None = None

    @property
    def moved_to(self) -> str:
        """The address that this answer says to use from now on; "" if it says nothing of it."""
        target = ""
        for status, url in self.redirects:
            if status not in PERMANENT:
                break
            target = url
        return target


async def exchange(  # noqa: PLR0913 - what HTTP asks for, and its limits
    client: Client,
    method: str,
    url: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes = b"",
    limits: Limits | None = None,
    into: BinaryIO | None = None,
    turn: Turn | None = None,
    load: Load | None = None,
) -> Answer:
    """Send one request and read its answer whole; any status is an answer.

    Args:
        client: from `open_client`.
        method: such as "GET"; only GET and HEAD follow redirects.
        url: an http or https address.
        headers: sent byte for byte (one character a byte, latin-1).
        body: sent as it is.
        limits: what it may cost; `Limits()` if None.
        into: where the body of a 200 is written as it arrives, instead of being kept in the answer;
            what was written before a `NetworkError` is no whole body.
        turn: of the address's host, for a redirect to another host to wait for the turn of that
            one; such waits do not count against the deadline. None to follow at once.
        load: told how much of the body is kept in memory; None if nobody counts.

    Raises:
        NetworkError: no whole answer within the limits; its `trouble` says which kind.
    """
    limits = limits or Limits()
    loop = asyncio.get_running_loop()
    start = loop.time()
    question = Question(method=method, url=_parse(url), headers=headers or {}, body=body)
    hops: list[tuple[int, str]] = []
    bound = asyncio.timeout(limits.deadline.total_seconds())
    arrival = Arrival(bound=bound, into=into, load=load)
    try:
        async with bound:
            while True:
                await _ask(client, question, limits, arrival)
                onward = _onward(question, arrival) if limits.redirects else None
                if onward is None:
                    break
                hops.append((arrival.status, str(onward)))
                _count(hops, limits, question.url)
                question = _carried(question, onward)
                arrival = Arrival(bound=bound, into=into, load=load)
                if turn:
                    async with standing_still(bound):
                        await turn.move(str(onward))
    except TimeoutError as error:
        message = f"no whole answer from {question.url.host} within {_seconds(limits.deadline)}"
        if not arrival.salvage(NetworkError(message, trouble=Trouble.TIMEOUT)):
            raise NetworkError(message, trouble=Trouble.TIMEOUT) from error
    return Answer(
        status=arrival.status,
        headers=arrival.headers,
        body=arrival.body,
        url=str(question.url),
        redirects=tuple(hops),
        elapsed=timedelta(seconds=loop.time() - start),
        cut=arrival.cut,
    )


def _parse(url: str) -> httpx.URL:
    """An address that may be asked: http or https, with a host."""
    try:
        parsed = httpx.URL(QUAD.sub(_dotted, url))
        host, port = parsed.host, parsed.port  # decoded only now, which may fail too
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise NetworkError(f"not an address: {error}", trouble=Trouble.NOT_HTTP) from error
    if parsed.scheme not in {"http", "https"}:
        message = f"only http and https are read, not {parsed.scheme or 'a bare name'!r}"
        raise NetworkError(message, trouble=Trouble.NOT_HTTP)
    if not host or (port is not None and not 1 <= port <= MAX_PORT):
        raise NetworkError("the address has no host or no such port", trouble=Trouble.NOT_HTTP)
    return parsed


def _dotted(numbers: re.Match[str]) -> str:
    """Four numbers as connect() reads them, which takes those that begin with 0 for octal ones."""
    try:
        return numbers[1] + socket.inet_ntoa(socket.inet_aton(numbers[2]))
    except OSError:
        return numbers[0]


async def _ask(client: Client, question: Question, limits: Limits, arrival: Arrival) -> None:
    """Ask, and take in the answer; it is followed nowhere."""
    async with client.ask(question) as answer:
        arrival.status, arrival.headers = answer.status, _headers(answer)
        if arrival.status != WHOLE:
            arrival.into = None
        if arrival.status in REDIRECTS and limits.redirects:
            return
        read = read_start if limits.partial else read_body
        await read(answer, arrival, limits, question.url.host)


def _headers(answer: Incoming) -> dict[str, str]:
    """The headers by lower-case name, repeated ones joined, of those that may not be the first."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in answer.headers:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        if name not in joined:
            joined[name] = value
        elif name not in SINGLE:
            joined[name] = f"{joined[name]}, {value}"
    return joined


def _onward(question: Question, arrival: Arrival) -> httpx.URL | None:
    """Where an answer sends us; None if it is to be taken as it is."""
    location = arrival.headers.get("location", "")
    if arrival.status not in REDIRECTS or question.method not in SAFE or not location:
        return None
    try:
        # Location may hold raw UTF-8, and backslashes, both of which browsers follow.
        written = location.encode("latin-1").decode("utf-8", "replace").replace("\\", "/")
        joined = urljoin(str(question.url), written)
    except ValueError as error:
        raise _astray(question.url.host, error) from error
    return _parse(joined)


def _astray(host: str, error: Exception) -> NetworkError:
    """A redirect that leads nowhere."""
    message = f"{host} redirects to what is not an address: {error}"
    return NetworkError(message, trouble=Trouble.NOT_HTTP)


def _count(hops: list[tuple[int, str]], limits: Limits, url: httpx.URL) -> None:
    """Raise when there are more redirects than allowed."""
    if len(hops) > limits.redirects:
        message = f"{url.host} redirects for ever (more than {limits.redirects} times)"
        raise NetworkError(message, trouble=Trouble.REDIRECTS)


def _carried(question: Question, onward: httpx.URL) -> Question:
    """The question that goes on with a redirect: what is meant for one host stays with it."""
    left, headers = question.url, question.headers
    if (left.scheme, left.host, left.port) != (onward.scheme, onward.host, onward.port):
        private = {"authorization", "cookie"}
        headers = {name: value for name, value in headers.items() if name.lower() not in private}
    return replace(question, url=onward, headers=headers)


def _seconds(span: timedelta) -> str:
    """A span as "30 s"."""
    return f"{span.total_seconds():g} s"
