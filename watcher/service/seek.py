"""The feed that somebody means by an address: the feed itself, or that of the page there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

from watcher.config import read_config
from watcher.errors import FeedError
from watcher.feeds import Parsed, Parser
from watcher.feeds.guess import guess_feeds
from watcher.feeds.verdict import blame, judge
from watcher.net import Answer, Gate, Manners, NetworkError, exchange
from watcher.service.house import World
from watcher.service.outside import Line, open_line
from watcher.source import Health

BRISK = Manners(timedelta(seconds=1))
"""Manners towards a host that is asked a dozen times at most, while a person waits."""


@dataclass(frozen=True, slots=True)
class Found:
    """A feed that was found.

    Attributes:
        url: its address; where it said for good that it moved, the new one.
        title: what it calls itself; "" if nothing.
        entries: how many it has.
    """

    url: str
    title: str
    entries: int


async def seek_feed(path: Path, url: str, world: World) -> Found:
    """Find a feed from an address, over the network as the operator's file allows it.

    Args:
        path: the operator's file.
        url: of a feed, or of a page that has one.
        world: everything from outside.

    Raises:
        ConfigError: the file cannot be taken.
        FeedError: there is no feed; the message says what was tried.
    """
    settings = read_config(path, world.environ)
    line = replace(open_line(settings), gate=Gate(settings.network.hosts, default=BRISK))
    async with line.client, Parser(workers=1) as parser:
        try:
            answer = await _ask(url, line, world)
            return await _read(answer, url, parser)
        except FeedError as error:
            if error.state != Health.NOT_A_FEED:
                raise FeedError(f"{url}: {error}", state=error.state) from error
            reason = str(error)
        tried = guess_feeds(answer.body, answer.headers.get("content-type", ""), answer.url)
        for guess in tried:
            try:
                return await _read(await _ask(guess, line, world), guess, parser)
            except FeedError:
                continue
    listed = ", ".join(tried)
    message = f"{url}: {reason}; no feed at {listed} either: look for its address on the page"
    raise FeedError(message, state=Health.NOT_A_FEED)


async def _ask(url: str, line: Line, world: World) -> Answer:
    headers: Mapping[str, str] = {"accept": "*/*"}
    try:
        async with line.gate.turn(url) as turn:
            answer = await exchange(line.client, "GET", url, headers=headers, turn=turn)
    except NetworkError as error:
        raise blame(error) from error
    judge(answer, {}, world.clock())
    return answer


async def _read(answer: Answer, url: str, parser: Parser) -> Found:
    parsed: Parsed = await parser.parse(
        answer.body, answer.headers.get("content-type", ""), answer.url
    )
    return Found(answer.moved_to or url, parsed.title, len(parsed.entries))
