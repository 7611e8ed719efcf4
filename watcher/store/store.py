"""The store: everything watcher remembers, behind plain methods.

SQL stands on this floor only, in the dialect that SQLite and PostgreSQL share where that is
possible. The methods speak in the records of the floors below, so that another database can take
this one's place. Each is one transaction. A store belongs to the thread that opened it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Self

from watcher.alerts import Alert, Content, Delivery, Dossier, Event, Notice, Past
from watcher.article import Article
from watcher.source import SourceState
from watcher.store import alerts, articles, notices, orders, outbox, shelf, sources, suspended
from watcher.store.alerts import Wanted
from watcher.store.attic import Attic
from watcher.store.backup import backup
from watcher.store.content import content
from watcher.store.database import Database
from watcher.store.dispatch import dispatch, dispatches, keys_called
from watcher.store.errands import Errands
from watcher.store.gather import Gathering, gather
from watcher.store.held import let_go, next_release
from watcher.store.migrate import migrate, steps
from watcher.store.pages import Pages
from watcher.store.pulse import pulse
from watcher.store.record import (
    Dispatch,
    Filed,
    History,
    Matter,
    Pulse,
    Standing,
    Stored,
    Suspension,
    Tally,
)
from watcher.store.reigns import Reigns
from watcher.store.silences import Silences
from watcher.store.tallies import tallies
from watcher.store.verdicts import Verdicts

DATABASE = "watcher.db"
"""The name of the database file in the state folder."""

PATIENCE = timedelta(seconds=30)
"""How long to wait for another program's lock."""


