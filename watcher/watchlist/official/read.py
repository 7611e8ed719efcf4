"""A publisher's files to entities, whichever of its formats each one is in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from typing import assert_never

from watcher.errors import ListError
from watcher.watchlist.entity import Entity
from watcher.watchlist.official.advanced import read_advanced
from watcher.watchlist.official.elements import local, root
from watcher.watchlist.official.eu import read_eu
from watcher.watchlist.official.ofac import read_tables
from watcher.watchlist.official.opensanctions import read_entities, read_simple
from watcher.watchlist.official.tally import File, Tally
from watcher.watchlist.official.uk import read_uk_table, read_uk_xml
from watcher.watchlist.official.un import read_un

_START = 1000
_MARK = b"\xef\xbb\xbf"
_PACKED = (b"\x1f\x8b", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
"""What packed files begin with; an .ods, which begins as a .zip does, is read as it is."""

Read = Callable[[File, Tally], Iterator[Entity]]


class Publisher(StrEnum):
    """Whose lists can be read."""

    OFAC = "ofac"
    UN = "un"
    EU = "eu"
    UK = "uk"
    OPENSANCTIONS = "opensanctions"


_ROOTS: dict[Publisher, dict[str, Read]] = {
    Publisher.OFAC: {"Sanctions": read_advanced},
    Publisher.UN: {"CONSOLIDATED_LIST": read_un},
    Publisher.EU: {"export": read_eu},
    Publisher.UK: {"Designations": read_uk_xml},
    Publisher.OPENSANCTIONS: {},
}
"""The outermost element of each publisher's XML, and who reads it."""

_FORMS = {
    Publisher.OFAC: "sdn.csv with alt.csv, or SDN_ADVANCED.XML",
    Publisher.UN: "consolidated.xml",
    Publisher.EU: "xmlFullSanctionsList (XML)",
    Publisher.UK: "UK-Sanctions-List as .csv, .ods or .xml",
    Publisher.OPENSANCTIONS: "targets.simple.csv or entities.ftm.json",
}


def read_official(publisher: Publisher, files: Sequence[File], tally: Tally) -> Iterator[Entity]:
    """The persons and organisations of a publisher's files, in their order, each id once.

    Args:
        publisher: whose files they are.
        files: all of the list, in any order.
        tally: told the rest; complete when the last entity has been given.

    Raises:
        ListError: a file is none of this publisher's, damaged, or cut short.
    """
    seen: set[str] = set()
    for entity in _read(publisher, files, tally):
        if entity.id in seen:
            tally.miss(entity.id, "another entry has the same number")
        else:
            seen.add(entity.id)
            yield entity


def _read(publisher: Publisher, files: Sequence[File], tally: Tally) -> Iterator[Entity]:
    tables = []
    for file in files:
        start = _beginning(file)
        if start.startswith(b"<"):
            yield from _xml(publisher, file)(file, tally)
        elif publisher is Publisher.OFAC:
            tables.append(file)
        else:
            yield from _flat(publisher, file, start)(file, tally)
    if tables:
        yield from read_tables(tables, tally)


def _beginning(file: File) -> bytes:
    with file.open() as stream:
        start = stream.read(_START).removeprefix(_MARK).lstrip()
    if not start:
        raise ListError(f"{file.name}: is empty")
    if start.startswith(_PACKED):
        raise ListError(
            f"{file.name}: is packed; unpack it first, and name the file that comes out"
        )
    return start


def _xml(publisher: Publisher, file: File) -> Read:
    """Who reads an XML file of this publisher."""
    with file.open() as stream:
        found = local(root(file.name, stream).tag)
    try:
        return _ROOTS[publisher][found]
    except KeyError:
        raise ListError(
            f"{file.name}: is not {_FORMS[publisher]}: its outermost element is <{found[:40]}>"
        ) from None


def _flat(publisher: Publisher, file: File, start: bytes) -> Read:
    """Who reads a file of this publisher that is no XML."""
    match publisher:
        case Publisher.UK:
            return read_uk_table
        case Publisher.OPENSANCTIONS:
            return read_entities if start.startswith(b"{") else read_simple
        case Publisher.UN | Publisher.EU | Publisher.OFAC:
            raise ListError(f"{file.name}: is not {_FORMS[publisher]}: it is no XML")
        case _:
            assert_never(publisher)
