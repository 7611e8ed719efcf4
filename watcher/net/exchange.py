"""One question to another machine and its whole answer, bounded in time, bytes and hops.

httpx alone is not enough: its time limits are per operation, so a drip runs for ever; its decoders
let 894 bytes of brotli become 2 GB; it takes half a gzip stream for a whole one. Here one deadline
holds the exchange, the raw bytes are counted before and after unpacking, and redirects are followed
by hand, each through the guard.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import BinaryIO

import httpx

from watcher.net.body import Limits, Load, Sink, read_body, read_start, standing_still
from watcher.net.error import NetworkError, Trouble
from watcher.net.manners import Turn

PERMANENT = frozenset({301, 308})
WHOLE = 200
REDIRECTS = frozenset({301, 302, 303, 307, 308})
MAX_PORT = 65535
SAFE = frozenset({"GET", "HEAD"})  # a body is never sent on to an address that was not asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back.

    Attributes:
        status: the HTTP status.
        headers: by lower-case name, byte for byte (one character a byte, latin-1); repeated ones
            are joined by ", ".
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
    client: httpx.AsyncClient,
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
    target = _parse(url)
    hops: list[tuple[int, str]] = []
    try:
        async with asyncio.timeout(limits.deadline.total_seconds()) as bound:
            while True:
                request = _build(client, method, target, headers or {}, body)
                sink = Sink(bound, into, load)
                status, answered, content, cut = await _ask(client, request, limits, sink)
                onward = _onward(request, status, answered) if limits.redirects else None
                if onward is None:
                    break
                hops.append((status, str(onward)))
                _count(hops, limits, target)
                headers = _carried(headers or {}, target, onward)
                target = onward
                if turn:
                    async with standing_still(bound):
                        await turn.move(str(target))
    except TimeoutError as error:
        message = f"no whole answer from {target.host} within {_seconds(limits.deadline)}"
        raise NetworkError(message, trouble=Trouble.TIMEOUT) from error
    return Answer(
        status=status,
        headers=answered,
        body=content,
        url=str(target),
        redirects=tuple(hops),
        elapsed=timedelta(seconds=loop.time() - start),
        cut=cut,
    )


def _parse(url: str) -> httpx.URL:
    """An address that may be asked: http or https, with a host."""
    try:
        parsed = httpx.URL(url)
        host, port = parsed.host, parsed.port  # decoded only now, which may fail too
    except (httpx.InvalidURL, ValueError, UnicodeError) as error:
        raise NetworkError(f"not an address: {error}", trouble=Trouble.NOT_HTTP) from error
    if parsed.scheme not in {"http", "https"}:
        message = f"only http and https are read, not {parsed.scheme or 'a bare name'!r}"
        raise NetworkError(message, trouble=Trouble.NOT_HTTP)
    if not host or (port is not None and not 1 <= port <= MAX_PORT):
        raise NetworkError("the address has no host or no such port", trouble=Trouble.NOT_HTTP)
    return parsed


def _build(
    client: httpx.AsyncClient,
    method: str,
    url: httpx.URL,
    headers: Mapping[str, str],
    body: bytes,
) -> httpx.Request:
    """The request, with headers as the very bytes that were given."""
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return client.build_request(method, url, headers=raw, content=body or None)


async def _ask(
    client: httpx.AsyncClient, request: httpx.Request, limits: Limits, sink: Sink
) -> tuple[int, dict[str, str], bytes, NetworkError | None]:
    """Status, headers, unpacked body, and why it is cut, of an answer; followed nowhere."""
    host = request.url.host
    content, cut = b"", None
    try:
        answer = await client.send(request, stream=True, follow_redirects=False)
        try:
            headers = _headers(answer)
            wanted = answer.status_code not in REDIRECTS or not limits.redirects
            if wanted and limits.partial:
                content = await read_start(answer, headers, limits, host)
            elif wanted:
                kept = sink if answer.status_code == WHOLE else replace(sink, into=None)
                content, cut = await read_body(answer, headers, limits, host, kept)
        finally:
            await answer.aclose()
    except httpx.HTTPError as error:
        raise _explain(error, host) from error
    except (httpx.InvalidURL, UnicodeError) as error:
        # httpx looks at redirects that it is told not to follow.
        raise _astray(host, error) from error
    return answer.status_code, headers, content, cut


def _headers(answer: httpx.Response) -> dict[str, str]:
    """The headers by lower-case name, repeated ones joined."""
    joined: dict[str, str] = {}
    for raw_name, raw_value in answer.headers.raw:
        name, value = raw_name.decode("latin-1").lower(), raw_value.decode("latin-1")
        joined[name] = f"{joined[name]}, {value}" if name in joined else value
    return joined


def _onward(request: httpx.Request, status: int, headers: Mapping[str, str]) -> httpx.URL | None:
    """Where an answer sends us; None if it is to be taken as it is."""
    location = headers.get("location", "")
    if status not in REDIRECTS or request.method not in SAFE or not location:
        return None
    try:
        # Location may hold raw UTF-8, which browsers follow.
        joined = request.url.join(location.encode("latin-1").decode("utf-8", "replace"))
    except (httpx.InvalidURL, ValueError) as error:
        raise _astray(request.url.host, error) from error
    return _parse(str(joined))


def _astray(host: str, error: Exception) -> NetworkError:
    """A redirect that leads nowhere."""
    message = f"{host} redirects to what is not an address: {error}"
    return NetworkError(message, trouble=Trouble.NOT_HTTP)


def _count(hops: list[tuple[int, str]], limits: Limits, url: httpx.URL) -> None:
    """Raise when there are more redirects than allowed."""
    if len(hops) > limits.redirects:
        message = f"{url.host} redirects for ever (more than {limits.redirects} times)"
        raise NetworkError(message, trouble=Trouble.REDIRECTS)


def _carried(headers: Mapping[str, str], left: httpx.URL, onward: httpx.URL) -> Mapping[str, str]:
    """The headers that go with a redirect: what is meant for one host stays with it."""
    if (left.scheme, left.host, left.port) == (onward.scheme, onward.host, onward.port):
        return headers
    private = {"authorization", "cookie"}
    return {name: value for name, value in headers.items() if name.lower() not in private}


def _explain(error: httpx.HTTPError, host: str) -> NetworkError:
    """An error of httpx in our words."""
    cause = _root(error)
    if isinstance(cause, ssl.SSLError):
        detail = getattr(cause, "verify_message", "") or cause.reason or str(cause)
        return NetworkError(f"TLS with {host} failed: {detail}", trouble=Trouble.TLS)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
        detail = getattr(cause, "strerror", "") or str(cause) or "no connection"
        return NetworkError(f"cannot reach {host}: {detail}", trouble=Trouble.UNREACHABLE)
    if isinstance(error, httpx.ReadError | httpx.WriteError):
        return NetworkError(f"{host} broke the connection off", trouble=Trouble.RESET)
    if isinstance(error, httpx.RemoteProtocolError):
        return NetworkError(f"{host} does not speak HTTP well: {error}", trouble=Trouble.RESET)
    return NetworkError(f"the exchange with {host} failed: {error}", trouble=Trouble.NOT_HTTP)


def _root(error: BaseException) -> BaseException:
    """The first cause in the chain, which is where the system speaks."""
    while not isinstance(error, ssl.SSLError) and (cause := error.__cause__ or error.__context__):
        error = cause
    return error


def _seconds(span: timedelta) -> str:
    """A span as "30 s"."""
    return f"{span.total_seconds():g} s"
