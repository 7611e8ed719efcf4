"""What a clock that was ahead has put into the future, brought back to now.

A machine that starts with a wrong clock, or whose clock is set back an hour, has dates in its
record that are still to come: an alert that was recorded "tomorrow" would not be due before. No try
was made, and no delivery recorded, later than now; so all dates of such a one move back by as much.
"""

from __future__ import annotations

from datetime import datetime

from watcher.store.database import Database
from watcher.store.moment import to_ms


def bring_back(database: Database, key: str, now: datetime) -> bool:
    """Move the dates of a waiting delivery back by as much as its last try is ahead of now.

    The wait before its next try is then as long as it was meant to be. One that was never tried
    counts from when it was recorded.

    Returns:
        Whether anything was ahead.
    """
    (row,) = database.read(
        "SELECT COALESCE((SELECT MAX(tried) FROM attempts WHERE delivery = key), created) AS last"
        " FROM deliveries WHERE key = ?",
        (key,),
    )
    ahead = row["last"] - to_ms(now)
    if ahead <= 0:
        return False
    with database.write():
        database.run(
            "UPDATE deliveries SET due = due - ?, asked = asked - ?, planned = planned - ?,"
            " created = MIN(created, ?) WHERE key = ? OR digest = ?",
            (ahead, ahead, ahead, to_ms(now), key, key),
        )
        database.run(
            "UPDATE attempts SET tried = MIN(tried, ?) WHERE delivery = ?", (to_ms(now), key)
        )
    return True
