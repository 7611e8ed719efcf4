"""How much has happened of late, in figures."""

from __future__ import annotations

from datetime import datetime

from watcher.store.database import Database
from watcher.store.moment import to_ms
from watcher.store.record import Pulse, Standing


def pulse(database: Database, since: datetime) -> Pulse:
    """How many articles, alerts and sent messages there were then or later."""
    (row,) = database.read(
        "SELECT (SELECT COUNT(*) FROM articles WHERE first_seen >= ?) AS articles,"
        " (SELECT COUNT(*) FROM alerts WHERE raised >= ?) AS alerts,"
        " (SELECT COUNT(*) FROM deliveries"
        "  WHERE state = ? AND ended >= ? AND digest IS NULL) AS sent",
        (to_ms(since), to_ms(since), Standing.DELIVERED, to_ms(since)),
    )
    return Pulse(articles=row["articles"], alerts=row["alerts"], sent=row["sent"])
