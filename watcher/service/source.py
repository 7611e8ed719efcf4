"""The sources as the daemon sees them: something with a key that can be looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Protocol, assert_never

from watcher.feeds import Fetched, FolderReader, Parser, look_at_feed
from watcher.feeds.settings import FeedSource, FolderSource
from watcher.service.known import Known
from watcher.service.listed import Clock, FeedList, Listed, Renew
from watcher.service.outside import Line
from watcher.service.worker import Worker
from watcher.source import SourceState

Watched = FeedSource | FolderSource | Listed
"""What the operator's file says of a source that is looked at."""


class Source(Protocol):
    """Something that brings articles."""

    @property
    def key(self) -> str:
        """What identifies it across restarts and renames."""

    @property
    def name(self) -> str:
        """What people call it."""

    @property
    def every(self) -> timedelta:
        """The shortest time between two looks when all is well."""

    @property
    def longest(self) -> timedelta:
        """The longest."""

    @property
    def full_text(self) -> bool:
        """Whether the pages of its articles are to be read too."""

    async def look(self, state: SourceState, clock: Clock, jitter: float) -> Fetched:
        """What it has to offer now, and what to remember about it; the clock says when it was."""

    def close(self) -> None:
        """Let go of what it holds; a look that has begun goes on."""


class Feed(Known[FeedSource]):
    """A feed of the web."""

    def __init__(self, settings: FeedSource, line: Line, parser: Parser) -> None:
        super().__init__(settings)
        self._line = line
        self._parser = parser

    @property
    def longest(self) -> timedelta:
        """As the operator says."""
        return self.settings.rhythm.longest

    @property
    def full_text(self) -> bool:
        """As the operator says."""
        return self.settings.full_text

    async def look(self, state: SourceState, clock: Clock, jitter: float) -> Fetched:
        """Fetch it politely (see `look_at_feed`)."""
        return await look_at_feed(
            self.settings.url,
            self.settings.name,
            self.settings.rhythm,
            state,
            client=self._line.client,
            gate=self._line.gate,
            parser=self._parser,
            clock=clock,
            jitter=jitter,
            charset=self.settings.charset,
        )

    def close(self) -> None:
        """Nothing to let go of: line and parser belong to the daemon."""


class Folder(Known[FolderSource]):
    """A folder of documents, read in a thread of its own."""

    def __init__(self, settings: FolderSource) -> None:
        super().__init__(settings)
        self._worker = Worker(f"folder {settings.name}")
        self._reader = FolderReader(settings.path, settings.name, settings.key, settings.every)

    async def look(self, state: SourceState, clock: Clock, jitter: float) -> Fetched:
        """Read what has changed (see `FolderReader.look`)."""
        return await self._worker.do(self._reader.look, state, clock(), jitter)

    def close(self) -> None:
        """Let the thread end."""
        self._worker.close()


def open_sources(
    watched: Iterable[Watched],
    former: Mapping[str, Source],
    line: Line,
    parser: Parser,
    renew: Renew,
) -> tuple[Source, ...]:
    """The sources ready to be looked at.

    Args:
        watched: what the operator's file says.
        former: sources open already; a folder or a list that is as it was goes on, with its memory.
        line: to the network.
        parser: of feeds.
        renew: called when a list of feeds is found to be another.
    """
    return tuple(
        _open(settings, former.get(settings.key), line, parser, renew) for settings in watched
    )


def _open(
    settings: Watched, former: Source | None, line: Line, parser: Parser, renew: Renew
) -> Source:
    match settings:
        case FeedSource():
            return Feed(settings, line, parser)
        case FolderSource():
            if isinstance(former, Folder) and former.settings == settings:
                return former
            return Folder(settings)
        case Listed():
            if isinstance(former, FeedList) and former.settings == settings:
                return former
            return FeedList(settings, renew)
        case _:
            assert_never(settings)
