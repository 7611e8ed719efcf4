"""Looks back that are under way, so that none is left undone when the daemon is stopped."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

from watcher.store.database import Database
from watcher.store.moment import from_ms, to_ms
from watcher.store.record import LookBack


class Errands:
    """The looks back of a store: `Store.errands`. Each method is one transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entities: Collection[str], since: datetime, until: datetime) -> LookBack:
        """Note that these are to be looked for in what was first seen from then until then."""
        with self._database.write():
            self._database.run(
                "INSERT INTO look_backs (entities_json, since, until) VALUES (?, ?, ?)",
                (json.dumps(sorted(entities)), to_ms(since), to_ms(until)),
            )
            (row,) = self._database.read("SELECT MAX(number) AS number FROM look_backs")
        return LookBack(row["number"], frozenset(entities), since, until)

    def go_on(self, number: int, since: datetime) -> None:
        """Note that all that was first seen before then has been looked at."""
        self._database.run(
            "UPDATE look_backs SET since = ? WHERE number = ?", (to_ms(since), number)
        )

    def end(self, number: int) -> None:
        """Note that one is done."""
        self._database.run("DELETE FROM look_backs WHERE number = ?", (number,))

    def all(self) -> tuple[LookBack, ...]:
        """Those that are not done, the first one first."""
        rows = self._database.read(
            "SELECT number, entities_json, since, until FROM look_backs ORDER BY number"
        )
        return tuple(
            LookBack(
                row["number"],
                frozenset(json.loads(row["entities_json"])),
                from_ms(row["since"]),
                from_ms(row["until"]),
            )
            for row in rows
        )
