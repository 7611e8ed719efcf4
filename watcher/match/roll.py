"""All names of a watchlist, as few numbers each; one is taken apart when somebody asks for it.

A list may hold a million names, and an article concerns one or two. So of every name only that is
kept which must be known before anybody asks, in arrays; the rest is told again from its text.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from functools import partial
from math import ceil
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.bar import BAR, NEVER, bar_of
from watcher.match.listed import (
    SAY_LITTLE,
    SPACELESS,
    Listed,
    Use,
    Word,
    enlist,
    family_parts,
    is_handle,
    may_be_pair,
    own_parts,
    uses,
    words_of,
)
from watcher.names import Kind, Part, Share, alone, forget, rarity
from watcher.text import Script
from watcher.watchlist.entity import Entity, Watchlist

Numbers: TypeAlias = NDArray[np.int32]
Bits: TypeAlias = NDArray[np.int16]
Flags: TypeAlias = NDArray[np.bool_]

_USES = tuple(Use)
_REMEMBERED = 4096
"""Names that are kept once they were asked for."""
_KEPT, _FIELDS = 9, 5
"""Numbers that are noted of a name, and of an entry."""


class Columns(NamedTuple):
    """What is known of every name, by number.

    Attributes:
        owners: the number of its entity, rising.
        places: which of the texts of that entity it is (see `uses`).
        uses: what it is good for, as the number of the `Use`.
        person: whether it is a person's.
        alone: whether it has one part only.
        counts: whether it has, and may count without support.
        own: the parts that must be given, as bits (see `own_parts`).
        first: the first part, as a bit.
        family: the parts that are the family name, as bits; 0 if nobody knows.
        parts: all parts that a text may show, as bits.
        bars: what a whole name must score by the list itself; `NEVER` for all others.
    """

    owners: Numbers
    places: Numbers
    uses: NDArray[np.int8]
    person: Flags
    alone: Flags
    counts: Flags
    own: Bits
    first: Bits
    family: Bits
    parts: Bits
    bars: NDArray[np.float64]


class People(NamedTuple):
    """What is known of every entity, by number.

    Attributes:
        sorted: their numbers by rising id.
        bars: what a mention of each must score.
    """

    sorted: Numbers
    bars: NDArray[np.float64]


class Entries(NamedTuple):
    """Where the distinct words of a list stand in its names; an entry is a word in a name.

    Attributes:
        names: by entry its name, rising.
        begins: by name where its entries begin, and where the last ones end.
        words: by entry its word.
        starts: by word where its entries begin in `order`, and where the last ones end.
        order: the entries by word.
        places: by entry the first and the last of the parts that the word is.
        tells: by entry how telling the first of them is (see `telling`), in ten-thousandths,
            rounded up.
    """

    names: Numbers
    begins: Numbers
    words: Numbers
    starts: Numbers
    order: Numbers
    places: NDArray[np.int16]
    tells: NDArray[np.int16]


class Roll:
    """The names of a watchlist that have a word, by number."""

    def __init__(self, entities: Sequence[Entity], columns: Columns, people: People) -> None:
        self.entities = entities
        self.columns = columns
        self.people = people
        self._made: dict[int, Listed] = {}

    def __len__(self) -> int:
        return len(self.columns.owners)

    def __getitem__(self, number: int) -> Listed:
        """A name, taken apart.

        Raises:
            IndexError: there is none of this number.
        """
        made = self._made.get(number)
        if made is None:
            entity = self.entities[self.columns.owners[number]]
            text, use = uses(entity)[self.columns.places[number]]
            made = enlist(entity, text, use)
            if len(self._made) >= _REMEMBERED:
                self._made.clear()
                forget()
            self._made[number] = made
        return made

    def used(self, asked: Use) -> Flags:
        """Which names are good for a use."""
        found: Flags = self.columns.uses == _USES.index(asked)
        return found

    def bars(self, floors: Mapping[str, float]) -> tuple[NDArray[np.float64], float]:
        """What each whole name must score, and what any mention must score at least.

        Args:
            floors: by entity id, a bar below the entity's own that somebody wants to hear from.
        """
        bars = self.columns.bars.copy() if floors else self.columns.bars
        own = self.people.bars[self.columns.owners]
        lowest = float(own.min(initial=BAR))
        for entity, floor in floors.items():
            if (number := self._number(entity)) is not None:
                here = slice(*self._names_of(number))
                bars[here] = np.where(bars[here] < NEVER, np.minimum(bars[here], floor), NEVER)
                lowest = min(lowest, floor) if here.stop > here.start else lowest
        return bars, lowest

    def names_of(self, entity: str) -> range:
        """The numbers of the names of an entity.

        Raises:
            KeyError: there is no such entity.
        """
        number = self._number(entity)
        if number is None:
            raise KeyError(entity)
        return range(*self._names_of(number))

    def _names_of(self, number: int) -> tuple[int, int]:
        owners = self.columns.owners
        # Numbers of another kind would have the column copied.
        begin, end = owners.searchsorted(np.array((number, number + 1), owners.dtype)).tolist()
        return begin, end

    def _number(self, entity: str) -> int | None:
        """The number of an entity."""
        order = self.people.sorted
        place = bisect_left(order, entity, key=self._id)
        if place == len(order) or self._id(order[place]) != entity:
            return None
        return int(order[place])

    def _id(self, number: int) -> str:
        return self.entities[number].id


class Called(NamedTuple):
    """A watchlist gone through once.

    Attributes:
        columns: of its names.
        people: of its entities.
        words: the distinct words that a text may show of them.
        entries: where those stand in the names.
    """

    columns: Columns
    people: People
    words: Sequence[Word]
    entries: Entries


def call(watchlist: Watchlist, share: Share = alone) -> Called:
    """The names of a watchlist and their words.

    Every name is taken apart once, and forgotten.
    """
    pieces = share(partial(_some, watchlist.entities), len(watchlist.entities))
    numbers: dict[Word, int] = {}
    rows, count = [], 0
    for piece in pieces:
        words = (numbers.setdefault(word, len(numbers)) for word in piece.words)
        own = np.fromiter(words, np.int32, len(piece.words))
        table = np.array(piece.rows, np.int32).reshape(-1, _FIELDS)
        rows.append((table[:, 0] + count, own[table[:, 1]], *table.T[2:]))
        count += len(piece.columns) // _KEPT
    columns = np.concatenate([np.array(piece.columns, np.int32) for piece in pieces])
    people = _people(watchlist.entities)
    entries = _sorted(
        [np.concatenate(column) for column in zip(*rows, strict=True)], count, len(numbers)
    )
    return Called(_made(columns, people, entries), people, list(numbers), entries)


class _Piece(NamedTuple):
    """Some entities gone through.

    Attributes:
        columns: name by name, what `Columns` has of it by itself.
        rows: entry by entry its name and its word, both counted from 0, the first and the last
            part, and how telling the first is.
        words: the distinct words of these names.
    """

    columns: array[int]
    rows: array[int]
    words: list[Word]


def _some(entities: Sequence[Entity], some: range) -> _Piece:
    """Go through some of the entities."""
    numbers: dict[Word, int] = {}
    tells = _Tells()
    columns, rows = array("i"), array("i")
    count = 0
    for owner in some:
        for place, (text, use) in enumerate(uses(entities[owner])):
            listed = enlist(entities[owner], text, use)
            if listed.core:
                columns.extend((owner, place, *_columns(listed)))
                for entry in _entries(listed, numbers):
                    rows.extend((count, *entry, tells.of(listed.name.parts[entry[1]])))
                count += 1
    forget()
    return _Piece(columns, rows, list(numbers))


class _Tells(dict[tuple[str, Script], int]):
    """How telling words are, in ten-thousandths, rounded up; each is worked out once."""

    def __missing__(self, word: tuple[str, Script]) -> int:
        self[word] = told = ceil(rarity(*word) * 10_000)
        return told

    def of(self, part: Part) -> int:
        """How telling a part is (see `telling`)."""
        return 0 if part.role in SAY_LITTLE else self[part.folded, part.script]


def _made(told: NDArray[np.int32], people: People, entries: Entries) -> Columns:
    """What was told of each name, and what people and words add to it."""
    kinds = (np.int32, np.int32, np.int8, bool, bool, bool, np.int16, np.int16, np.int16)
    table = told.reshape(-1, len(kinds)).T
    columns = [row.astype(kind) for row, kind in zip(table, kinds, strict=True)]
    parts = np.zeros(len(table[0]), np.int16)
    np.bitwise_or.at(parts, entries.names, bits(entries.places).astype(np.int16))
    whole = np.isin(table[2], [_USES.index(use) for use in (Use.FULL, Use.WEAK)])
    bars = np.where(whole, people.bars[table[0]], NEVER)
    return Columns._make([*columns, parts, bars])


def _people(entities: Sequence[Entity]) -> People:
    order = sorted(range(len(entities)), key=lambda number: entities[number].id)
    return People(np.array(order, np.int32), np.fromiter(map(bar_of, entities), np.float64))


def _columns(listed: Listed) -> tuple[int, ...]:
    """What `Columns` has of a name by itself, but for the first two."""
    return (
        _USES.index(listed.use),
        listed.entity.kind != Kind.ORGANIZATION,
        len(listed.core) == 1,
        _counts_alone(listed),
        _bits(own_parts(listed)),
        1 << listed.core[0],
        _bits(family_parts(listed)),
    )


def _bits(places: Sequence[int]) -> int:
    return sum(1 << place for place in places)


def _entries(listed: Listed, numbers: dict[Word, int]) -> list[tuple[int, int, int]]:
    """The words of a name, those that it has twice together: word, first part, last part."""
    found = [
        (numbers.setdefault(word, len(numbers)), first, last)
        for word, first, last in words_of(listed.name, listed.core)
    ]
    places: dict[int, int] = {}
    for place, (number, *_) in enumerate(found):
        places.setdefault(number, place)
    if len(places) < len(found):
        found.sort(key=lambda entry: places[entry[0]])
    return found


def _sorted(table: Sequence[Numbers], names: int, words: int) -> Entries:
    own, word = table[:2]
    begins = np.searchsorted(own, np.arange(names + 1)).astype(np.int32)
    order = np.argsort(word, kind="stable").astype(np.int32)
    starts = np.searchsorted(word[order], np.arange(words + 1)).astype(np.int32)
    first, last, tells = (column.astype(np.int16) for column in table[2:])
    places = np.stack((first, last), axis=1)
    return Entries(own, begins, word, starts, order, places, tells)


def bits(places: NDArray[np.int16]) -> NDArray[np.int64]:
    """Stretches of parts, from the first to the last, as bits."""
    first, last = places.T.astype(np.int64)
    found: NDArray[np.int64] = (2 << last) - (1 << first)
    return found


def _counts_alone(listed: Listed) -> bool:
    """Whether a name of one part may count without support, wherever it stands."""
    is_full = listed.use is Use.FULL and len(listed.core) == 1 and not is_handle(listed.name.text)
    if not is_full or listed.entity.kind != Kind.PERSON:
        return is_full
    return listed.name.parts[listed.core[0]].script in SPACELESS or may_be_pair(listed)
