"""What the record says of the rules: names that alert too often, silences nobody needs any more."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import assert_never

from watcher.alerts import Silence, Target, compile_rules
from watcher.alerts.measure import measure
from watcher.cli.progress import progress
from watcher.config import Checked
from watcher.config.named import source_names
from watcher.store import Store
from watcher.watchlist import often
from watcher.written import Fault, Place

PAST = timedelta(days=28)
"""How far back is looked: four weeks, so that no day of the week counts more than another."""

MOST = 2_000
"""Articles that are looked through, the newest: some ten seconds' work on a list of hundreds."""

_IDLE = timedelta(days=7)
"""After so long a silence that held nothing back is asked about."""


def measured(checked: Checked, store: Store, now: datetime) -> tuple[Fault, ...]:
    """Warnings that only the record can give.

    Args:
        checked: the files; they have no fault.
        store: the record.
        now: aware, in UTC.
    """
    return (*_frequent(checked, store, now), *_needless(checked, store, now))


def _frequent(checked: Checked, store: Store, now: datetime) -> tuple[Fault, ...]:
    rulebook = checked.rulebook
    if rulebook is None:
        return ()
    skipped = max(0, store.count(now - PAST, now) - MOST)
    with progress(MOST) as shown:
        articles = []
        for number, stored in enumerate(store.shelf(now - PAST, now)):
            if number >= skipped:
                articles.append((stored.article, stored.first_seen))
                shown.step("articles")
        rates = measure(articles, rulebook, compile_rules(rulebook))
    return often(checked.entries, rates)


def _needless(checked: Checked, store: Store, now: datetime) -> Iterator[Fault]:
    """Silences of what is not there any more, and those that hold nothing back."""
    held = store.silences.held()
    for silence in store.silences.lasting(now):
        place = Place(file=f"silence {silence.number}")
        hint = f"watcher silence remove {silence.number}"
        called = f'{silence.target} "{silence.subject}"'
        if not _is_there(silence, checked):
            yield place.warning(f"the {called} is not there any more", hint)
        elif silence.number not in held and now - silence.made >= _IDLE:
            since = f"{silence.made:%Y-%m-%d}"
            yield place.warning(f"since {since} nothing of the {called} was held back", hint)


def _is_there(silence: Silence, checked: Checked) -> bool:
    """Whether what is silenced is still watched; true if that cannot be told."""
    if checked.rulebook is None or checked.settings is None:
        return True
    match silence.target:
        case Target.ENTITY:
            return silence.subject in checked.rulebook.watchlist
        case Target.RULE:
            return any(rule.id == silence.subject for rule in checked.rulebook.rules)
        case Target.FEED:
            names = source_names(checked.settings)
            return names is None or silence.subject in names
        case _:
            assert_never(silence.target)
