"""One look at one feed by hand, told in full: what was asked and answered, and what was decided.

Nothing is recorded: the daemon looks again when it would have looked anyway.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from watcher.config import Settings, read_config
from watcher.errors import UnknownError
from watcher.feeds import Fetched, Parser, Rhythm, first_state, look_at_feed, reckon
from watcher.feeds.settings import USUAL, FolderSource
from watcher.net import Hop
from watcher.service.house import World
from watcher.service.outside import open_line
from watcher.service.plan import feeds_of
from watcher.source import SourceState
from watcher.store import DATABASE, Store
from watcher.written import there_is_no

_FOLDER = (
    'a folder, no feed; the daemon looks into it by itself, and "watcher run --once --dry-run"'
    " shows what it would send"
)
_FEEDS = 'a list of feeds, no feed; poll one of those it holds: "watcher feeds" lists them'
_LIST = (
    'an official list, no feed; the daemon renews it when it is due, and "watcher feeds" tells'
    " how that went"
)
_KEPT = "a list kept in a file, no feed; it is read at the start and at each reload"
"""What people may poll that is none, and what to do instead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """One look.

    Attributes:
        name: what the operator calls the feed; "" if it is not watched.
        before: what was remembered of it.
        after: what the daemon would remember now.
        fetched: what the look gave.
        new: how many of its articles were never seen, or had changed.
        hops: every question that was asked, in order.
    """

    name: str
    before: SourceState
    after: SourceState
    fetched: Fetched
    new: int
    hops: tuple[Hop, ...] = field(default_factory=tuple)


async def poll_feed(path: Path, called: str, world: World) -> Polled:
    """Look at a feed once, as the daemon would, and record nothing.

    Args:
        path: the operator's file.
        called: a feed's name or address; an address that is not watched will do.
        world: everything from outside.

    Raises:
        ConfigError: the file cannot be taken.
        UnknownError: no feed is called so.
        StoreError: the record cannot be read.
    """
    settings = read_config(path, world.environ)
    key, name, rhythm, charset = _find(settings, called)
    before = _remembered(settings, key) or first_state(key, name or key, world.clock())
    hops: list[Hop] = []
    line = open_line(settings)

    line.client.listen = hops.append
    async with line.client, Parser(workers=1) as parser:
        fetched = await look_at_feed(
            key,
            before.name,
            rhythm,
            before,
            client=line.client,
            gate=line.gate,
            parser=parser,
            clock=world.clock,
            jitter=0.5,
            charset=charset,
        )
    database = settings.state / DATABASE
    fresh = fetched.articles
    if database.is_file():
        with Store.open(database) as store:
            fresh = store.unseen(fetched.articles)
    after = reckon(before, fetched, fresh, world.clock())
    return Polled(
        name=name, before=before, after=after, fetched=fetched, new=len(fresh), hops=tuple(hops)
    )


def _find(settings: Settings, called: str) -> tuple[str, str, Rhythm, str]:
    """The address, name, rhythm and encoding of a feed."""
    feeds = feeds_of(settings)
    for source in feeds:
        if called in {source.key, source.name}:
            return source.key, source.name, source.rhythm, source.charset
    if called.startswith(("http://", "https://")):
        return called, "", USUAL, ""
    if what := _no_feed(settings, called):
        raise UnknownError(f'"{called}" is {what}')
    message = there_is_no("feed", called, [source.name for source in feeds])
    raise UnknownError(f'{message}; "watcher feeds" lists them')


def _no_feed(settings: Settings, called: str) -> str:
    """What else is watched by this name, and what to do; "" if nothing is."""
    for source in settings.sources:
        if called in {source.key, source.name}:
            return _FOLDER if isinstance(source, FolderSource) else _FEEDS
    for each in settings.lists:
        if called in {each.key, each.name}:
            return _LIST if each.publisher else _KEPT
    return ""


def _remembered(settings: Settings, key: str) -> SourceState | None:
    database = settings.state / DATABASE
    if not database.is_file():
        return None
    with Store.open(database) as store:
        return store.source_states().get(key)
