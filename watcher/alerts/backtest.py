"""What rules would have done with the articles of the past, each judged at the time it came.

The steps are the daemon's. Only the silence of a story counts from the first article on that is
gone through: what was alerted before is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import islice

from watcher.alerts.judge import Dossier, Judged, judge
from watcher.alerts.recall import Recall
from watcher.article import Article
from watcher.match import Index, Mention, find_all
from watcher.watchlist.rulebook import Rulebook

_TOGETHER = 100
"""Articles whose words are looked up together."""


class Effect(StrEnum):
    """What other rules do to an alert."""

    KEPT = "kept"
    ADDED = "added"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Side:
    """Rules that are tried, and what they have raised so far.

    Attributes:
        rulebook: the rules.
        index: their watchlist, made fast to look up (`compile_rules`); sides that share one search
            each article once.
        max_age: an article published longer before it was first seen is held; None for no limit.
        recall: empty at first.
    """

    rulebook: Rulebook
    index: Index
    max_age: timedelta | None = None
    recall: Recall = field(default_factory=Recall)


def backtest(
    articles: Iterable[tuple[Article, datetime]], sides: Sequence[Side]
) -> Iterator[tuple[Dossier, ...]]:
    """Go through articles of the past with some rules.

    Args:
        articles: each with when it was first seen, in that order.
        sides: rules, each judged by itself.

    Yields:
        For each article what each side made of it.
    """
    rest = iter(articles)
    while some := list(islice(rest, _TOGETHER)):
        found = {id(side.index): side.index for side in sides}
        mentions = {
            key: list(find_all((article for article, _ in some), index))
            for key, index in found.items()
        }
        for number, (article, at) in enumerate(some):
            yield tuple(
                _judge(side, article, mentions[id(side.index)][number], at) for side in sides
            )


def _judge(side: Side, article: Article, mentions: Sequence[Mention], at: datetime) -> Dossier:
    found = [(article, mentions)]
    (dossier,) = judge(found, side.rulebook, side.recall, now=at, max_age=side.max_age)
    side.recall.learn(dossier)
    return dossier


def effects(edited: Dossier, in_force: Dossier) -> Iterator[tuple[Judged, Effect]]:
    """What edited rules do to the alerts of an article: those sent by either, the edited first."""
    new, old = _sent(edited), _sent(in_force)
    for alert, judged in new.items():
        yield judged, Effect.KEPT if alert in old else Effect.ADDED
    for alert, judged in old.items():
        if alert not in new:
            yield judged, Effect.DROPPED


def _sent(dossier: Dossier) -> dict[str, Judged]:
    return {each.alert.id: each for each in dossier.judged if each.decision.reason.sends}
