"""Many alerts that wait for one channel, put together into a digest.

Which alerts a digest holds is recorded before it is sent, and never changes: a crash in between
sends the same once more, under the same key. Only what was never tried is gathered, for a receiver
may have what was tried, and must be able to know it again.

The digest takes its first alert's place in the line. Its alerts leave the line for good: they stand
and fall with it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from watcher.alerts import Alert, digest_key
from watcher.store.content import ALERT_COLUMNS, read_alert
from watcher.store.database import Database, Row
from watcher.store.moment import to_ms
from watcher.store.outbox import OVERTAKE
from watcher.store.record import Standing
from watcher.store.suspended import suspensions

MOST = 100
"""Alerts in one digest: what a person still looks through."""

_IN_LINE = "channel = ? AND state = ? AND digest IS NULL AND held IS NULL AND +attempts < ?"


@dataclass(frozen=True, slots=True)
class Gathering:
    """When and how alerts go together.

    Attributes:
        over: more waiting ones than this do; None for only those that a rule wants together.
        room: how many of these, from the first one on, one digest tells whole.
    """

    over: int | None
    room: Callable[[Sequence[Alert]], int]


def gather(database: Database, channel: str, now: datetime, gathering: Gathering) -> None:
    """Put the first that wait for a channel into one digest, if more than so many wait."""
    over = gathering.over
    if over is None or channel in suspensions(database) or not _is_long(database, channel, over):
        return
    with database.write():
        rows = list(takewhile(_is_fresh, _line(database, channel)))
        held = rows[: max(0, gathering.room([read_alert(row) for row in rows]))]
        if len(held) > 1:
            put_digest(database, channel, held, now)


def _is_long(database: Database, channel: str, over: int) -> bool:
    waiting = database.read(
        "SELECT COUNT(*) AS number FROM"
        f" (SELECT 1 FROM deliveries WHERE {_IN_LINE} AND alert IS NOT NULL LIMIT ?)",
        (channel, Standing.WAITING, OVERTAKE, over + 1),
    )[0]["number"]
    return bool(waiting > over)


def _line(database: Database, channel: str) -> list[Row]:
    """The first in line."""
    return database.read(
        f"SELECT deliveries.number, key, alert, due, note, {ALERT_COLUMNS}"
        " FROM deliveries LEFT JOIN alerts ON alerts.id = deliveries.alert"
        f" WHERE {_IN_LINE} ORDER BY number LIMIT ?",
        (channel, Standing.WAITING, OVERTAKE, MOST),
    )


def _is_fresh(row: Row) -> bool:
    """Whether it is an alert that was never tried."""
    return row["alert"] is not None and not row["note"]


def put_digest(database: Database, channel: str, held: Sequence[Row], now: datetime) -> None:
    """Put alerts into one digest, in the place of the first; inside `write`.

    Args:
        database: open.
        channel: to which all of them go.
        held: their deliveries with `number`, `key` and `due`, in order.
        now: aware, in UTC.
    """
    key = digest_key(channel, [row["key"] for row in held])
    for row in held:
        # Behind all others, where nobody who looks for the first in line comes by.
        database.run(
            "UPDATE deliveries SET number = (SELECT MAX(number) + 1 FROM deliveries) WHERE key = ?",
            (row["key"],),
        )
    database.run(
        "INSERT INTO deliveries (number, key, channel, state, due, attempts, created, note)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, '')",
        (held[0]["number"], key, channel, Standing.WAITING, held[0]["due"], to_ms(now)),
    )
    database.run_each(
        "UPDATE deliveries SET digest = ? WHERE key = ?", [(key, row["key"]) for row in held]
    )
