"""Deliveries as they are told to people: how each stands, what it waits for, every try."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, from_ms_or_none
from watcher.store.outbox import OVERTAKE, head
from watcher.store.record import Dispatch, Standing, Try

_COLUMNS = "key, alert, notice, digest, channel, state, due, held, attempts, created, ended, note"


def stand(standings: Sequence[Standing]) -> str:
    """The condition that a delivery stands in one of these ways; its values are the standings."""
    return f"state IN ({', '.join('?' * len(standings))})"


def dispatches(
    database: Database,
    channel: str,
    standings: Collection[Standing],
    limit: int,
    *,
    tried: bool,
) -> tuple[Dispatch, ...]:
    """See `Store.outbox`."""
    states = tuple(standings or Standing)
    order = "number" if Standing.WAITING in states else "ended DESC, number DESC"
    rows = database.read(
        f"SELECT {_COLUMNS} FROM deliveries WHERE (channel = ? OR ? = '') AND digest IS NULL"
        f" AND {stand(states)} AND (note != '' OR NOT ?) ORDER BY {order} LIMIT ?",
        (channel, channel, *states, tried, limit),
    )
    heads = _heads(database, rows)
    return tuple(_dispatch(row, heads) for row in rows)


def dispatch(database: Database, key: str) -> Dispatch | None:
    """See `Store.dispatch`."""
    rows = database.read(f"SELECT {_COLUMNS} FROM deliveries WHERE key = ?", (key,))
    heads = _heads(database, rows)
    told = (_dispatch(row, heads, _tries(database, row["digest"] or key)) for row in rows)
    return next(told, None)


def dispatches_of(database: Database, alert: str, *, tries: bool) -> tuple[Dispatch, ...]:
    """The deliveries of one alert, by channel, with every try if asked for."""
    rows = database.read(
        f"SELECT {_COLUMNS} FROM deliveries WHERE alert = ? ORDER BY channel", (alert,)
    )
    heads = _heads(database, rows)
    return tuple(
        _dispatch(row, heads, _tries(database, row["digest"] or row["key"]) if tries else ())
        for row in rows
    )


def keys_called(database: Database, start: str, limit: int) -> tuple[str, ...]:
    """See `Store.keys_called`."""
    rows = database.read(
        "SELECT key FROM deliveries WHERE SUBSTR(key, 1, ?) = ? ORDER BY key LIMIT ?",
        (len(start), start, limit),
    )
    return tuple(row["key"] for row in rows)


def _heads(database: Database, rows: Sequence[Row]) -> dict[str, Row]:
    """The first in line at each channel for which any of these deliveries waits."""
    channels = {row["channel"] for row in rows if row["state"] == Standing.WAITING}
    return {channel: first for channel in channels for first in head(database, channel)}


def _tries(database: Database, key: str) -> tuple[Try, ...]:
    rows = database.read(
        "SELECT tried, outcome, answer FROM attempts WHERE delivery = ? ORDER BY number", (key,)
    )
    return tuple(
        Try(at=from_ms(row["tried"]), outcome=row["outcome"], answer=row["answer"]) for row in rows
    )


def _dispatch(row: Row, heads: Mapping[str, Row], made: tuple[Try, ...] = ()) -> Dispatch:
    waits = row["state"] == Standing.WAITING
    # One that goes with a digest is in no line; the digest is, with the same date and attempts.
    whole = row["digest"] or row["key"]
    in_line = waits and row["attempts"] < OVERTAKE and row["held"] is None
    first = heads[row["channel"]] if in_line else row
    return Dispatch(
        key=row["key"],
        alert=row["alert"] or "",
        notice=row["notice"] or "",
        digest=row["digest"] or "",
        channel=row["channel"],
        standing=Standing(row["state"]),
        due=from_ms(row["due"]),
        held=row["held"] is not None,
        attempts=row["attempts"],
        created=from_ms(row["created"]),
        ended=from_ms_or_none(row["ended"]),
        note=row["note"],
        behind="" if first["key"] in {whole, row["key"]} else first["key"],
        next_try=from_ms(first["due"]) if waits else None,
        tries=made,
    )
