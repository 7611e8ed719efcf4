"""What an analyst should know before saving: entries that are legal and seldom meant."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from watcher.names.kind import Kind
from watcher.text import Script, scripts_in
from watcher.watchlist.entity import Entity
from watcher.watchlist.hide import hidden, hides, squeezed
from watcher.written import Fault, Loaded, Place

OFTEN = 20
"""Alerts a week for one name: three a day, which is when people stop reading them. A judgement."""

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

    def place_of_name(self, name: str) -> Place:
        """Where one of the full names stands."""
        written = _tidy(self.loaded.get("entities", self.index, "name"))
        return self.place("name" if written == name else "aliases", name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """How often a name alerts where no other name of its entity speaks for it.

    Attributes:
        entity: the entity's id.
        name: as the watchlist spells it.
        articles: how many articles it would have alerted for.
        of: how many were looked through.
        weekly: alerts a week.
    """

    entity: str
    name: str
    articles: int
    of: int
    weekly: float


def often(entries: Iterable[Entry], rates: Iterable[Rate]) -> tuple[Fault, ...]:
    """Warnings about names that alert `OFTEN` times a week and more, measured on articles."""
    by_id = {entry.entity.id: entry for entry in entries}
    return tuple(
        _place_of_any(by_id[rate.entity], rate.name).warning(
            f'"{rate.name}" would alert {rate.weekly:,.0f} times a week by itself'
            f" ({rate.articles:,} of {rate.of:,} articles on record)",
            'if others are meant, put it under "weak:" and write "context:";'
            " if not, give the rule a cool_down or a digest",
        )
        for rate in rates
        if rate.weekly >= OFTEN and rate.entity in by_id
    )


def check(entries: Sequence[Entry]) -> list[Fault]:
    """Warnings about entities, in the order of the entities."""
    found = [warning for entry in entries for warning in _check_one(entry)]
    return [*found, *_shared(entries)]


def _check_one(entry: Entry) -> Iterator[Fault]:
    entity = entry.entity
    for name in entity.names:
        if fault := too_little(name, entity.kind):
            yield entry.place_of_name(name).warning(fault, 'put it under "weak:" or "short:"')
    for name in entity.exclude:
        if own := hidden(entity, name):
            yield entry.place("not", name).warning(
                hides(name, own),
                'take it away; two people of one name are told apart by "unless:" in the rule',
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
            earlier, spelled = first.setdefault(squeezed(name), (entry, name))
            if earlier is not entry:
                place = earlier.place_of_name(spelled)
                yield entry.place_of_name(name).warning(
                    f'"{name}" is a name of "{earlier.entity.id}" too: {place}',
                    'put it under "weak:" and give both entities "context:"',
                )


def too_little(name: str, kind: Kind) -> str:
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
    return not comparable or any(squeezed(part) in squeezed(name) for name in comparable)


def _place_of_any(entry: Entry, name: str) -> Place:
    """Where a name stands, whichever key it is under."""
    for key in ("weak", "short"):
        if name in getattr(entry.entity, key):
            return entry.place(key, name)
    return entry.place_of_name(name)


def _tidy(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
