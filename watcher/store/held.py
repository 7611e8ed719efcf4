"""What waits for its hour: deliveries held back by a rule's quiet hours, or for its digest.

Such a delivery stands in no line, so it holds up nobody. When its hour has come it takes its place
among those behind which it was recorded; what one rule wants told together goes as one digest, made
in the same transaction, so that a crash in between changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watcher.store.content import ALERT_COLUMNS, read_alert
from watcher.store.database import Database, Row
from watcher.store.gather import MOST, Gathering, put_digest
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Standing

# A delivery recorded later than now was recorded by a clock that was ahead, which knew no hour.
_READY = "channel = ? AND state = ? AND held IS NOT NULL AND (held <= ? OR created > ?)"

_AT_ONCE = 1000
"""So many are let go at a time; the rest when these are sent."""


def let_go(database: Database, channel: str, now: datetime, gathering: Gathering | None) -> None:
    """Put what was held back until now into the line of its channel.

    Args:
        database: open.
        channel: its name.
        now: aware, in UTC.
        gathering: how much one digest takes; None to put all into the line singly.
    """
    which = (channel, Standing.WAITING, to_ms(now), to_ms(now))
    if not database.read(f"SELECT 1 FROM deliveries WHERE {_READY} LIMIT 1", which):
        return
    with database.write():
        rows = database.read(
            f"SELECT deliveries.number, key, created AS due, bundle, {ALERT_COLUMNS}"
            " FROM deliveries JOIN alerts ON alerts.id = deliveries.alert"
            f" WHERE {_READY} ORDER BY deliveries.number LIMIT {_AT_ONCE}",
            which,
        )
        database.run_each(
            "UPDATE deliveries SET held = NULL, due = created WHERE key = ?",
            [(row["key"],) for row in rows],
        )
        if gathering:
            for bundle in dict.fromkeys(row["bundle"] for row in rows if row["bundle"]):
                together = [row for row in rows if row["bundle"] == bundle]
                _put_digests(database, channel, together, now, gathering)


def next_release(database: Database, channel: str) -> datetime | None:
    """When the next one is let go; None if none is held."""
    (row,) = database.read(
        "SELECT MIN(held) AS held FROM deliveries"
        " WHERE channel = ? AND state = ? AND held IS NOT NULL",
        (channel, Standing.WAITING),
    )
    return None if row["held"] is None else from_ms(row["held"])


def _put_digests(
    database: Database, channel: str, rows: Sequence[Row], now: datetime, gathering: Gathering
) -> None:
    """As few digests as hold them all; what is left over by itself goes singly."""
    while len(rows) > 1:
        room = gathering.room([read_alert(row) for row in rows[:MOST]])
        held, rows = rows[: max(1, room)], rows[max(1, room) :]
        if len(held) > 1:
            put_digest(database, channel, held, now)
