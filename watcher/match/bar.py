"""The bar that a mention must reach to count."""

from __future__ import annotations

from watcher.names import SAME
from watcher.watchlist.entity import Entity

BAR = SAME
"""A mention counts from this score on, unless its entity or a rule says otherwise."""

NEVER = 2.0
"""No name scores so much."""


def bar_of(entity: Entity) -> float:
    """The score from which on a mention of an entity counts, unless a rule says otherwise."""
    return BAR if entity.min_score is None else entity.min_score
