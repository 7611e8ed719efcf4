"""Channels that wait for somebody: their receiver wants no more until it is mended."""

from __future__ import annotations

from datetime import datetime

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
    """Every suspended channel, by name."""
    rows = database.read("SELECT channel, since, reason FROM suspensions ORDER BY channel")
    return {row["channel"]: Suspension(from_ms(row["since"]), row["reason"]) for row in rows}
