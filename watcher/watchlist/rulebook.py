"""Everything the analysts decided, as one value that is taken over whole or not at all."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from functools import lru_cache
from typing import Any

from watcher.watchlist.edition import Edition
from watcher.watchlist.entity import Entity, Facts, Watchlist
from watcher.watchlist.hours import Quiet, Rhythm
from watcher.watchlist.rule import Conditions, Rule

_DIGITS = 12
"""Hexadecimal digits of a version: short enough to read aloud, 48 bits against chance."""


@dataclass(frozen=True, slots=True)
class Off:
    """What is written and not in force (`status: off`), so that nobody needs to ask where it is.

    Attributes:
        entities: in the order of the files; no rule watches them.
        rules: likewise.
    """

    entities: tuple[Entity, ...] = ()
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Who is watched and who is told.

    Attributes:
        watchlist: the entities that are looked for: live ones, and those on test.
        rules: those in force, in the order of the files.
        version: says which state of entities and rules this is, those that are off among them.
        off: what is not in force.
        editions: of the official lists among the entities, in the order of the operator's file.
        files: what stood in the files it was read from, by their paths as people know them; empty
            if it was read from none. Counts in no comparison.
    """

    watchlist: Watchlist
    rules: tuple[Rule, ...] = ()
    version: str = ""
    off: Off = Off()
    editions: tuple[Edition, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, compare=False, repr=False)

    def edition(self, entity: Entity) -> Edition | None:
        """Which state of which list an entity stands on; None if it is the analysts' own."""
        return next((each for each in self.editions if each.name == entity.origin), None)


def versioned(written: Iterable[Entity], found: tuple[Entity, ...]) -> Watchlist:
    """The watchlist of some entities, known by all that was written.

    Args:
        written: all entities, in any order.
        found: those of them that are looked for, in theirs.
    """
    digest = _digest_of(written)
    ids = repr([entity.id for entity in found])
    return Watchlist.known(found, digest[:_DIGITS], _digest([digest, ids]))


def list_version(entities: Iterable[Entity]) -> str:
    """A fingerprint of entities: the same for the same entities in any order and any file."""
    return _digest_of(entities)[:_DIGITS]


def _digest_of(entities: Iterable[Entity]) -> str:
    facts = [_facts(entity, _ENTITY) for entity in entities]
    return _digest(sorted(facts, key=_by_id))


def rules_version(listed: str, rules: Iterable[Rule]) -> str:
    """A fingerprint of entities and rules; the tests inside rules change nothing that is sent.

    Args:
        listed: the `list_version` of the entities.
        rules: in any order.
    """
    facts = [_facts(rule, _RULE) for rule in rules]
    ordered = sorted(facts, key=_by_id)
    return _digest([listed, ordered])[:_DIGITS]


# Where an entity was written changes nothing that is found.
_ENTITY = tuple(each.name for each in fields(Entity) if each.name != "origin")
_RULE = tuple(each.name for each in fields(Rule) if each.name != "tests")


def _facts(record: Entity | Rule, names: Iterable[str]) -> Mapping[str, Any]:
    return {name: getattr(record, name) for name in names}


def _by_id(facts: Mapping[str, Any]) -> str:
    return str(facts["id"])


def _digest(content: object) -> str:
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> object:
    """What JSON has no word for: sets, records of ours, times."""
    match value:
        case frozenset():
            return sorted(value)
        case Facts():
            return _known_facts(value)
        case Conditions() | Rhythm() | Quiet():
            return asdict(value)
    return str(value)


@lru_cache(maxsize=1024)
def _known_facts(facts: Facts) -> Mapping[str, Any]:
    """Facts by their names; of nearly all entities of a long list there are none."""
    return asdict(facts)
