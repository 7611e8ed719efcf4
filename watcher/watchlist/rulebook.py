"""Everything the analysts decided, as one value that is taken over whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from watcher.watchlist.edition import Edition
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rule import Rule

_DIGITS = 12
"""Hexadecimal digits of a version: short enough to read aloud, 48 bits against chance."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Who is watched and who is told.

    Attributes:
        watchlist: the entities.
        rules: in the order of the files.
        version: says which state of entities and rules this is.
        editions: of the official lists among the entities, in the order of the operator's file.
        files: what stood in the files it was read from, by their paths as people know them; empty
            if it was read from none. Counts in no comparison.
    """

    watchlist: Watchlist
    rules: tuple[Rule, ...] = ()
    version: str = ""
    editions: tuple[Edition, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, entity: Entity) -> Edition | None:
        """Which state of which list an entity stands on; None if it is the analysts' own."""
        return next((each for each in self.editions if each.name == entity.origin), None)


def list_version(entities: Iterable[Entity]) -> str:
    """A fingerprint of entities: the same for the same entities in any order and any file."""
    facts = [asdict(entity) for entity in entities]
    for each in facts:
        del each["origin"]  # where an entity was written changes nothing that is found
    return _digest(sorted(facts, key=_by_id))


def rules_version(entities: Iterable[Entity], rules: Iterable[Rule]) -> str:
    """A fingerprint of entities and rules; the tests inside rules change nothing that is sent."""
    facts: list[dict[str, Any]] = [
        {
            "id": rule.id,
            "entities": sorted(rule.entities),
            "send_to": rule.send_to,
            "min_score": rule.min_score,
            "cool_down": rule.cool_down.total_seconds(),
        }
        for rule in rules
    ]
    ordered = sorted(facts, key=_by_id)
    return _digest([list_version(entities), ordered])


def _by_id(facts: dict[str, Any]) -> str:
    return str(facts["id"])


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGITS]
