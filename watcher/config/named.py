"""What the sources are called, as far as their names can be known before they are looked at."""

from __future__ import annotations

from watcher.config.settings import Settings
from watcher.errors import FeedError
from watcher.feeds import read_opml
from watcher.feeds.settings import FeedSource, OpmlSource


def source_names(settings: Settings) -> frozenset[str] | None:
    """The names that articles may come under; None if a list of feeds cannot be read."""
    names: set[str] = set()
    for source in settings.sources:
        if isinstance(source, OpmlSource):
            try:
                opml = read_opml(source.path)
            except FeedError:
                return None
            names |= {feed.name.strip() or _by_address(feed.url) for feed in opml.feeds}
        else:
            names.add(source.name)
    return frozenset(names)


def _by_address(url: str) -> str:
    return FeedSource.model_construct(url=url, label=None).name
