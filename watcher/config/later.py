"""What the operator's file may say already, and watcher does not do yet: said plainly each time.

A key that is taken and not acted on misleads whoever wrote it: articles are read in part, or alerts
come otherwise than asked for, and nobody knows why.
"""

from __future__ import annotations

from collections.abc import Iterator

from watcher.config.settings import Settings
from watcher.feeds.settings import FolderSource
from watcher.written import Fault, Loaded


def not_yet(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    """A warning for each key that asks for something that a later version will do."""
    for index, source in enumerate(settings.sources):
        if not isinstance(source, FolderSource) and source.full_text:
            yield loaded.place("sources", index, "full_text").warning(
                "the page is not fetched yet; the feed's own text is read",
                "leave it out until a later version fetches pages",
            )
