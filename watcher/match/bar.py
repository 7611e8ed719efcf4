"""The bar that a mention must reach to count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from watcher.names import SAME
from watcher.watchlist.entity import Entity

BAR = SAME
"""A mention counts from this score on, unless its entity or a rule says otherwise."""


def bar_of(entity: Entity) -> float:
    """The score from which on a mention of an entity counts, unless a rule says otherwise."""
    return BAR if entity.min_score is None else entity.min_score


def bars_of(entities: Sequence[Entity], floors: Mapping[str, float]) -> NDArray[np.float64]:
    """The bar of each entity.

    Args:
        entities: in order.
        floors: by entity id, a bar below the entity's own that somebody wants to hear from.
    """
    own = ((bar_of(entity), entity.id) for entity in entities)
    return np.fromiter((min(bar, floors.get(entity, bar)) for bar, entity in own), np.float64)
