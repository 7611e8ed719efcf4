"""What is old enough to be forgotten, some of it at a time, so that nobody waits for long.

Nothing goes that somebody may still need: an alert that waits or was given up stays with all that
belongs to it, whatever its age. That an article was seen is never forgotten, or it would be new
again if its feed still offers it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.store.database import Database
from watcher.store.moment import to_ms
from watcher.store.record import Standing

_OPEN = f"state IN ('{Standing.WAITING}', '{Standing.DEAD}')"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was forgotten.

    Attributes:
        articles: whose text went.
        alerts: that went with their deliveries and every try.
        others: digests and notices that went.
    """

    articles: int = 0
    alerts: int = 0
    others: int = 0

    def __bool__(self) -> bool:
        return bool(self.articles or self.alerts or self.others)

    def __add__(self, other: Forgotten) -> Forgotten:
        return Forgotten(
            self.articles + other.articles, self.alerts + other.alerts, self.others + other.others
        )


class Attic:
    """The old part of the record; raises as `Store` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def clear(
        self, now: datetime, articles: datetime | None, alerts: datetime | None, most: int
    ) -> Forgotten:
        """Forget some of what is old; nothing is left to forget if it says that nothing was.

        Args:
            now: aware, in UTC.
            articles: those first seen and last changed before lose their text, unless an alert
                is about them; None to keep all.
            alerts: those raised before go, unless they wait or were given up; None to keep all.
            most: so many of each at most.
        """
        database = self._database
        with database.write():
            gone = _alerts(database, to_ms(alerts), most) if alerts else 0
            others = _others(database, to_ms(alerts), most) if alerts else 0
            emptied = _articles(database, to_ms(articles), to_ms(now), most) if articles else 0
        return Forgotten(emptied, gone, others)


def _alerts(database: Database, before: int, most: int) -> int:
    rows = database.read(
        "SELECT id FROM alerts WHERE raised < ? AND NOT EXISTS"
        f" (SELECT 1 FROM deliveries WHERE alert = alerts.id AND {_OPEN})"
        " ORDER BY raised LIMIT ?",
        (before, most),
    )
    ids = [(row["id"],) for row in rows]
    database.run_each(
        "DELETE FROM attempts WHERE delivery IN (SELECT key FROM deliveries WHERE alert = ?)", ids
    )
    database.run_each("DELETE FROM deliveries WHERE alert = ?", ids)
    database.run_each("DELETE FROM alerts WHERE id = ?", ids)
    return len(ids)


def _others(database: Database, before: int, most: int) -> int:
    """Digests whose alerts are gone, and notices."""
    rows = database.read(
        "SELECT key FROM deliveries AS whole WHERE alert IS NULL AND created < ?"
        f" AND NOT {_OPEN} AND NOT EXISTS (SELECT 1 FROM deliveries WHERE digest = whole.key)"
        " ORDER BY created LIMIT ?",
        (before, most),
    )
    keys = [(row["key"],) for row in rows]
    database.run_each("DELETE FROM attempts WHERE delivery = ?", keys)
    database.run_each("DELETE FROM deliveries WHERE key = ?", keys)
    database.run(
        "DELETE FROM notices WHERE raised < ?"
        " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE notice = notices.id)",
        (before,),
    )
    return len(keys)


def _articles(database: Database, before: int, now: int, most: int) -> int:
    rows = database.read(
        "SELECT id FROM articles WHERE forgotten IS NULL AND first_seen < ? AND last_changed < ?"
        " AND NOT EXISTS (SELECT 1 FROM alerts WHERE article = articles.id)"
        " ORDER BY first_seen LIMIT ?",
        (before, before, most),
    )
    ids: Sequence[tuple[str]] = [(row["id"],) for row in rows]
    database.run_each("DELETE FROM mentions WHERE article = ?", ids)
    database.run_each(
        "UPDATE pages SET state = 'left', packed = NULL WHERE article = ? AND packed IS NOT NULL",
        ids,
    )
    database.run_each(
        "UPDATE articles SET text = '', story = NULL, forgotten = ? WHERE id = ?",
        [(now, *one) for one in ids],
    )
    return len(ids)
