"""Which rules were in force when."""

from __future__ import annotations

from watcher.store.database import Database
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Reign


def put_reign(database: Database, reign: Reign) -> None:
    """Note what comes into force, unless it already is."""
    with database.write():
        last = reigns(database)[-1:]
        if last and (last[0].rules_version, last[0].list_version) == (
            reign.rules_version,
            reign.list_version,
        ):
            return
        database.run(
            "INSERT INTO reigns (since, rules_version, list_version) VALUES (?, ?, ?)",
            (to_ms(reign.since), reign.rules_version, reign.list_version),
        )


def reigns(database: Database) -> tuple[Reign, ...]:
    """All that was ever in force, the first one first."""
    rows = database.read("SELECT since, rules_version, list_version FROM reigns ORDER BY number")
    return tuple(
        Reign(from_ms(row["since"]), row["rules_version"], row["list_version"]) for row in rows
    )
