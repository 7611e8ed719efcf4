"""OpenSanctions' exports: targets.simple.csv, and FollowTheMoney entities as JSON lines.

The simple table has the other names of an entry in one field, parted by ";". The lines hold every
name as a property, weak ones apart (`weakAlias`); the programmes stand in entries of their own
(`Sanction`) that may come before or after whom they concern, so the file is read twice. Entries
that are no targets (relatives, addresses, passports) are left out.

Source of columns and properties: the exports of 2025 and 2026, and the FollowTheMoney model.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from watcher.errors import ListError
from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.rows import read_rows, whole_rows
from watcher.watchlist.official.tally import File, Tally, lines_of

_KINDS = {
    "Person": Kind.PERSON,
    **dict.fromkeys(("Organization", "Company", "LegalEntity", "PublicBody"), Kind.ORGANIZATION),
}
_LEFT_OUT = {"Vessel": "vessels", "Airplane": "aircraft"}
_OTHERS = "of other sorts"
_NEEDED = ("id", "schema", "name", "aliases")


def read_simple(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and organisations of a targets.simple.csv.

    Raises:
        ListError: it is cut short, or no such table.
    """
    rows = read_rows(file)
    header = next(rows, None)
    columns = {} if header is None else {name: at for at, name in enumerate(header.cells)}
    if header is None or any(name not in columns for name in _NEEDED):
        raise ListError(f"{file.name}: this is no targets.simple.csv: it lacks the column names")
    for row in whole_rows(file, rows, len(header.cells), tally):
        said = {name: row.cells[at] for name, at in columns.items()}
        tally.date(said.get("last_seen", "")[:10])
        kind = _kind(said["schema"], tally)
        if kind is None:
            continue
        names = [said["name"], *_parted(said["aliases"])]
        tags = ["opensanctions", *_parted(said.get("program_ids", ""))]
        found = entity(f"opensanctions:{said['id']}", kind, names, (), tags) if said["id"] else None
        if found:
            yield found
        else:
            tally.miss(f"{file.name}:{row.number}", "the entry has no id or no name")


def _parted(cell: str) -> list[str]:
    """The values of a cell, which is a line of a table itself, with ";" between its fields."""
    return next(csv.reader([" ".join(cell.split())], delimiter=";"), [])


def read_entities(file: File, tally: Tally) -> Iterator[Entity]:
    """The persons and organisations of FollowTheMoney entities, one a line.

    Raises:
        ListError: it is cut short: the last line is no whole entry.
    """
    programmes: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for _, entry in _entries(file, Tally(), holding=b'"Sanction"'):
        if entry.get("schema") == "Sanction":
            for target in _values(entry, "entity"):
                programmes[target] |= dict.fromkeys(_values(entry, "programId"))
    for place, entry in _entries(file, tally):
        if entry.get("target") is False or entry.get("schema") == "Sanction":
            continue
        kind = _kind(str(entry.get("schema")), tally)
        if kind is None:
            continue
        tally.date(str(entry.get("last_seen", ""))[:10])
        if found := _target(entry, kind, programmes):
            yield found
        else:
            tally.miss(place, "the entry has no id or no name")


def _target(
    entry: dict[str, Any], kind: Kind, programmes: dict[str, dict[str, None]]
) -> Entity | None:
    number = entry.get("id")
    if not isinstance(number, str) or not number:
        return None
    nested = (each for each in _list(entry, "sanctions") if isinstance(each, dict))
    tags = [
        "opensanctions",
        *_values(entry, "programId"),
        *programmes.get(number, ()),
        *(tag for each in nested for tag in _values(each, "programId")),
    ]
    caption = entry.get("caption")
    shown = [caption] if isinstance(caption, str) and caption != number else []
    names = [name for key in ("name", "alias", "previousName") for name in _values(entry, key)]
    weak = _values(entry, "weakAlias")
    first = [name for name in shown if name not in weak]
    return entity(f"opensanctions:{number}", kind, [*first, *names], weak, tags)


def _entries(
    file: File, tally: Tally, holding: bytes = b""
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every line that is an object and holds these bytes, with its place."""
    fault = ""
    with file.open() as stream:
        for number, raw in enumerate(lines_of(file.name, stream), 1):
            if not raw.strip() or holding not in raw:
                continue
            place, fault = f"{file.name}:{number}", ""
            try:
                entry = json.loads(raw)
            except (ValueError, RecursionError) as error:
                fault = f"{place}: this is not JSON: {error}"
                tally.miss(place, f"this is not JSON: {error}")
                continue
            if isinstance(entry, dict):
                yield place, entry
            else:
                tally.miss(place, "this is no object")
    if fault:
        raise ListError(f"{fault}; the file was cut short")


def _kind(schema: str, tally: Tally) -> Kind | None:
    """What an entry is; None, and counted, if its name is not to be watched."""
    kind = _KINDS.get(schema)
    if kind is None:
        tally.left_out[_LEFT_OUT.get(schema, _OTHERS)] += 1
    return kind


def _list(entry: dict[str, Any], key: str) -> list[object]:
    properties = entry.get("properties")
    values = properties.get(key) if isinstance(properties, dict) else None
    return values if isinstance(values, list) else []


def _values(entry: dict[str, Any], key: str) -> list[str]:
    return [value for value in _list(entry, key) if isinstance(value, str)]