class Store:
    """Articles, mentions, alerts, deliveries and the memory of sources.

    Attributes:
        pages: articles' pages, in the same transactions.
        reigns: which rules were in force when.
        silences: who is not to be heard of.
        verdicts: what people said of alerts.
        errands: looks back that are under way.
        attic: what is old enough to be forgotten.

    Every method raises `StoreError` if the database cannot do what is asked: locked, full,
    read-only, damaged. Nothing recorded before is lost by that.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self.pages = Pages(database)
        self._seen = 0
        self.reigns = Reigns(database)
        self.silences = Silences(database)
        self.verdicts = Verdicts(database)
        self.errands = Errands(database)
        self.attic = Attic(database)

    @classmethod
    def open(cls, path: Path, *, patience: timedelta = PATIENCE) -> Store:
        """Open the database of a state folder and bring it up to this release.

        Args:
            path: the file, usually `DATABASE` in the state folder; it is made if there is none,
                with its folder. `Path(":memory:")` is a store that is forgotten on `close`.
            patience: how long to wait for another program's lock.

        Raises:
            StoreError: it cannot be opened, is damaged, another program's, or of a newer release;
                such a file is left exactly as it is.
        """
        database = Database.open(path, patience)
        try:
            migrate(database, steps())
        except BaseException:
            database.close()
            raise
        return cls(database)

    def close(self) -> None:
        """Let go of the file; closing twice is closing once."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def together(self) -> AbstractContextManager[None]:
        """A block whose steps are kept as one, or not at all."""
        return self._database.write()

    def unseen(self, found: Sequence[Article]) -> tuple[Article, ...]:
        """Those that are new, or known with another title or text; in their order, each id once.

        Raises:
            ValueError: an article has no id.
        """
        return articles.unseen(self._database, found)

    def first_seen(self, article_id: str) -> datetime | None:
        """When an article was first recorded; None if it never was."""
        return articles.first_seen(self._database, article_id)

    def stored(self, called: str) -> Stored | None:
        """The article of this id, or the last one seen of this address; None if there is none."""
        return shelf.stored(self._database, called)

    def at_address(self, link: str) -> tuple[Stored, ...]:
        """The articles of an address whose text is kept, the last recorded first; at most ten."""
        return shelf.at_address(self._database, link)

    def shelf(self, since: datetime, until: datetime, after: str = "") -> Iterator[Stored]:
        """The articles first seen from one time on and before another, in that order, then by id.

        Of those of `since` only ids beyond `after`. They are read some at a time; each comes once.
        """
        return shelf.shelf(self._database, since, until, after)

    def count(self, since: datetime, until: datetime) -> int:
        """How many articles `shelf` gives."""
        return shelf.count(self._database, since, until)

    def past(self, alert: Alert, since: datetime) -> tuple[Past, ...]:
        """What was raised before, as far as it matters for this alert; the newest first.

        Those of its rule and entity sent at or after `since`, and itself, sent or not, if recorded.
        """
        return alerts.past(self._database, alert, since)

    def record(
        self, dossiers: Sequence[Dossier], state: SourceState | None, at: datetime
    ) -> tuple[str, ...]:
        """Keep all that one look led to, as a whole or not at all.

        Recording the same again changes nothing: an article keeps when it was first seen, an alert
        that is known is left as it is, with its deliveries.

        Args:
            dossiers: new and changed articles, in the order their alerts shall be sent.
            state: the memory of their source after the look; None where there is none to keep.
            at: aware, in UTC.

        Returns:
            The channels for which there is now something new to send, each once.
        """
        channels: dict[str, None] = {}
        with self._database.write():
            for dossier in dossiers:
                articles.put_dossier(self._database, dossier, at)
                for judged in dossier.judged:
                    added = alerts.put_alert(self._database, judged, at)
                    channels |= dict.fromkeys(added)
            for channel in channels:
                outbox.hasten_first(self._database, channel)
            if state:
                sources.put_state(self._database, state)
        return tuple(channels)

    def source_states(self) -> dict[str, SourceState]:
        """Every source ever looked at, by its key; also those that left the operator's file."""
        return sources.source_states(self._database)

    def settle(self, state: SourceState) -> None:
        """Keep the memory of a source after a look that led to nothing else."""
        with self._database.write():
            sources.put_state(self._database, state)

    def due(
        self, channel: str, now: datetime, gathering: Gathering | None = None
    ) -> Delivery | None:
        """What to send next to a channel; None if nothing is due or the channel is suspended.

        The oldest first. One that waits for its next try holds up those behind it, until it has
        failed `outbox.OVERTAKE` times. What waited for its hour takes its place once that has come.
        If the clock was ahead when something was recorded or tried, its dates are brought back.

        Args:
            channel: its name.
            now: aware, in UTC.
            gathering: when those that wait go together; None to gather none. What may have been
                under way when another process died must go as it went then, so whoever asks first
                gathers `over` none.
        """
        let_go(self._database, channel, now, gathering)
        if gathering:
            gather(self._database, channel, now, gathering)
        return outbox.due(self._database, channel, now)

    def next_due(self, channel: str) -> datetime | None:
        """When `due` will next give something; None if nothing waits or it is suspended."""
        if channel in suspended.suspensions(self._database):
            return None
        times = (outbox.next_due(self._database, channel), next_release(self._database, channel))
        return min(filter(None, times), default=None)

    def delivered(self, key: str, at: datetime, answer: str) -> None:
        """Note that a delivery arrived, and what the receiver answered."""
        outbox.delivered(self._database, key, at, answer)

    def postponed(  # noqa: PLR0913 - each is one column
        self,
        key: str,
        until: datetime,
        at: datetime,
        reason: str,
        *,
        asked: datetime | None = None,
        counts: bool = True,
    ) -> None:
        """Note a try that failed.

        Args:
            key: of the delivery.
            until: when to try next.
            at: when the try ended.
            reason: why it failed.
            asked: the receiver wants nothing before; None if it did not say.
            counts: whether it uses up one of the tries that the schedule grants.
        """
        outbox.postponed(self._database, key, until, at, reason, asked=asked, counts=counts)

    def dead(self, key: str, at: datetime, reason: str) -> None:
        """Note a try that failed for good; the delivery stays visible and can be tried again."""
        outbox.dead(self._database, key, at, reason)

    def retry(self, now: datetime, *, keys: Sequence[str] = (), channel: str = "") -> int:
        """Make deliveries due now, with all their tries before them: waiting, dead or dropped.

        What was delivered is never sent again.

        Args:
            now: aware, in UTC.
            keys: of single deliveries.
            channel: all of this channel but what waits for its hour; "" for none.

        Returns:
            How many were changed.
        """
        return orders.retry(self._database, now, keys, channel)

    def hasten(self, channels: Iterable[str]) -> None:
        """Bring the next tries at these channels forward, for somebody may have mended them.

        What failed before is due `outbox.HASTE` after its last try, never before its receiver
        asked, and never later than it was. `record` does so for the first in line of each channel
        for which there is something new.
        """
        outbox.hasten(self._database, channels)

    def drop(self, at: datetime, *, keys: Sequence[str] = (), channel: str = "") -> int:
        """Throw waiting or dead deliveries away; they stay visible. Returns how many."""
        return orders.drop(self._database, at, keys, channel)

    def suspend(self, channel: str, reason: str, at: datetime) -> None:
        """Send nothing to a channel until `resume`; what is for it waits."""
        suspended.suspend(self._database, channel, reason, at)

    def resume(self, channel: str) -> None:
        """Send to a channel again."""
        suspended.resume(self._database, channel)

    def suspensions(self) -> dict[str, Suspension]:
        """Every channel that is not sent to, suspended or closed, by name."""
        return suspended.suspensions(self._database)

    def outbox(
        self,
        *,
        channel: str = "",
        standing: Standing | None = None,
        standings: Collection[Standing] = (),
        tried: bool = False,
        limit: int = 50,
    ) -> tuple[Dispatch, ...]:
        """Deliveries in the order of sending; of such that have ended alone the last one first.

        Alerts that go with a digest are not told singly.

        Args:
            channel: only to this one.
            standing: only those that stand so.
            standings: only those that stand in one of these ways.
            tried: only those that were tried.
            limit: so many at most.
        """
        wanted = (standing,) if standing else standings
        return dispatches(self._database, channel, wanted, limit, tried=tried)

    def dispatch(self, key: str) -> Dispatch | None:
        """A delivery with every try; None if there is none with this key."""
        return dispatch(self._database, key)

    def content(self, key: str) -> Content | None:
        """What a delivery carries; None if there is none with this key."""
        return content(self._database, key)

    def keys_called(self, start: str, limit: int = 2) -> tuple[str, ...]:
        """The keys of deliveries that begin so, in order; at most so many of them."""
        return keys_called(self._database, start, limit)

    def trouble(
        self, matter: Matter, says: str, admin: Sequence[str], at: datetime
    ) -> tuple[str, ...]:
        """Tell the operator that a trouble has begun, unless it was told and is not over.

        Args:
            matter: with what.
            says: what happened and what to do.
            admin: channels that are told; if none, the trouble is noted all the same.
            at: aware, in UTC.

        Returns:
            The channels for which there is now something new to send.
        """
        return notices.begin(self._database, matter, says, admin, at)

    def healed(
        self, matter: Matter, says: str, admin: Sequence[str], at: datetime
    ) -> tuple[str, ...]:
        """Tell the operator that a trouble is over, if it was told; as for `trouble`."""
        return notices.end(self._database, matter, says, admin, at)

    def tell(self, notice: Notice, admin: Sequence[str]) -> tuple[str, ...]:
        """Tell the operator this; the channels for which there is now something new to send."""
        with self._database.write():
            return notices.put(self._database, notice, admin)

    def troubles(self) -> dict[Matter, datetime]:
        """Each trouble that was told and is not over, with when it began, the oldest first."""
        return notices.troubles(self._database)

    def complaints(self) -> dict[Matter, str]:
        """What each of these troubles says, as it was last; "" if an older release noted it."""
        return notices.complaints(self._database)

    def last_notice(self, event: Event) -> datetime | None:
        """When a notice of such an event was last raised; None if none ever was."""
        return notices.last(self._database, event)

    def changed(self) -> bool:
        """Whether another process has changed the record since this was last asked."""
        version = int(self._database.read("PRAGMA data_version")[0]["data_version"])
        before, self._seen = self._seen, version
        return before != version

    def tallies(self) -> tuple[Tally, ...]:
        """How many deliveries stand how, for every channel that ever had one, by name."""
        return tallies(self._database)

    def alerts(self, wanted: Wanted) -> tuple[Filed, ...]:
        """The alerts asked for, the newest first."""
        return alerts.filed(self._database, wanted)

    def pulse(self, since: datetime) -> Pulse:
        """How many articles, alerts and sent messages there were then or later."""
        return pulse(self._database, since)

    def alert(self, alert_id: str) -> History | None:
        """Everything about one alert; None if there is none with this id."""
        return alerts.history(self._database, alert_id)

    def called(self, start: str, limit: int = 2) -> tuple[str, ...]:
        """The ids of alerts that begin so, in order; at most so many of them."""
        return alerts.called(self._database, start, limit)

    def backup(self, target: Path) -> None:
        """Copy the database as it stands now into a new file, while others write.

        Raises:
            StoreError: the file exists, or it cannot be written.
        """
        backup(self._database, target)

    def check(self) -> tuple[str, ...]:
        """What is wrong inside the file, in SQLite's words; empty if all is well. Reads it all."""
        rows = self._database.read("PRAGMA integrity_check")
        return tuple(row["integrity_check"] for row in rows if row["integrity_check"] != "ok")
