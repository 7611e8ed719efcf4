"""What the operator is told of the watch itself: each trouble once when it begins, once when over.

Which troubles are open is recorded with the notice of them, in one transaction, so that neither a
crash nor a restart tells one twice or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from watcher.alerts import About, Event, Notice, write_notice
from watcher.store.database import Database
from watcher.store.moment import from_ms, from_ms_or_none, to_ms, to_ms_or_none
from watcher.store.outbox import put_notice
from watcher.store.record import Matter


def begin(
    database: Database, matter: Matter, says: str, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """See `Store.trouble`."""
    with database.write():
        begun = database.run(
            "INSERT INTO troubles (about, subject, since, says) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (about, subject) DO NOTHING",
            (matter.about, matter.subject, to_ms(at), says),
        )
        if not begun:
            database.run(
                "UPDATE troubles SET says = ? WHERE about = ? AND subject = ?",
                (says, matter.about, matter.subject),
            )
            return ()
        notice = write_notice(Event.TROUBLE, matter.about, matter.subject, says, at)
        return put(database, notice, admin)


def end(
    database: Database, matter: Matter, says: str, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """See `Store.healed`."""
    since = _since(database, matter)
    if since is None:
        return ()
    with database.write():
        database.run(
            "DELETE FROM troubles WHERE about = ? AND subject = ?", (matter.about, matter.subject)
        )
        notice = write_notice(Event.HEALED, matter.about, matter.subject, says, at, since)
        return put(database, notice, admin)


def put(database: Database, notice: Notice, admin: Sequence[str]) -> tuple[str, ...]:
    """Keep a notice and put it into the outbox, inside `write`; the channels that are told.

    A channel that is in trouble is not told of its own as long as there is another to tell.
    """
    database.run(
        "INSERT INTO notices (id, event, about, subject, says, raised, since)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (
            notice.id,
            notice.event,
            notice.about,
            notice.subject,
            notice.says,
            to_ms(notice.raised),
            to_ms_or_none(notice.since),
        ),
    )
    others = [channel for channel in admin if channel != notice.subject]
    told = tuple(dict.fromkeys(others or admin))
    for channel in told:
        put_notice(database, notice, channel, notice.raised)
    return told


def troubles(database: Database) -> dict[Matter, datetime]:
    """See `Store.troubles`."""
    rows = database.read("SELECT about, subject, since FROM troubles ORDER BY since, subject")
    return {Matter(About(row["about"]), row["subject"]): from_ms(row["since"]) for row in rows}


def complaints(database: Database) -> dict[Matter, str]:
    """See `Store.complaints`."""
    rows = database.read("SELECT about, subject, says FROM troubles ORDER BY since, subject")
    return {Matter(About(row["about"]), row["subject"]): row["says"] for row in rows}


def last(database: Database, event: Event) -> datetime | None:
    """See `Store.last_notice`."""
    rows = database.read("SELECT MAX(raised) AS raised FROM notices WHERE event = ?", (event,))
    return from_ms_or_none(rows[0]["raised"])


def _since(database: Database, matter: Matter) -> datetime | None:
    rows = database.read(
        "SELECT since FROM troubles WHERE about = ? AND subject = ?",
        (matter.about, matter.subject),
    )
    return from_ms(rows[0]["since"]) if rows else None
