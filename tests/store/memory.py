"""A store that is forgotten at once, and what it holds as one comparable value."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from watcher.store import Store

TABLES = ("sources", "articles", "mentions", "alerts", "deliveries", "attempts", "suspensions")


def opened() -> Store:
    return Store.open(Path(":memory:"))


def dump(store: Store) -> dict[str, list[dict[str, object]]]:
    """Every row of every table, as the store itself reads them."""
    return {table: store._database.read(f"SELECT * FROM {table}") for table in TABLES}


def rows(path: Path, sql: str) -> list[tuple[object, ...]]:
    """What another program reads from the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()
