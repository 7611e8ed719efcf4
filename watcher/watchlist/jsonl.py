"""Watchlists as programs write them: one JSON object a line, one entity each.

Official lists hold tens of thousands of lines and a few odd ones, so a bad line costs that line
only, and what no reader can use (a name without a letter, an entity without a name) is told once
and left out.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.record import Record, plain
from watcher.written import Fault, Place

SHOWN = 50
"""Faults, and warnings of each sort, that are told one by one; the rest is counted."""

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")


@dataclass(slots=True)
class Lines:
    """What was read so far.

    Attributes:
        entities: in the order of the lines.
        faults: of lines that had to be left out.
        warnings: about lines and names that cannot be used.
    """

    entities: list[Entity] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    warnings: list[Fault] = field(default_factory=list)


def read_lines(name: str, data: bytes) -> Lines:
    """Read a watchlist of JSON lines.

    Args:
        name: the file's path as people know it.
        data: its bytes, UTF-8.

    Returns:
        The entities of all good lines. Ids are unique: a second line with the same id is a fault.
    """
    lines = Lines()
    first: dict[str, int] = {}
    kinds: Counter[str] = Counter()
    for place, record in _records(name, data, lines):
        if record.id in first:
            lines.faults.append(
                _at_key(place, "id").fault(
                    f'another line has the id "{record.id}": {name}:{first[record.id]}',
                    "make them one entity",
                )
            )
            continue
        first[record.id] = place.line
        if record.kind not in {*Kind, None}:
            kinds[str(record.kind)] += 1
        if entity := _entity(record, place, lines):
            lines.entities.append(entity)
    lines.faults = _capped(lines.faults, Place(file=name).fault, "faults")
    lines.warnings = _capped(lines.warnings, Place(file=name).warning, "warnings")
    if kinds:
        lines.warnings.append(_other_kinds(name, kinds))
    return lines


def _records(name: str, data: bytes, lines: Lines) -> Iterator[tuple[Place, Record]]:
    """Every line that has the shape of an entity; faults of the others go to `lines`."""
    for number, raw in enumerate(data.removeprefix(b"\xef\xbb\xbf").split(b"\n"), 1):
        if not raw.strip():
            continue
        place = Place(file=name, line=number, column=1, line_text=raw.decode(errors="replace"))
        try:
            value = json.loads(raw.decode())
            record = plain(value) if b"\\ud" not in raw.lower() else None
            if record is None:
                # Few lists hold lines that only pydantic can tell what is wrong with.
                from watcher.watchlist.odd import read  # noqa: PLC0415

                record, faults = read(value)
                lines.faults += [_at_key(place, *key).fault(*said) for key, said in faults]
            if record is not None:
                yield place, record
        except UnicodeDecodeError as error:
            column = len(raw[: error.start].decode()) + 1
            bad = f"byte 0x{raw[error.start]:02X} is not UTF-8"
            lines.faults.append(_moved(place, column).fault(bad, "save the file as UTF-8"))
        except json.JSONDecodeError as error:
            lines.faults.append(
                _moved(place, error.colno).fault(
                    f"this is not JSON: {error.msg}", 'write one object a line: {"id": …}'
                )
            )
        except RecursionError:
            lines.faults.append(place.fault("this line is nested too deeply"))
        except ValueError:  # Python's bound on the digits of a number
            lines.faults.append(
                place.fault("a number on this line is too long", "write it as text, in quotes")
            )


def _entity(record: Record, place: Place, lines: Lines) -> Entity | None:
    """The entity of a line; None, and a warning, if it has no name that can be used."""
    names = _usable(record.names, "names", place, lines)
    weak = _usable(record.weak_names, "weak_names", place, lines)
    if not names and not weak:
        lines.warnings.append(
            place.warning(f'entity "{record.id}" has no name and is left out', 'add "names": […]')
        )
        return None
    return Entity(
        id=record.id,
        names=names,
        weak=weak,
        short=_usable(record.short, "short", place, lines),
        context=_tidied(record.context),
        exclude=_usable(record.exclude, "not", place, lines),
        tags=_tidied(record.tags),
        kind=Kind.PERSON if record.kind in {Kind.PERSON, None} else Kind.ORGANIZATION,
    )


def _usable(names: tuple[str, ...], key: str, place: Place, lines: Lines) -> tuple[str, ...]:
    """The names that hold a letter, each once; a warning for each of the others."""
    tidied = _tidied(names)
    usable = tuple(name for name in tidied if any(char.isalpha() for char in name))
    lines.warnings += [
        _at_key(place, key).warning(f'"{name}" has no letter to know it by; it is left out')
        for name in tidied
        if name not in usable
    ]
    return usable


def _tidied(texts: tuple[str, ...]) -> tuple[str, ...]:
    """Each text once and on one line, without control and half characters; empty ones are gone."""
    tidy = (" ".join(_CONTROLS.sub(" ", text).split()) for text in texts)
    return tuple(dict.fromkeys(text for text in tidy if text))


def _at_key(place: Place, *keys: str | int) -> Place:
    """The place of a key in the line; the line's beginning if it does not hold the key."""
    found = re.search(rf'"{re.escape(str(keys[0]))}"\s*:', place.line_text) if keys else None
    return _moved(place, found.start() + 1) if found else place


def _moved(place: Place, column: int) -> Place:
    return Place(file=place.file, line=place.line, column=column, line_text=place.line_text)


def _capped(faults: list[Fault], tell: Any, called: str) -> list[Fault]:
    if len(faults) <= SHOWN:
        return faults
    return [*faults[:SHOWN], tell(f"{len(faults) - SHOWN:,} more {called} are not shown")]


def _other_kinds(name: str, kinds: Counter[str]) -> Fault:
    listed = ", ".join(f"{kind} ({number:,})" for kind, number in kinds.most_common(5))
    return Place(file=name).warning(
        f"kinds that are neither person nor organization are read as organization: {listed}"
    )
