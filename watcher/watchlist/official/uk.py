"""The UK Sanctions List, as a table (CSV, ODS) or as XML.

An entry has as many rows, or Name elements, as it has names: Name 1 to Name 5 are given names, Name
6 the family name or the whole; the sort of name is "Primary Name", its variation or "Alias"; an
alias may be "Low quality a.k.a". Letter case varies. Ships are left out.

Source of columns and elements: the list as published in 2025 and 2026.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from xml.etree.ElementTree import Element

from watcher.errors import ListError
from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.elements import records, text, texts
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.rows import Row, read_rows, whole_rows
from watcher.watchlist.official.tally import File, Tally

_KINDS = {"individual": Kind.PERSON, "entity": Kind.ORGANIZATION}
_PARTS = tuple(f"name {number}" for number in range(1, 7))
_ID = "unique id"
_SORT = ("designation type", "individual, entity, ship", "individual/entity/ship")
_PREAMBLE = 10
"""Rows above the header at most; there is one, with the date of the report."""
_DATE = re.compile(r"\d{1,2}[-/](?:\w{3}|\d{1,2})[-/]\d{4}")


@dataclass(slots=True)
class _Party:
    """An entry as far as its rows have come.

    Attributes:
        place: of its first row.
        sort: individual, entity or ship, in lower case.
        primary: its main names.
        full: its other names.
        weak: those of low quality.
        regimes: what it is listed under.
    """

    place: str
    sort: str
    primary: list[str] = field(default_factory=list)
    full: list[str] = field(default_factory=list)
    weak: list[str] = field(default_factory=list)
    regimes: list[str] = field(default_factory=list)

    def add(self, name: str, sort: str, strength: str) -> None:
        """Put a name where its sort says that it belongs."""
        if strength.casefold().startswith("low"):
            self.weak.append(name)
        else:
            (self.primary if sort.casefold() == "primary name" else self.full).append(name)

    def entity(self, number: str, tally: Tally) -> Entity | None:
        """The entity; None, with a word to the tally, if it is none to watch."""
        if self.sort == "ship":
            tally.left_out["vessels"] += 1
            return None
        found = None
        if self.sort in _KINDS:
            names, tags = chain(self.primary, self.full), ["uk", *self.regimes]
            found = entity(f"uk:{number}", _KINDS[self.sort], names, self.weak, tags)
        if found is None:
            lacks = "has no name" if self.sort in _KINDS else f'is of no known sort: "{self.sort}"'
            tally.miss(self.place, f"{number} {lacks}")
        return found


def read_uk_table(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and entities of a table.

    Raises:
        ListError: it is cut short, or no UK list.
    """
    rows = read_rows(file)
    columns = _header(file, rows, tally)
    parties: dict[str, _Party] = {}
    for row in whole_rows(file, rows, max(columns.values()) + 1, tally):
        said = {name: row.cells[at].strip() for name, at in columns.items()}
        if number := said[_ID]:
            _take(parties, number, said, f"{file.name}:{row.number}")
        else:
            tally.miss(f"{file.name}:{row.number}", 'there is no "Unique ID" in this row')
    for number, party in parties.items():
        if found := party.entity(number, tally):
            yield found


def _header(file: File, rows: Iterator[Row], tally: Tally) -> dict[str, int]:
    """Where each column is; the date of the report, if a row above the header has it, is noted."""
    for row, _ in zip(rows, range(_PREAMBLE), strict=False):
        names = [" ".join(cell.casefold().split()) for cell in row.cells]
        if _ID in names and _PARTS[5] in names:
            return {name: at for at, name in reversed(list(enumerate(names)))}
        if found := _DATE.search(" ".join(row.cells)):
            tally.date(_iso(found[0]))
    raise ListError(f'{file.name}: this is no UK list: it has no column "Unique ID"')


def _take(parties: dict[str, _Party], number: str, said: dict[str, str], place: str) -> None:
    sort = next((said[key] for key in _SORT if said.get(key)), "")
    party = parties.setdefault(number, _Party(place, sort.casefold()))
    name = " ".join(filter(None, (said.get(part, "") for part in _PARTS)))
    party.add(name, said.get("name type", ""), said.get("alias strength", ""))
    party.full.append(said.get("name non-latin script", ""))
    party.regimes.append(said.get("regime name", ""))


def read_uk_xml(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and entities of the XML.

    Raises:
        ListError: it is damaged or cut short.
    """
    with file.open() as stream:
        for called, element in records(file.name, stream, {"DateGenerated", "Designation"}):
            if called == "DateGenerated":
                tally.date(_iso((element.text or "").strip()))
            elif found := _designation(file, element, tally):
                yield found


def _designation(file: File, element: Element, tally: Tally) -> Entity | None:
    number = text(element, "{*}UniqueID")
    place = f"{file.name}: entry {number or '?'}"
    if not number:
        tally.miss(place, "has no UniqueID")
        return None
    party = _Party(place, text(element, "{*}IndividualEntityShip").casefold())
    for name in element.iterfind("{*}Names/{*}Name"):
        parts = (text(name, f"{{*}}Name{part}") for part in range(1, 7))
        whole = " ".join(filter(None, parts))
        party.add(whole, text(name, "{*}NameType"), text(name, "{*}AliasStrength"))
    party.full += texts(element, ".//{*}NameNonLatinScript")
    party.regimes += texts(element, "{*}RegimeName")
    return party.entity(number, tally)


def _iso(date: str) -> str:
    """A date as the UK writes it, as ISO 8601; "" if it is none."""
    for form in ("%d/%m/%Y", "%d-%b-%Y", "%d-%m-%Y"):
        try:
            return datetime.strptime(date, form).date().isoformat()  # noqa: DTZ007 - a mere date
        except ValueError:
            continue
    return ""
