"""What has changed between two states of the files of rules, by what is written in them.

Only what stands in the files is compared, not what a release makes of it, so that files of years
ago can be compared with today's.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain

from watcher.written import Block, Series, Value, load

_CALLED = {"entities": "entity", "rules": "rule", "exclusions": "exclusion"}


class How(StrEnum):
    """How something has changed."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Item:
    """Something that stands in a file of rules.

    Attributes:
        what: "entity", "rule" or "exclusion".
        name: its id; of an exclusion, what it is named by.
    """

    what: str
    name: str


@dataclass(frozen=True, slots=True)
class Edit:
    """A key that has changed.

    Attributes:
        key: as it is written.
        was: what stood behind it, each value of a list by itself; empty if the key was not there.
        now: what stands behind it; likewise.
    """

    key: str
    was: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def removed(self) -> tuple[str, ...]:
        """What stands there no more."""
        return tuple(each for each in self.was if each not in self.now)

    @property
    def added(self) -> tuple[str, ...]:
        """What did not stand there."""
        return tuple(each for each in self.now if each not in self.was)


@dataclass(frozen=True, slots=True)
class Change:
    """One entity, rule or exclusion that is not what it was.

    Attributes:
        item: which one.
        how: added, removed or changed.
        edits: what has changed, in the order it is written; empty unless changed.
    """

    item: Item
    how: How
    edits: tuple[Edit, ...] = ()


def read_items(files: Mapping[str, bytes]) -> dict[Item, Mapping[str, Value]]:
    """Everything that stands in files of rules, in their order; what cannot be read is left out.

    Of two with one name the first counts.
    """
    found: dict[Item, Mapping[str, Value]] = {}
    for file, data in files.items():
        written = load(file, data).value
        if not isinstance(written, Block):
            continue
        for section, what in _CALLED.items():
            for block in _blocks(written.get(section)):
                found.setdefault(Item(what, _name(block)), block)
    return found


def changes(before: Mapping[str, bytes], after: Mapping[str, bytes]) -> tuple[Change, ...]:
    """What has changed from some files to others: what was added, what was removed, what changed.

    Which file something stands in, its place there, comments and layout make no change.
    """
    was, now = read_items(before), read_items(after)
    return tuple(
        chain(
            (Change(item, How.ADDED) for item in now if item not in was),
            (Change(item, How.REMOVED) for item in was if item not in now),
            (
                Change(item, How.CHANGED, edits)
                for item in now
                if item in was and (edits := tuple(_edits(was[item], now[item])))
            ),
        )
    )


def _blocks(section: Value) -> Iterator[Mapping[str, Value]]:
    """What stands in a section; an exclusion may be a name by itself."""
    for item in section if isinstance(section, Series) else [section]:
        if isinstance(item, str):
            yield {"names": item}
        elif isinstance(item, Block):
            yield item


def _name(block: Mapping[str, Value]) -> str:
    """What an item is known by: its id, or else the first thing that it says."""
    return next((word for value in (block.get("id"), *block.values()) for word in _said(value)), "")


def _edits(was: Mapping[str, Value], now: Mapping[str, Value]) -> Iterator[Edit]:
    for key in dict.fromkeys((*was, *now)):
        before, after = tuple(_said(was.get(key))), tuple(_said(now.get(key)))
        # The order of a list is no change but for that of names, whose first is shown to people.
        if Counter(before) != Counter(after):
            yield Edit(key, before, after)


def _said(value: Value) -> Iterator[str]:
    """What a value says, in lines: of a list each item, of a block each key with its value."""
    match value:
        case str():
            yield " ".join(value.split())
        case Block():
            for key, held in value.items():
                yield from (f"{key}: {said}" for said in _said(held))
        case Series():
            for held in value:
                yield "; ".join(_said(held))
