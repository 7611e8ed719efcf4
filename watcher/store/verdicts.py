"""What people said of alerts, and how often each entity and rule was right by that."""

from __future__ import annotations

from datetime import datetime

from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import Precision, Ruling, Verdict

_LAST = (
    "SELECT verdicts.* FROM verdicts JOIN"
    " (SELECT MAX(number) AS last FROM verdicts GROUP BY alert) ON number = last"
)
"""Of each alert the last word."""


class Verdicts:
    """The verdicts of a store: `Store.verdicts`. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, ruling: Ruling) -> None:
        """Keep what was said of an alert, which must be recorded; earlier words stay on record.

        What one person says again takes the place of what they said before.
        """
        with self._database.write():
            self._database.run(
                "DELETE FROM verdicts WHERE alert = ? AND verdict = ? AND who = ?",
                (ruling.alert, ruling.verdict, ruling.by),
            )
            self._database.run(
                "INSERT INTO verdicts (alert, verdict, why, who, said) VALUES (?, ?, ?, ?, ?)",
                (ruling.alert, ruling.verdict, ruling.why, ruling.by, to_ms(ruling.at)),
            )

    def precision(self, since: datetime | None = None) -> tuple[Precision, ...]:
        """How every entity of every rule did, those with the most dismissed alerts first.

        Of the alerts that were raised, whether sent or held, as far as they are on record.

        Args:
            since: only of those raised then or later.
        """
        rows = self._database.read(
            "SELECT rule, entity, COUNT(*) AS raised,"
            " SUM(verdict IS 'confirmed') AS confirmed, SUM(verdict IS 'dismissed') AS dismissed"
            f" FROM alerts LEFT JOIN ({_LAST}) AS said ON said.alert = alerts.id"
            " WHERE raised >= ? GROUP BY rule, entity"
            " ORDER BY dismissed DESC, raised DESC, rule, entity",
            (to_ms(since) if since else 0,),
        )
        return tuple(Precision(**row) for row in rows)


def verdicts_of(database: Database, alert: str) -> tuple[Ruling, ...]:
    """All that was said of one alert, the last word last."""
    rows = database.read(
        "SELECT alert, verdict, why, who, said FROM verdicts WHERE alert = ? ORDER BY number",
        (alert,),
    )
    return tuple(map(_ruling, rows))


def _ruling(row: Row) -> Ruling:
    return Ruling(
        alert=row["alert"],
        verdict=Verdict(row["verdict"]),
        why=row["why"],
        by=row["who"],
        at=from_ms(row["said"]),
    )
