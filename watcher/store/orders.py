"""What an operator orders of the outbox: to send deliveries again, or to throw them away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watcher.store.database import Database, Value
from watcher.store.dispatch import stand
from watcher.store.moment import to_ms
from watcher.store.outbox import WITH_ITS_ALERTS
from watcher.store.record import Standing


def retry(database: Database, now: datetime, keys: Sequence[str], channel: str) -> int:
    """See `Store.retry`."""
    again = "state = ?, attempts = 0, ended = NULL, asked = NULL, planned = NULL"
    values = (Standing.WAITING, to_ms(now))
    standings = (Standing.WAITING, Standing.DEAD, Standing.DROPPED)
    with database.write():
        changed = _change(database, f"{again}, due = ?, held = NULL", values, keys, standings)
        # What a whole channel holds keeps its hour: nobody has named it.
        return changed + _change_rows(
            database,
            f"{again}, due = MAX(?, COALESCE(held, 0))",
            f"channel = ? AND {stand(standings)} AND (held IS NULL OR state != ?)",
            values,
            (channel, *standings, Standing.WAITING),
        )


def drop(database: Database, at: datetime, keys: Sequence[str], channel: str) -> int:
    """See `Store.drop`."""
    change, values = "state = ?, ended = ?", (Standing.DROPPED, to_ms(at))
    standings = (Standing.WAITING, Standing.DEAD)
    with database.write():
        changed = _change(database, change, values, keys, standings)
        return changed + _change_rows(
            database, change, f"channel = ? AND {stand(standings)}", values, (channel, *standings)
        )


def _change(
    database: Database,
    change: str,
    values: Sequence[Value],
    keys: Sequence[str],
    standings: Sequence[Standing],
) -> int:
    """Change deliveries by key, and all that goes with each, if they stand in one of these ways."""
    return sum(
        _change_rows(
            database,
            change,
            f"{stand(standings)} AND {WITH_ITS_ALERTS}",
            values,
            (*standings, whole, whole),
        )
        for whole in dict.fromkeys(_whole(database, key) for key in keys)
    )


def _change_rows(
    database: Database,
    change: str,
    where: str,
    values: Sequence[Value],
    which: Sequence[Value],
) -> int:
    """Change deliveries; how many alerts and notices that were."""
    counted = database.read(
        "SELECT COUNT(*) AS number FROM deliveries"
        f" WHERE {where} AND (alert IS NOT NULL OR notice IS NOT NULL)",
        which,
    )[0]["number"]
    database.run(f"UPDATE deliveries SET {change} WHERE {where}", (*values, *which))
    return int(counted)


def _whole(database: Database, key: str) -> str:
    """The key of the digest that an alert goes with; its own if it goes singly."""
    rows = database.read("SELECT digest FROM deliveries WHERE key = ?", (key,))
    return str(rows[0]["digest"] or key) if rows else key
