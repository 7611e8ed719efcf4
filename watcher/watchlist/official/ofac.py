"""OFAC's tables: sdn.csv with alt.csv, sdn_comments.csv, and the same of the consolidated list.

The files have no header, so the number of columns tells which one each is: twelve for entries
(number, name, type, programmes, …, remarks), five for other names (entry, number, sort, name,
remarks), two for remarks that found no room, six for addresses, which say nothing here. "-0-" is
nothing. Weak names stand in the remarks only, as a.k.a. 'NAME'.

Source of the columns: the data specification on OFAC's site, state of September 2023.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watcher.errors import ListError
from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.names import entity
from watcher.watchlist.official.rows import Row, read_rows, whole_rows
from watcher.watchlist.official.tally import File, Tally

_ENTRY, _OTHER_NAME, _COMMENT, _ADDRESS = 12, 5, 2, 6
_NOTHING = "-0-"
_WEAK = re.compile(r"\b[afn]\.k\.a\.\s*'(.{1,300}?)'(?=\s*(?:[;.]|$))")
_LEFT_OUT = {"vessel": "vessels", "aircraft": "aircraft"}


@dataclass(slots=True)
class _Aside:
    """What other files say of the entries, by number.

    Attributes:
        names: other names.
        remarks: what found no room in the entry.
    """

    names: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    remarks: defaultdict[str, str] = field(default_factory=lambda: defaultdict(str))


def read_tables(files: Sequence[File], tally: Tally) -> Iterator[Entity]:
    """The persons and organisations of OFAC's tables.

    Args:
        files: in any order.
        tally: told what is left out and what cannot be read.

    Raises:
        ListError: a file is none of these, or cut short, or there are no entries.
    """
    widths = {file: _width(file) for file in files}
    aside = _Aside()
    for file, width in widths.items():
        if width in {_OTHER_NAME, _COMMENT}:
            _read_aside(file, width, aside, tally)
    if _ENTRY not in widths.values():
        raise ListError("none of OFAC's files has the entries themselves; add sdn.csv")
    if _OTHER_NAME not in widths.values():
        tally.advice.append("there is no alt.csv among the files, so other names are missing")
    for file, width in widths.items():
        if width == _ENTRY:
            for row in _rows(file, width, tally):
                if found := _entry(file, row, aside, tally):
                    yield found


def _width(file: File) -> int:
    first = next(read_rows(file), None)
    width = len(first.cells) if first else 0
    known = {_ENTRY, _OTHER_NAME, _COMMENT, _ADDRESS}
    if first is None or width not in known or not first.cells[0].strip().isdecimal():
        raise ListError(f"{file.name}: this is none of OFAC's tables (sdn.csv, alt.csv, …)")
    return width


def _rows(file: File, width: int, tally: Tally) -> Iterator[Row]:
    """The rows that are whole and begin with a number, without the word for nothing."""
    for row in whole_rows(file, read_rows(file), width, tally):
        cells = [row.cells[0].strip(), *map(_said, row.cells[1:])]
        if cells[0].isdecimal():
            yield Row(row.number, cells)
        else:
            tally.miss(f"{file.name}:{row.number}", "the row does not begin with a number")


def _said(cell: str) -> str:
    """A cell; not stripped, for remarks go on in another file in the middle of a word."""
    return "" if cell.strip() == _NOTHING else cell


def _read_aside(file: File, width: int, aside: _Aside, tally: Tally) -> None:
    for row in _rows(file, width, tally):
        if width == _COMMENT:
            aside.remarks[row.cells[0]] += row.cells[1]
        else:
            aside.names[row.cells[0]].append(row.cells[3])


def _entry(file: File, row: Row, aside: _Aside, tally: Tally) -> Entity | None:
    number, name, sort, programmes = (cell.strip() for cell in row.cells[:4])
    if what := _LEFT_OUT.get(sort.casefold()):
        tally.left_out[what] += 1
        return None
    found = entity(
        f"ofac:{number}",
        Kind.PERSON if sort.casefold() == "individual" else Kind.ORGANIZATION,
        [name, *aside.names[number]],
        _WEAK.findall(row.cells[-1] + aside.remarks[number]),
        ["ofac", *programmes.split("] [")],
    )
    if found is None:
        tally.miss(f"{file.name}:{row.number}", f"entry {number} has no name")
    return found
