"""Hosts that so many feeds come from that they cannot all be asked in time, one after another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from watcher.config.settings import Settings
from watcher.errors import FeedError
from watcher.feeds import read_opml
from watcher.feeds.pace import worded
from watcher.feeds.settings import FeedSource, OpmlSource
from watcher.net import Manners
from watcher.written import Fault, Loaded


@dataclass(slots=True)
class _Crowd:
    """The feeds of one host: how many, how often they are due, and where the first one stands."""

    index: int
    every: timedelta
    feeds: int = 0


def crowds(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    """A warning for each host whose feeds take longer than until they are due again."""
    for host, crowd in _gather(settings).items():
        manners = settings.network.hosts.get(host, Manners())
        takes = crowd.feeds * manners.spacing / manners.at_once
        if takes > crowd.every:
            yield loaded.place("sources", crowd.index).warning(
                f"{crowd.feeds} feeds of {host} are due every {worded(crowd.every)}, and asking"
                f" them one after another takes {worded(takes)}",
                f'write a longer "every:", or, if the host bears it, "network: {{hosts:'
                f' {{{host}: {{spacing: 0s, at_once: 8}}}}}}"',
            )


def _gather(settings: Settings) -> dict[str, _Crowd]:
    found: dict[str, _Crowd] = {}
    for index, source in enumerate(settings.sources):
        if isinstance(source, FeedSource | OpmlSource):
            for url in _addresses(source):
                host = (urlsplit(url).hostname or "").rstrip(".")
                crowd = found.setdefault(host, _Crowd(index, source.every))
                crowd.feeds += 1
                crowd.every = max(crowd.every, source.rhythm.longest)
    return found


def _addresses(source: FeedSource | OpmlSource) -> Iterator[str]:
    """The addresses of a source; of a list that cannot be read, which is told elsewhere, none."""
    if isinstance(source, FeedSource):
        yield source.url
        return
    with suppress(FeedError):
        yield from (feed.url for feed in read_opml(source.path).feeds)
