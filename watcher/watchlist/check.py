"""What an analyst should know before saving: entries that are legal and seldom meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from watcher.names.kind import Kind
from watcher.text import Script, fold, scripts_in
from watcher.watchlist.entity import Entity
from watcher.written import Fault, Loaded, Place

_FEW = 4
"""Letters; a shorter name stands in too many texts by chance."""

_UNSPACED = {Script.HAN, Script.KANA, Script.HANGUL}
"""Scripts that write a whole name as one word."""

_LETTERS = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Entry:
    """An entity and where it was written.

    Attributes:
        entity: the entity.
        loaded: the file it stands in.
        index: its position under `entities:`.
    """

    entity: Entity
    loaded: Loaded
    index: int

    def place(self, key: str, text: str) -> Place:
        """Where one of the texts of a key stands."""
        written = self.loaded.get("entities", self.index, key)
        items = written if isinstance(written, list) else [written]
        spots = [spot for spot, item in enumerate(items) if _tidy(item) == text]
        return self.loaded.place("entities", self.index, key, *spots[:1])


def check(entries: Sequence[Entry]) -> list[Fault]:
    """Warnings about entities, in the order of the entities."""
    found = [warning for entry in entries for warning in _check_one(entry)]
    return [*found, *_shared(entries)]


def _check_one(entry: Entry) -> Iterator[Fault]:
    entity = entry.entity
    for name in entity.names:
        if fault := _too_little(name, entity.kind):
            yield _place_of_name(entry, name).warning(fault, 'put it under "weak:" or "short:"')
    own = {_key(name): name for name in (*entity.names, *entity.weak)}
    for name in entity.exclude:
        if _key(name) in own:
            yield entry.place("not", name).warning(
                f'"{name}" is excluded and is a name of the entity itself',
                'take it away from "not:" or from the names',
            )
    for part in entity.short:
        if not _is_part(part, (*entity.names, *entity.weak)):
            yield entry.place("short", part).warning(
                f'"{part}" is not a part of any name of the entity',
                "check its spelling, or add the full name it belongs to",
            )


def _shared(entries: Sequence[Entry]) -> Iterator[Fault]:
    """Names that two entities have in full."""
    first: dict[str, tuple[Entry, str]] = {}
    for entry in entries:
        for name in entry.entity.names:
            earlier, spelled = first.setdefault(_key(name), (entry, name))
            if earlier is not entry:
                place = _place_of_name(earlier, spelled)
                yield _place_of_name(entry, name).warning(
                    f'"{name}" is a name of "{earlier.entity.id}" too: {place}',
                    'put it under "weak:" and give both entities "context:"',
                )


def _too_little(name: str, kind: Kind) -> str:
    """Why a name cannot well be watched alone; "" if it can."""
    if not _UNSPACED.isdisjoint(scripts_in(name)):
        return ""
    if len(_LETTERS.findall(name)) < _FEW:
        return f'"{name}" is so short that it stands in many texts by chance'
    if kind is Kind.PERSON and len(name.split()) == 1:
        return f'"{name}" is one word, which many people share'
    return ""


def _is_part(part: str, names: Sequence[str]) -> bool:
    """Whether a part stands in a name; also true if no name is written in its script."""
    scripts = set(scripts_in(part))
    comparable = [name for name in names if not scripts.isdisjoint(scripts_in(name))]
    return not comparable or any(_key(part) in _key(name) for name in comparable)


def _place_of_name(entry: Entry, name: str) -> Place:
    written = _tidy(entry.loaded.get("entities", entry.index, "name"))
    return entry.place("name" if written == name else "aliases", name)


def _key(name: str) -> str:
    return " ".join(fold(name).split())


def _tidy(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
