"""What a delivery carries, read back word for word from the record."""

from __future__ import annotations

import json

from watcher.alerts import About, Alert, Content, Digest, Event, Notice, parse_alert
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, from_ms_or_none

ALERT_COLUMNS = "alerts.raised, alerts.data_json"
"""What `read_alert` needs."""

_NOTICE_COLUMNS = "id, event, about, subject, says, raised, since"


def read_alert(row: Row) -> Alert:
    """The alert of a row with `raised` and `data_json`, word for word as it was raised."""
    return parse_alert(json.loads(row["data_json"]), from_ms(row["raised"]))


def content(database: Database, key: str) -> Content | None:
    """What a delivery carries; None if there is none with this key."""
    rows = database.read("SELECT key, alert, notice FROM deliveries WHERE key = ?", (key,))
    return carried(database, rows[0]) if rows else None


def carried(database: Database, row: Row) -> Content:
    """What a delivery carries, by its row with `key`, `alert` and `notice`."""
    if row["alert"]:
        return _alert(database, row["alert"])
    if row["notice"]:
        return _notice(database, row["notice"])
    return _digest(database, row["key"])


def _alert(database: Database, alert: str) -> Alert:
    return read_alert(
        database.read(f"SELECT {ALERT_COLUMNS} FROM alerts WHERE id = ?", (alert,))[0]
    )


def _notice(database: Database, notice: str) -> Notice:
    row = database.read(f"SELECT {_NOTICE_COLUMNS} FROM notices WHERE id = ?", (notice,))[0]
    return Notice(
        id=row["id"],
        event=Event(row["event"]),
        about=About(row["about"]),
        subject=row["subject"],
        says=row["says"],
        raised=from_ms(row["raised"]),
        since=from_ms_or_none(row["since"]),
    )


def _digest(database: Database, key: str) -> Digest:
    rows = database.read(
        f"SELECT {ALERT_COLUMNS} FROM deliveries JOIN alerts ON alerts.id = deliveries.alert"
        " WHERE digest = ? ORDER BY number",
        (key,),
    )
    alerts = tuple(map(read_alert, rows))
    return Digest(alerts, max(alert.raised for alert in alerts))
