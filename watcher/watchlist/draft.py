"""Files of rules on their way to a rulebook: what each says, and whom they all know."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from watcher.watchlist.entity import Entity
from watcher.watchlist.form import RuleFile
from watcher.written import (
    TOLD,
    Block,
    Fault,
    Loaded,
    Place,
    Series,
    Sound,
    Value,
    did_you_mean,
)

_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Draft:
    """One file.

    Attributes:
        loaded: the file as written.
        sound: what of it has no fault of shape.
    """

    loaded: Loaded
    sound: Sound[RuleFile]

    @property
    def form(self) -> RuleFile:
        """The sound items as understood."""
        return self.sound.value or RuleFile()


@dataclass(slots=True)
class Census:
    """Whom the files know, faulty entries counted, so that one fault brings no echoes.

    Attributes:
        ids: of all entities.
        tags: ids of the entities that carry each tag.
        rumours: every text in what could not be taken: it may be meant for a name of somebody.
        unread: the text of each file with faults of YAML, and what could be read of it.
        complete: every file could be read at all.
    """

    ids: set[str] = field(default_factory=set)
    tags: dict[str, set[str]] = field(default_factory=dict)
    rumours: set[str] = field(default_factory=set)
    unread: list[tuple[str, str]] = field(default_factory=list)
    complete: bool = True
    _questions: int = 0
    _hints: int = 0

    def admit(self, entities: Iterable[Entity]) -> None:
        """Know the entities of an official list too."""
        for entity in entities:
            self.ids.add(entity.id)
            for tag in entity.tags:
                self.tags.setdefault(tag, set()).add(entity.id)

    def watched(self, word: str) -> set[str]:
        """Ids of the entities that a word of `watch:` means: those with the tag, or the id."""
        return self.tags.get(word, set()) | ({word} & self.ids)

    def rumoured(self, word: str) -> bool:
        """Whether a fault told already may be why nobody carries this word."""
        if not self.complete or word in self.rumours:
            return True
        self._questions += bool(self.unread)
        if self._questions > TOLD:  # each reads the whole text, and faults of it are told already
            return True
        return any(_lone(word, text) > _lone(word, read) for text, read in self.unread)

    def hint(self, word: str, known: Collection[str]) -> str:
        """What may have been meant; "" once as many were asked for as are told of one file."""
        self._hints += 1
        return did_you_mean(word, known) if self._hints <= TOLD else ""


def count(drafts: Sequence[Draft], *, complete: bool) -> Census:
    """Whom the files know.

    Args:
        drafts: the files.
        complete: there are no others that could not be read.
    """
    census = Census(complete=complete)
    for draft in drafts:
        for _, block in draft.loaded.blocks("entities"):
            for _, entity_id in texts(block.get("id")):
                census.ids.add(entity_id)
                for _, tag in texts(block.get("tags")):
                    census.tags.setdefault(tag, set()).add(entity_id)
        for path in draft.sound.dropped:
            if path[:1] != ("rules",) or len(path) == 1:
                census.rumours.update(_all_texts(draft.loaded.get(*path)))
        if draft.loaded.faults:
            read = "\n".join(_all_texts(draft.loaded.value))
            census.unread.append((draft.loaded.source.text, read))
        census.complete &= draft.loaded.whole or bool(draft.loaded.source.text)
    return census


def doubles(drafts: Sequence[Draft]) -> list[Fault]:
    """A fault for each id that an entity, or a rule, shares with an earlier one."""
    return [fault for section in ("entities", "rules") for fault in _doubles(drafts, section)]


def texts(value: Value) -> list[tuple[int, str]]:
    """The texts of a list that may be written as one, spaces tidied, and their positions."""
    items = value if isinstance(value, Series) else [value]
    return [(i, " ".join(item.split())) for i, item in enumerate(items) if isinstance(item, str)]


def _lone(word: str, text: str) -> int:
    """How often a word stands in a text, not within another word."""
    found, at = 0, text.find(word)
    while at >= 0:
        end = at + len(word)
        found += not _WORD.match(text, at - 1, at) and not _WORD.match(text, end)
        at = text.find(word, at + 1)
    return found


def _all_texts(value: Value) -> Iterator[str]:
    """Every text within a value, spaces tidied."""
    match value:
        case str():
            yield " ".join(value.split())
        case Block():
            for held in value.values():
                yield from _all_texts(held)
        case Series():
            for held in value:
                yield from _all_texts(held)


def _doubles(drafts: Sequence[Draft], section: str) -> Iterator[Fault]:
    called = {"entities": "entity", "rules": "rule"}[section]
    first: dict[str, Place] = {}
    for draft in drafts:
        for index, block in draft.loaded.blocks(section):
            for _, item_id in texts(block.get("id")):
                place = draft.loaded.place(section, index, "id")
                if item_id in first:
                    yield place.fault(
                        f'another {called} has the id "{item_id}": {first[item_id]}',
                        "give one of them another id, or make them one",
                    )
                first.setdefault(item_id, place)
