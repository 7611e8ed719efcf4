"""The articles of the past, read again: one that is asked for, or all of some time, in order."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from watcher.store.articles import ARTICLE_COLUMNS, read_article
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Stored

_AT_ONCE = 200
"""Articles read together: few megabytes, and no transaction that outlives them."""

_ALIKE = 10
"""Articles of one address that are looked at; some feeds give the same one to all they have."""

_KEPT = "FROM articles WHERE forgotten IS NULL AND first_seen < ?"


def stored(database: Database, called: str) -> Stored | None:
    """An article by its id, or else the last one seen of this address."""
    for column in ("id", "link"):
        rows = database.read(
            f"SELECT {ARTICLE_COLUMNS}, first_seen FROM articles"
            f" WHERE {column} = ? AND {column} <> '' ORDER BY first_seen DESC LIMIT 1",
            (called,),
        )
        if rows:
            return _stored(rows[0])
    return None


def at_address(database: Database, link: str) -> tuple[Stored, ...]:
    """The articles of an address whose text is kept, the last one recorded first; at most a few.

    The index is gone through backwards, so that it costs the same however many there are.
    """
    rows = database.read(
        f"SELECT {ARTICLE_COLUMNS}, first_seen FROM articles"
        " WHERE link = ? AND link <> '' AND forgotten IS NULL"
        " ORDER BY rowid DESC LIMIT ?",
        (link, _ALIKE),
    )
    return tuple(map(_stored, rows))


def count(database: Database, since: datetime, until: datetime) -> int:
    """How many articles `shelf` gives."""
    asked = (to_ms(until), to_ms(since))
    rows = database.read(f"SELECT COUNT(*) AS number {_KEPT} AND first_seen >= ?", asked)
    return int(rows[0]["number"])


def shelf(
    database: Database, since: datetime, until: datetime, after: str = ""
) -> Iterator[Stored]:
    """The articles first seen from one time on and before another, in that order, then by id.

    What is added or changed meanwhile may be among them or not; each comes once.

    Args:
        database: open.
        since: the first time.
        until: the other.
        after: of those first seen at the first time only ids beyond this one count.
    """
    last: tuple[int, str] = (to_ms(since), after)
    while True:
        rows = database.read(
            f"SELECT {ARTICLE_COLUMNS}, first_seen {_KEPT}"
            " AND (first_seen, id) > (?, ?) ORDER BY first_seen, id LIMIT ?",
            (to_ms(until), *last, _AT_ONCE),
        )
        yield from map(_stored, rows)
        if len(rows) < _AT_ONCE:
            return
        last = rows[-1]["first_seen"], rows[-1]["id"]


def _stored(row: Row) -> Stored:
    return Stored(read_article(row), from_ms(row["first_seen"]))
