"""The article that somebody asks about: on record, in a file, on the web, or as a text itself."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.alerts import tidy
from watcher.archive import STDIN, Document, Fields, cut
from watcher.article import Article
from watcher.config import Settings
from watcher.feeds import believable
from watcher.store import History, Store

_ALERT = re.compile(r"alert_[0-9a-f]{1,32}|[0-9a-f]{4,32}")
_PATH = re.compile(r"alert_\S*|\S*[./]\S*[^\s.]")
_OWN = "asked"
"""The id of an article that has none: alerts are told apart by it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """An article, and when it came.

    Attributes:
        article: the article with its text.
        at: when it was first seen: now, unless it is on record.
        entity: whom it is asked about; "" if an article alone does not say.
        recorded: whether it is on record.
    """

    article: Article
    at: datetime
    entity: str = ""
    recorded: bool = False


def find_asked(what: str, store: Store | None, settings: Settings) -> Asked | None:
    """What somebody asks about; None if it looks like a name of something, and there is none.

    In this order: standard input for "-", an alert, an article on record by id or address, a page
    of the web, a file, a text.

    Raises:
        click.UsageError: it is empty or a folder, or the ids of several alerts begin so.
        click.ClickException: a file, or standard input, holds nothing that can be read.
        FeedError: a page cannot be read.
    """
    if what == "-":
        return _own(given())
    if not what.strip():
        raise click.UsageError("there is nothing to look at; name an alert, an article or a text")
    if store and (alert := _alert(what, store)):
        return Asked(alert.article, alert.first_seen, alert.filed.alert.entity, recorded=True)
    if store and (stored := store.stored(what)):
        return Asked(stored.article, stored.first_seen, recorded=True)
    if what.startswith(("http://", "https://")):
        return Asked(_page(what, settings), datetime.now(UTC))
    if _is_file(what):
        return _file(what)
    return None if _ALERT.fullmatch(what) or _PATH.fullmatch(what) else _text(what)


def given() -> Article:
    """What is on standard input, in whatever encoding, as `scan` reads it.

    Raises:
        click.ClickException: it is no text.
    """
    return _first(STDIN)


def _alert(start: str, store: Store) -> History | None:
    if not _ALERT.fullmatch(start):
        return None
    found = store.called(start) or store.called(f"alert_{start}")
    if len(found) > 1:
        raise click.UsageError(f'"{start}" begins the ids of several alerts; write more of it')
    return store.alert(found[0]) if found else None


def _page(url: str, settings: Settings) -> Article:
    # The network is waited for only by who needs it.
    from watcher.cli.run import world  # noqa: PLC0415
    from watcher.service import read_page  # noqa: PLC0415

    return asyncio.run(read_page(url, settings, world()))


def _is_file(what: str) -> bool:
    try:
        is_folder, is_file = Path(what).is_dir(), Path(what).is_file()
    except (OSError, ValueError):
        return False  # longer than any path, or no path at all: a text
    if is_folder:
        raise click.UsageError(f"{tidy(what)} is a folder; name one of the files in it")
    return is_file


def _file(path: str) -> Asked:
    return _own(_first(path))


def _first(path: str) -> Article:
    """The first document of a file."""
    documents = (each for piece in cut(path, Fields()) for each in piece.documents())
    first = next(documents, None)
    if not isinstance(first, Document):
        why = first or f"{path}: there is no text in it"
        raise click.ClickException(tidy(str(why)))
    for note in first.notes:
        click.echo(f"note: {tidy(note)}", err=True)
    if next(documents, None) is not None:
        click.echo(f"{tidy(path)} holds several documents; this is the first", err=True)
    return first.article


def _text(text: str) -> Asked:
    return _own(Article(text=text))


def _own(article: Article) -> Asked:
    now = datetime.now(UTC)
    published = believable(article.published, now)  # as a folder takes it
    return Asked(replace(article, id=article.id or _OWN, published=published), now)
