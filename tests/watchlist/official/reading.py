"""Files of a publisher, read or refused."""

from __future__ import annotations

import pytest

from tests.publishers import (
    UK_HEADER,
    UK_ROWS,
    file,
    ods,
)
from watcher.errors import ListError
from watcher.names import Kind
from watcher.watchlist import Entity
from watcher.watchlist.official import Publisher, Tally, read_official

UK_SHEET = ods([["Report Date: 21-Sep-2026"], UK_HEADER.split(","), UK_ROWS[0].split(",")])


def read(publisher: str, *contents: str | bytes) -> tuple[list[Entity], Tally]:
    """The entities of files called 0, 1, …, and the tally."""
    tally = Tally()
    files = [file(content, str(number)) for number, content in enumerate(contents)]
    return list(read_official(Publisher(publisher), files, tally)), tally


def refused(publisher: str, *contents: str | bytes) -> str:
    with pytest.raises(ListError) as caught:
        read(publisher, *contents)
    return str(caught.value)


def person(entity_id: str, *names: str, weak: str = "", tags: str = "") -> Entity:
    return Entity(
        id=entity_id,
        names=names,
        weak=(weak,) if weak else (),
        tags=(entity_id.split(":", maxsplit=1)[0], *tags.split()),
    )


def organisation(entity_id: str, *names: str, weak: str = "", tags: str = "") -> Entity:
    return Entity(
        id=entity_id,
        names=names,
        weak=(weak,) if weak else (),
        tags=(entity_id.split(":", maxsplit=1)[0], *tags.split()),
        kind=Kind.ORGANIZATION,
    )
