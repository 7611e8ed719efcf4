"""How often each name of the watchlist would alert by itself, measured on articles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

from watcher.alerts.raising import raise_alerts
from watcher.article import Article
from watcher.match import Index, find_all
from watcher.watchlist import Rate
from watcher.watchlist.rulebook import Rulebook

_WEEK = timedelta(days=7)


def measure(
    articles: Iterable[tuple[Article, datetime]], rulebook: Rulebook, index: Index
) -> tuple[Rate, ...]:
    """How often names alert where no other name of the entity speaks for it.

    Cool-downs, silences and age are left aside: it is the names that are measured.

    Args:
        articles: each with when it was first seen, aware; in that order.
        rulebook: the rules.
        index: its watchlist, made fast to look up (`compile_rules`).

    Returns:
        One for each name that alerted, the most frequent first. A time under a week counts as one.
    """
    read = list(articles)
    alone: Counter[tuple[str, str]] = Counter()
    found = find_all((article for article, _ in read), index)
    for (article, seen), mentions in zip(read, found, strict=True):
        names: dict[str, set[str]] = {}
        for alert in raise_alerts(article, mentions, rulebook, seen):
            names.setdefault(alert.entity, set()).update(quote.name for quote in alert.quotes)
        alone.update((entity, min(told)) for entity, told in names.items() if len(told) == 1)
    weeks = max(1.0, (read[-1][1] - read[0][1]) / _WEEK) if read else 1.0
    return tuple(
        Rate(entity=entity, name=name, articles=number, of=len(read), weekly=number / weeks)
        for (entity, name), number in alone.most_common()
    )
