"""What is remembered about sources."""

from __future__ import annotations

from watcher.source import Health, SourceState
from watcher.store.database import Database, Row
from watcher.store.moment import (
    from_ms,
    from_ms_or_none,
    span_from_ms,
    span_to_ms,
    to_ms,
    to_ms_or_none,
)

_COLUMNS = (
    "key, name, due, health, reason, since, failures, etag, modified,"
    " last_look, last_ok, last_full, last_new, moved_to, moved_since,"
    " because, digest, wait, ttl, rests, usual, decided"
)
_CHANGES = ", ".join(f"{name} = excluded.{name}" for name in _COLUMNS.split(", ")[1:])
_MARKS = ", ".join("?" * len(_COLUMNS.split(",")))


def put_state(database: Database, state: SourceState) -> None:
    """Keep the state of a source whole, in the place of the one before."""
    database.run(
        f"INSERT INTO sources ({_COLUMNS}) VALUES ({_MARKS})"
        f" ON CONFLICT (key) DO UPDATE SET {_CHANGES}",
        (
            state.key,
            state.name,
            to_ms(state.due),
            state.health.value,
            state.reason,
            to_ms_or_none(state.since),
            state.failures,
            state.etag,
            state.modified,
            to_ms_or_none(state.last_look),
            to_ms_or_none(state.last_ok),
            to_ms_or_none(state.last_full),
            to_ms_or_none(state.last_new),
            state.moved_to,
            to_ms_or_none(state.moved_since),
            state.because,
            state.digest,
            span_to_ms(state.wait),
            span_to_ms(state.ttl),
            " ".join(map(str, sorted(state.rests))),
            span_to_ms(state.usual),
            state.decided,
        ),
    )


def source_states(database: Database) -> dict[str, SourceState]:
    """Every source ever looked at, by its key, in the order of the keys."""
    rows = database.read(f"SELECT {_COLUMNS} FROM sources ORDER BY key")
    return {row["key"]: _state(row) for row in rows}


def _state(row: Row) -> SourceState:
    return SourceState(
        key=row["key"],
        name=row["name"],
        due=from_ms(row["due"]),
        health=Health(row["health"]),
        reason=row["reason"],
        since=from_ms_or_none(row["since"]),
        failures=row["failures"],
        etag=row["etag"],
        modified=row["modified"],
        last_look=from_ms_or_none(row["last_look"]),
        last_ok=from_ms_or_none(row["last_ok"]),
        last_full=from_ms_or_none(row["last_full"]),
        last_new=from_ms_or_none(row["last_new"]),
        moved_to=row["moved_to"],
        moved_since=from_ms_or_none(row["moved_since"]),
        because=row["because"],
        digest=row["digest"],
        wait=span_from_ms(row["wait"]),
        ttl=span_from_ms(row["ttl"]),
        rests=frozenset(map(int, row["rests"].split())),
        usual=span_from_ms(row["usual"]),
        decided=row["decided"],
    )
