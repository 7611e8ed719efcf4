"""Silences: who is not to be heard of, until when, why, and who said so."""

from __future__ import annotations

from datetime import datetime

from watcher.alerts import Silence, Target
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, from_ms_or_none, to_ms

_COLUMNS = "number, target, subject, until, why, who, made, ended, ended_by"


class Silences:
    """The silences of a store: `Store.silences`. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, silence: Silence) -> int:
        """Keep a silence; its number, whatever it had before."""
        with self._database.write():
            self._database.run(
                "INSERT INTO silences (target, subject, until, why, who, made, ended_by)"
                " VALUES (?, ?, ?, ?, ?, ?, '')",
                (
                    silence.target,
                    silence.subject,
                    to_ms(silence.until),
                    silence.why,
                    silence.by,
                    to_ms(silence.made),
                ),
            )
            (row,) = self._database.read("SELECT MAX(number) AS number FROM silences")
        return int(row["number"])

    def end(self, number: int, at: datetime, by: str) -> bool:
        """End a silence before its time; False if there is none with this number that lasts."""
        return bool(
            self._database.run(
                "UPDATE silences SET ended = ?, ended_by = ?"
                " WHERE number = ? AND ended IS NULL AND until > ?",
                (to_ms(at), by, number, to_ms(at)),
            )
        )

    def all(self) -> tuple[Silence, ...]:
        """Every silence there ever was, the first one first."""
        rows = self._database.read(f"SELECT {_COLUMNS} FROM silences ORDER BY number")
        return tuple(map(read_silence, rows))

    def lasting(self, at: datetime) -> tuple[Silence, ...]:
        """The silences that hold alerts back at a time, the one that ends first first."""
        rows = self._database.read(
            f"SELECT {_COLUMNS} FROM silences WHERE until > ? ORDER BY until, number", (to_ms(at),)
        )
        return tuple(silence for silence in map(read_silence, rows) if silence.lasts(at))

    def held(self) -> dict[int, int]:
        """How many alerts each silence has held back, by its number; those that held any."""
        rows = self._database.read(
            "SELECT silence, COUNT(*) AS held FROM alerts"
            " WHERE silence IS NOT NULL GROUP BY silence"
        )
        return {row["silence"]: row["held"] for row in rows}


def silence_of(database: Database, number: int | None) -> Silence | None:
    """The silence with a number; None without one."""
    if number is None:
        return None
    rows = database.read(f"SELECT {_COLUMNS} FROM silences WHERE number = ?", (number,))
    return read_silence(rows[0])


def read_silence(row: Row) -> Silence:
    """The silence of a row."""
    return Silence(
        number=row["number"],
        target=Target(row["target"]),
        subject=row["subject"],
        until=from_ms(row["until"]),
        why=row["why"],
        by=row["who"],
        made=from_ms(row["made"]),
        ended=from_ms_or_none(row["ended"]),
        ended_by=row["ended_by"],
    )
