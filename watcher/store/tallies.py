"""How many deliveries stand how, channel by channel."""

from __future__ import annotations

from watcher.store.database import Database
from watcher.store.moment import from_ms
from watcher.store.record import Standing, Tally


def tallies(database: Database) -> tuple[Tally, ...]:
    """Every channel that ever had a delivery, by name."""
    counts: dict[str, dict[str, int]] = {}
    for row in database.read(
        "SELECT channel, state, COUNT(alert) + COUNT(notice) AS number FROM deliveries"
        " GROUP BY channel, state ORDER BY channel"
    ):
        counts.setdefault(row["channel"], {})[row["state"]] = row["number"]
    oldest = {
        row["channel"]: from_ms(row["oldest"])
        for row in database.read(
            "SELECT channel, MIN(created) AS oldest FROM deliveries"
            " WHERE state = ? AND held IS NULL GROUP BY channel",
            (Standing.WAITING,),
        )
    }
    held = {
        row["channel"]: row["number"]
        for row in database.read(
            "SELECT channel, COUNT(*) AS number FROM deliveries"
            " WHERE held IS NOT NULL AND state = ? GROUP BY channel",
            (Standing.WAITING,),
        )
    }
    return tuple(
        Tally(channel=channel, held=held.get(channel, 0), oldest=oldest.get(channel), **states)
        for channel, states in counts.items()
    )
