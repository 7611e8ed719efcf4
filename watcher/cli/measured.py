"""What the record says of the rules: names that alert too often, silences nobody needs any more."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import assert_never

from watcher.alerts import Silence, Target, compile_rules
from watcher.alerts.measure import measure
from watcher.article import Article
from watcher.cli.progress import progress
from watcher.config import Settings
from watcher.config.named import source_names
from watcher.store import Store
from watcher.watchlist import Entry, Rulebook, often
from watcher.written import Fault, Place

PAST = timedelta(days=28)
"""How far back is looked: four weeks, so that no day of the week counts more than another."""

MOST = 2_000
"""Articles that are looked through, the newest: some ten seconds' work on a list of hundreds."""

_IDLE = timedelta(days=7)
"""After so long a silence that held nothing back is asked about."""


@dataclass(frozen=True, slots=True)
class Files:
    """What the files come to, without any fault.

    Attributes:
        settings: of the operator's file.
        rulebook: of the analysts' files.
        entries: where each of their entities stands.
    """

    settings: Settings
    rulebook: Rulebook
    entries: tuple[Entry, ...]


def measured(files: Files, store: Store, now: datetime) -> tuple[Fault, ...]:
    """Warnings that only the record can give; `now` is aware, in UTC."""
    return (*_frequent(files, store, now), *_needless(files, store, now))


def _frequent(files: Files, store: Store, now: datetime) -> tuple[Fault, ...]:
    articles = deque[tuple[Article, datetime]](maxlen=MOST)
    total = store.count(now - PAST, now)
    with progress(total) as shown:
        for stored in store.shelf(now - PAST, now):
            articles.append((stored.article, stored.first_seen))
            shown.step("articles")
        rates = measure(articles, files.rulebook, compile_rules(files.rulebook))
    return often(files.entries, rates)


def _needless(files: Files, store: Store, now: datetime) -> Iterator[Fault]:
    """Silences of what is not there any more, and those that hold nothing back."""
    held = store.silences.held()
    for silence in store.silences.lasting(now):
        place = Place(file=f"silence {silence.number}")
        hint = f"watcher silence remove {silence.number}"
        called = f'{silence.target} "{silence.subject}"'
        if not _is_there(silence, files):
            yield place.warning(f"the {called} is not there any more", hint)
        elif silence.number not in held and now - silence.made >= _IDLE:
            since = f"{silence.made:%Y-%m-%d}"
            yield place.warning(f"since {since} nothing of the {called} was held back", hint)


def _is_there(silence: Silence, files: Files) -> bool:
    """Whether what is silenced is still watched; true if that cannot be told."""
    match silence.target:
        case Target.ENTITY:
            return silence.subject in files.rulebook.watchlist
        case Target.RULE:
            return any(rule.id == silence.subject for rule in files.rulebook.rules)
        case Target.FEED:
            names = source_names(files.settings)
            return names is None or silence.subject in names
        case _:
            assert_never(silence.target)
