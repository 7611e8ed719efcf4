"""Channels that wait for somebody: their receiver wants no more, or they could not be opened."""

from __future__ import annotations

from datetime import datetime

from watcher.alerts import About
from watcher.store.database import Database
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Suspension


def suspend(database: Database, channel: str, reason: str, at: datetime) -> None:
    """See `Store.suspend`."""
    database.run(
        "INSERT INTO suspensions (channel, since, reason) VALUES (?, ?, ?)"
        " ON CONFLICT (channel) DO UPDATE SET reason = excluded.reason",
        (channel, to_ms(at), reason),
    )


def resume(database: Database, channel: str) -> None:
    """See `Store.resume`."""
    database.run("DELETE FROM suspensions WHERE channel = ?", (channel,))


def suspensions(database: Database) -> dict[str, Suspension]:
    """See `Store.suspensions`."""
    rows = database.read(
        "SELECT channel, since, reason, 0 AS closed FROM suspensions"
        " UNION ALL SELECT subject, since, says, 1 FROM troubles WHERE about = ?"
        " ORDER BY channel, closed",
        (About.CHANNEL_CLOSED,),
    )
    return {
        row["channel"]: Suspension(from_ms(row["since"]), row["reason"], bool(row["closed"]))
        for row in rows
    }
