"""An official list as a source: it brings no articles, and tells when its entities are others.

So a list that is away, broken or suddenly small is a source in trouble like any other: the last
state of it stays in force, `watcher feeds` and the log say why, and it is tried again.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import rmtree

from watcher.config import ListSettings, read_about
from watcher.errors import FeedError, ListError
from watcher.feeds import Fetched, after_success
from watcher.feeds.look import give_up, settle
from watcher.feeds.verdict import blame
from watcher.net import NetworkError
from watcher.service.download import fetch_all
from watcher.service.intake import Intake, Wanted, note_origins, persons, take_list
from watcher.service.known import Known
from watcher.service.log import Log
from watcher.service.outside import Line
from watcher.service.worker import Worker
from watcher.source import Health, SourceState
from watcher.watchlist.official import About, Origin

RETRY = timedelta(minutes=10)
"""How long to wait after a first failure; each further one doubles it, up to a day."""

WHOLE_EVERY = timedelta(days=7)
"""How often a list is fetched whole although its server says that nothing changed: some lie."""

Clock = Callable[[], datetime]
"""The time, aware, in UTC."""

Tell = Callable[[ListSettings, Intake | None], Awaitable[None]]
"""What is done when a list was looked at, with what came of it; None if it is as it was."""


class OfficialList(Known[ListSettings]):
    """A list that is kept renewed.

    Args:
        settings: what the operator's file says of it.
        line: to the network.
        tell: called at the end of each look.
    """

    def __init__(self, settings: ListSettings, line: Line, tell: Tell) -> None:
        super().__init__(settings)
        self._line = line
        self._tell = tell

    async def look(self, state: SourceState, clock: Clock, jitter: float) -> Fetched:
        """Fetch the list if it is another one, and put it in the place of the last one."""
        try:
            intake = await self._renew(clock)
        except (NetworkError, FeedError, ListError, OSError) as error:
            await self._tell(self.settings, None)
            return give_up(state, clock(), min(RETRY, self.every), jitter, _blamed(error))
        except Exception:  # somebody else's to tell; but who waits for this list must not do so
            await self._tell(self.settings, None)
            raise
        await self._tell(self.settings, intake)
        now = clock()
        well = settle(state, now, after_success(now, self.every, jitter))
        if intake is None:
            return Fetched((), well, "not changed")
        note = f"lists {persons(intake.about.entities)}"
        return Fetched((), replace(well, last_new=now, last_full=now), note)

    def close(self) -> None:
        """Nothing to let go of: each look brings its own thread."""

    async def _renew(self, clock: Clock) -> Intake | None:
        """The list as it was made anew; None if nothing changed."""
        worker = Worker(f"list {self.name}")
        try:
            about = await worker.do(read_about, self.settings.path)
            known = known_origins(self.settings, about, clock())
            with _room(self.settings.path) as place:
                found = await fetch_all(known, place, self._line, clock)
                origins = tuple(each.origin for each in found)
                files = tuple(each.file for each in found if each.file)
                if not files or self.settings.publisher is None:
                    await worker.do(note_origins, self.settings.path, origins)
                    return None
                wanted = Wanted(self.settings.publisher, files, origins, self.settings.path)
                intake = await worker.do(take_list, wanted, clock())
        finally:
            worker.close()
        return None if about and _same(about, intake.about) else intake


def open_lists(lists: Iterable[ListSettings], line: Line, tell: Tell) -> tuple[OfficialList, ...]:
    """The lists that are kept renewed, ready to be looked at."""
    return tuple(OfficialList(each, line, tell) for each in lists if each.publisher)


def tell_renewed(settings: ListSettings, intake: Intake, log: Log) -> None:
    """Log that a list is another one, and what of it could not be read."""
    about, tally = intake.about, intake.tally
    log.info(
        "list_renewed",
        list=settings.name,
        published=about.published,
        version=about.version,
        entities=about.entities,
        **intake.diff.count(),
        left_out=tally.left_out.total(),
        unread=tally.unread,
    )
    for fault in (*tally.faults, *tally.advice):
        log.warning("list_doubt", list=settings.name, says=fault)


def known_origins(settings: ListSettings, about: About | None, now: datetime) -> tuple[Origin, ...]:
    """The addresses of a list, with the validators of what was read last, if they still count."""
    fresh = about is not None and now - _moment(about.imported) < WHOLE_EVERY
    former = {origin.address: origin for origin in about.origins} if about and fresh else {}
    return tuple(former.get(each, Origin(address=each)) for each in settings.addresses)


def is_stale(settings: ListSettings) -> bool:
    """Whether the file of a list is missing, unknown, or made from other addresses."""
    about = read_about(settings.path)
    return about is None or tuple(o.address for o in about.origins) != settings.addresses


@contextmanager
def _room(path: Path) -> Iterator[Path]:
    """An empty folder beside a list for what is fetched, of which nothing stays.

    It is always called the same, so that what a kill left in it goes before the next is fetched.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    room = path.with_name(f".{path.name}.fetch")
    if room.exists():
        rmtree(room)
    room.mkdir()
    try:
        yield room
    finally:
        rmtree(room, ignore_errors=True)


def _same(one: About, other: About) -> bool:
    return (one.version, one.checksum) == (other.version, other.checksum)


def _blamed(error: NetworkError | FeedError | ListError | OSError) -> FeedError:
    """What went wrong, as a source's failure."""
    if isinstance(error, FeedError):
        return error
    if isinstance(error, NetworkError):
        return blame(error)
    if isinstance(error, ListError):
        return FeedError(str(error), state=Health.GARBLED)
    return FeedError(f"{error.filename}: {error.strerror}", state=Health.FAULTY)


def _moment(stamp: str) -> datetime:
    """A time as it is kept; long ago, if it cannot be read."""
    try:
        return datetime.fromisoformat(stamp).astimezone(UTC)
    except ValueError:
        return datetime.min.replace(tzinfo=UTC)
