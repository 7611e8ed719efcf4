"""Files of rules on their way to a rulebook: what each says, and whom they all know."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watcher.watchlist.form import RuleFile
from watcher.written import Block, Fault, Loaded, Place, Series, Value


@dataclass(frozen=True, slots=True)
class Draft:
    """One file.

    Attributes:
        loaded: the file as written.
        form: the file as understood; None if it has faults.
    """

    loaded: Loaded
    form: RuleFile | None

    def blocks(self, section: str) -> Iterator[tuple[int, Block]]:
        """The items of a section and their positions, even of a file that has faults."""
        if not isinstance(self.loaded.value, Block):
            return
        items = self.loaded.value.get(section)
        for index, item in enumerate(items if isinstance(items, Series) else ()):
            if isinstance(item, Block):
                yield index, item


@dataclass(slots=True)
class Census:
    """Whom the files know, faulty entries counted, so that one fault brings no echoes.

    Attributes:
        ids: of all entities.
        tags: ids of the entities that carry each tag.
        complete: every file could be read to its end; if not, a name that is not known here may
            stand in what could not be read.
    """

    ids: set[str] = field(default_factory=set)
    tags: dict[str, set[str]] = field(default_factory=dict)
    complete: bool = True

    def watched(self, word: str) -> set[str]:
        """Ids of the entities that a word of `watch:` means: those with the tag, or the id."""
        return self.tags.get(word, set()) | ({word} & self.ids)


def count(drafts: Sequence[Draft]) -> Census:
    """Whom the files know."""
    census = Census(complete=all(draft.loaded.whole for draft in drafts))
    for draft in drafts:
        for _, block in draft.blocks("entities"):
            for _, entity_id in texts(block.get("id")):
                census.ids.add(entity_id)
                for _, tag in texts(block.get("tags")):
                    census.tags.setdefault(tag, set()).add(entity_id)
    return census


def doubles(drafts: Sequence[Draft]) -> list[Fault]:
    """A fault for each id that an entity, or a rule, shares with an earlier one."""
    return [fault for section in ("entities", "rules") for fault in _doubles(drafts, section)]


def texts(value: Value) -> list[tuple[int, str]]:
    """The texts of a list that may be written as one, spaces tidied, and their positions."""
    items = value if isinstance(value, Series) else [value]
    return [(i, " ".join(item.split())) for i, item in enumerate(items) if isinstance(item, str)]


def _doubles(drafts: Sequence[Draft], section: str) -> Iterator[Fault]:
    called = {"entities": "entity", "rules": "rule"}[section]
    first: dict[str, Place] = {}
    for draft in drafts:
        for index, block in draft.blocks(section):
            for _, item_id in texts(block.get("id")):
                place = draft.loaded.place(section, index, "id")
                if item_id in first:
                    yield place.fault(
                        f'another {called} has the id "{item_id}": {first[item_id]}',
                        "give one of them another id, or make them one",
                    )
                first.setdefault(item_id, place)
