"""What changed from one import of a list to the next, in memory of a few words an entity."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NamedTuple

from watcher.watchlist.entity import Entity


class Sort(StrEnum):
    """What happened to an entity."""

    ADDED = "added"
    REMOVED = "removed"
    RENAMED = "renamed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One entity that is not as it was.

    Attributes:
        sort: changed means that the main name stayed, and other names, kind or tags did not.
        id: of the entity.
        name: its main name; as it was, if it was removed.
        was: its former main name, if it was renamed; else "".
    """

    sort: Sort
    id: str
    name: str
    was: str = ""


class _Known(NamedTuple):
    name: str
    mark: Hashable


@dataclass(slots=True)
class Diff:
    """Takes a new list entity by entity, and tells what is not as it was.

    Attributes:
        changes: in the order of the new list; those that were removed come at the end, when
            `finish` was called.
        before: how many entities the former list had.
        after: how many the new one has so far.
    """

    changes: list[Change] = field(default_factory=list)
    before: int = 0
    after: int = 0
    _known: dict[str, _Known] = field(default_factory=dict)

    def former(self, lines: Iterable[bytes]) -> None:
        """Take the former list, as its lines; what is no entity there is passed over."""
        for raw in lines:
            try:
                said = json.loads(raw)
                name = next(iter((*said["names"], *said.get("weak_names", ()))))
                self.know(said["id"], str(name), mark(raw))
            except (ValueError, TypeError, KeyError, StopIteration, RecursionError):
                continue

    def know(self, entity_id: str, name: str, mark: Hashable) -> None:
        """Take one entity of the former list, with what tells one state of it from another."""
        self._known[entity_id] = _Known(name, mark)
        self.before = len(self._known)

    def take(self, entity: Entity, mark: Hashable) -> None:
        """Take one entity of the new list, likewise."""
        self.after += 1
        known = self._known.pop(entity.id, None)
        if known is None:
            self.changes.append(Change(sort=Sort.ADDED, id=entity.id, name=entity.name))
        elif known.name != entity.name:
            change = Change(sort=Sort.RENAMED, id=entity.id, name=entity.name, was=known.name)
            self.changes.append(change)
        elif known.mark != mark:
            self.changes.append(Change(sort=Sort.CHANGED, id=entity.id, name=entity.name))

    def finish(self) -> None:
        """Count whoever was not taken as removed."""
        self.changes += [
            Change(sort=Sort.REMOVED, id=entity_id, name=known.name)
            for entity_id, known in self._known.items()
        ]
        self._known.clear()

    def count(self) -> dict[Sort, int]:
        """How many of each sort, none left out."""
        counted = Counter(change.sort for change in self.changes)
        return {sort: counted[sort] for sort in Sort}


def compare_lists(before: Iterable[Entity], after: Iterable[Entity]) -> tuple[Change, ...]:
    """What changed from one state of a list to the next, both of which are at hand."""
    diff = Diff()
    for entity in before:
        diff.know(entity.id, entity.name, entity)
    for entity in after:
        diff.take(entity, entity)
    diff.finish()
    return tuple(diff.changes)


def to_line(entity: Entity) -> bytes:
    """An entity as a line of a watchlist of JSON lines, with its line end."""
    said: dict[str, object] = {"id": entity.id, "kind": entity.kind.value, "names": entity.names}
    if entity.weak:
        said["weak_names"] = entity.weak
    if entity.tags:
        said["tags"] = entity.tags
    return json.dumps(said, ensure_ascii=False).encode() + b"\n"


def mark(line: bytes) -> bytes:
    """What tells the line of an entity from any other, in a few bytes."""
    return hashlib.blake2b(line.strip(), digest_size=8).digest()
