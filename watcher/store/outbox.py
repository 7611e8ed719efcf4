"""The outbox: what waits for which channel, in which order, and what came of every try.

Within a channel the order is that of recording. A delivery that waits for its next try holds up
those behind it, so that a receiver that was away gets everything in order. Only one that has failed
`OVERTAKE` times is stepped around: by then it is more likely the one message a receiver chokes on,
and the rest must not wait days for it.

The waits of the schedule grow to hours, and by then the receiver may have been well for long. So a
try is brought forward when there is something new for its channel, and at each start and reload:
never before the receiver asked, and no closer than `HASTE` to the try before. Such a try is beside
the schedule: if it fails, the next is when it was, and none of the tries is used up.

Alerts that go together with a digest wait in no line themselves: whatever is noted of the digest is
noted of each of them (see `watcher.store.gather`). What waits for its hour stands in no line either
(see `watcher.store.held`).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from watcher.alerts import Delivery, Notice, delivery_key
from watcher.errors import StoreError
from watcher.store.clock import bring_back
from watcher.store.content import carried
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from watcher.store.record import Standing
from watcher.store.suspended import suspensions

OVERTAKE = 5
"""Failed tries after which a delivery no longer holds up its channel.

On the Standard Webhooks schedule that is after two and a half hours: an outage of an hour or two
changes no order."""

HASTE = timedelta(minutes=5)
"""Least time between a try and one that is brought forward: a receiver that is down under a stream
of news gets twelve requests an hour."""

_LINE = (
    "SELECT number, key, due, asked FROM deliveries"
    " WHERE channel = ? AND state = ? AND digest IS NULL AND held IS NULL"
)

WITH_ITS_ALERTS = "(key = ? OR digest = ?)"
"""A delivery, and the alerts that go with it if it is a digest."""


def put_delivery(  # noqa: PLR0913 - each is one column
    database: Database,
    key: str,
    alert: str,
    channel: str,
    at: datetime,
    *,
    held: datetime | None = None,
    bundle: str = "",
) -> None:
    """Let an alert wait for a channel, behind all that wait there, or for its hour."""
    database.run(
        "INSERT INTO deliveries"
        " (key, alert, channel, state, due, attempts, created, note, held, bundle)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, '', ?, ?)",
        (
            key,
            alert,
            channel,
            Standing.WAITING,
            to_ms(held or at),
            to_ms(at),
            to_ms_or_none(held),
            bundle,
        ),
    )


def put_notice(database: Database, notice: Notice, channel: str, at: datetime) -> None:
    """Let a notice wait for a channel, behind all that wait there; once."""
    database.run(
        "INSERT INTO deliveries (key, notice, channel, state, due, attempts, created, note)"
        " VALUES (?, ?, ?, ?, ?, 0, ?, '') ON CONFLICT (key) DO NOTHING",
        (
            delivery_key(notice.id, channel),
            notice.id,
            channel,
            Standing.WAITING,
            to_ms(at),
            to_ms(at),
        ),
    )


def due(database: Database, channel: str, now: datetime) -> Delivery | None:
    """See `Store.due`."""
    if channel in suspensions(database):
        return None
    line = _next(database, channel)
    late = [row["key"] for row in line if row["due"] > to_ms(now)]
    if [key for key in late if bring_back(database, key, now)]:
        line = _next(database, channel)
    ready = [row for row in line if row["due"] <= to_ms(now)]
    if not ready:
        return None
    number = min(row["number"] for row in ready)
    row = database.read(
        "SELECT key, alert, notice, channel, attempts, planned FROM deliveries WHERE number = ?",
        (number,),
    )[0]
    planned = from_ms_or_none(row["planned"])
    return Delivery(
        key=row["key"],
        channel=row["channel"],
        content=carried(database, row),
        attempts=row["attempts"],
        planned=planned if planned and now < planned else None,
    )


def next_due(database: Database, channel: str) -> datetime | None:
    """See `Store.next_due`."""
    if channel in suspensions(database):
        return None
    return min((from_ms(row["due"]) for row in _next(database, channel)), default=None)


def delivered(database: Database, key: str, at: datetime, answer: str) -> None:
    """See `Store.delivered`."""
    with database.write():
        _note_try(database, key, at, "delivered", answer)
        database.run(
            f"UPDATE deliveries SET state = ?, ended = ? WHERE {WITH_ITS_ALERTS}",
            (Standing.DELIVERED, to_ms(at), key, key),
        )


def postponed(  # noqa: PLR0913 - each is one column
    database: Database,
    key: str,
    until: datetime,
    at: datetime,
    reason: str,
    *,
    asked: datetime | None,
    counts: bool,
) -> None:
    """See `Store.postponed`."""
    with database.write():
        _note_try(database, key, at, "postponed", reason, counts=counts)
        database.run(
            f"UPDATE deliveries SET due = ?, asked = ?, planned = NULL WHERE {WITH_ITS_ALERTS}",
            (to_ms(until), to_ms_or_none(asked), key, key),
        )


def dead(database: Database, key: str, at: datetime, reason: str) -> None:
    """See `Store.dead`."""
    with database.write():
        _note_try(database, key, at, "dead", reason)
        # An operator may have dropped it while the try was under way.
        database.run(
            f"UPDATE deliveries SET state = ?, ended = ? WHERE {WITH_ITS_ALERTS} AND state = ?",
            (Standing.DEAD, to_ms(at), key, key, Standing.WAITING),
        )


def hasten_first(database: Database, channel: str) -> None:
    """Bring the next try of the first in line forward, as far as that may be."""
    for row in head(database, channel):
        _hasten(database, row)


def hasten(database: Database, channels: Iterable[str]) -> None:
    """See `Store.hasten`."""
    with database.write():
        for channel in channels:
            # By its attempts, for of those that were never tried there may be very many.
            for row in database.read(f"{_LINE} AND attempts > 0", (channel, Standing.WAITING)):
                _hasten(database, row)


def head(database: Database, channel: str) -> list[Row]:
    """The first in line, which holds up all behind it; empty if nobody waits in line."""
    # The plus keeps SQLite from gathering all that wait by their attempts, only to sort them.
    return database.read(
        f"{_LINE} AND +attempts < ? ORDER BY number LIMIT 1",
        (channel, Standing.WAITING, OVERTAKE),
    )


def _next(database: Database, channel: str) -> list[Row]:
    """The first in line, and the first to be tried of those that are stepped around."""
    aside = database.read(
        f"{_LINE} AND attempts >= ? ORDER BY due, number LIMIT 1",
        (channel, Standing.WAITING, OVERTAKE),
    )
    return head(database, channel) + aside


def _hasten(database: Database, row: Row) -> None:
    tried = database.read(
        "SELECT MAX(tried) AS tried FROM attempts WHERE delivery = ?", (row["key"],)
    )[0]["tried"]
    if tried is None:
        return
    earliest = max(to_ms(from_ms(tried) + HASTE), row["asked"] or 0)
    database.run(
        "UPDATE deliveries SET due = ?, planned = COALESCE(planned, due)"
        " WHERE number = ? AND due > ?",
        (earliest, row["number"], earliest),
    )


def _note_try(  # noqa: PLR0913 - each is one column
    database: Database, key: str, at: datetime, outcome: str, answer: str, *, counts: bool = True
) -> None:
    known = database.run(
        f"UPDATE deliveries SET attempts = attempts + ?, note = ? WHERE {WITH_ITS_ALERTS}",
        (int(counts), answer, key, key),
    )
    if not known:
        raise StoreError(
            f'{database.path}: holds no delivery "{key}"; "watcher outbox" shows those there are'
        )
    database.run(
        "INSERT INTO attempts (delivery, number, tried, outcome, answer)"
        " SELECT ?, COUNT(*) + 1, ?, ?, ? FROM attempts WHERE delivery = ?",
        (key, to_ms(at), outcome, answer, key),
    )
