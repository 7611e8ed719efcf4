"""One round by hand: look at what is due, send what waits, say how it went.

A rehearsal is the same round on a copy of the record, whose alerts are shown instead of sent.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from watcher.alerts import Alert, Delivery, Digest, amount
from watcher.channels import Channel, TerminalChannel, wants_colour
from watcher.channels.stream import write
from watcher.config import ListSettings
from watcher.errors import DeliveryError
from watcher.feeds import PageReader, Parser, first_state
from watcher.pipeline import Fate, Outcome
from watcher.service.courier import Courier
from watcher.service.daemon import lock, read
from watcher.service.house import House, World
from watcher.service.intake import Intake
from watcher.service.log import Log
from watcher.service.look import Look, look
from watcher.service.official import open_lists, tell_renewed
from watcher.service.opening import begin, close, open_house, tell_opened, tell_unclaimed
from watcher.service.outside import Line, open_all, open_line
from watcher.service.pager import Pager
from watcher.service.plan import Plan, names_of
from watcher.service.source import Source, open_sources
from watcher.service.trouble import catch_up
from watcher.source import SourceState
from watcher.store import DATABASE, Store
from watcher.watchlist import Rulebook

PAGES_BOUND = timedelta(minutes=2)
"""How long a round by hand fetches pages; those that are left wait for the next one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How a round went.

    Attributes:
        sources: how many there are.
        looks: those that were due, each with what it came to.
        pages: articles whose page was read too.
        page_alerts: alerts raised because of what stands there.
        outcomes: every attempt to send, in order within its channel.
        closed: channels that could not be opened.
        waiting: alerts that still wait for a channel of the operator's file, each channel counted.
        next_try: when the first of them is tried next; None if none is.
        next_due: when the next source is due; None if there is none.
        shown: in a rehearsal, the alerts that would be sent, those that waited included; else None.
    """

    sources: int
    looks: tuple[Look, ...] = ()
    pages: int = 0
    page_alerts: int = 0
    outcomes: tuple[Outcome, ...] = ()
    closed: tuple[str, ...] = ()
    waiting: int = 0
    next_try: datetime | None = None
    next_due: datetime | None = None
    shown: int | None = None

    @property
    def failed(self) -> bool:
        """Whether anything went otherwise than it should."""
        return bool(
            self.closed
            or self.waiting
            or any(done.state.failures or done.unrecorded for done in self.looks)
            or any(outcome.fate is not Fate.SENT for outcome in self.outcomes)
        )

    def __str__(self) -> str:
        sent = sum(outcome.fate is Fate.SENT for outcome in self.outcomes)
        held = sum(done.held for done in self.looks)
        parts = [
            f"looked at {len(self.looks)} of {amount(self.sources, 'source')}",
            f"new articles: {sum(done.new for done in self.looks)}",
            f"alerts: {sum(done.alerts for done in self.looks) + self.page_alerts}",
            f"sent: {sent}" if self.shown is None else f"would be sent: {self.shown}",
        ]
        if self.pages:
            parts.insert(2, f"pages read: {self.pages}")
        if held:
            parts.append(f"held: {held}")
        if len(self.outcomes) > sent:
            parts.append(f"not sent: {len(self.outcomes) - sent}")
        if unrecorded := sum(bool(done.unrecorded) for done in self.looks):
            parts.append(f"sources that could not be recorded: {unrecorded}")
        if self.waiting:
            parts.append(f"waiting: {self.waiting}{_until(self.next_try)}")
        if self.closed:
            parts.append(f"channels that cannot be opened: {', '.join(self.closed)}")
        if self.next_due:
            parts.append(f"next look due {self.next_due:%Y-%m-%d %H:%M:%S} UTC")
        return " · ".join(parts)


async def run_once(path: Path, world: World) -> Report:
    """Look at every source that is due, send what waits, and say how it went.

    Args:
        path: the operator's file.
        world: everything from outside.

    Raises:
        ConfigError: the files cannot be taken, or a daemon is at work on the same state.
        StoreError: the store cannot be used.
    """
    plan = await read(path, world)
    database = plan.settings.state / DATABASE
    with lock(plan, world):
        async with open_house(plan, world, lambda: Store.open(database)) as house:
            line = open_line(plan.settings)
            lists = await _renew_lists(plan, house, line)
            former = plan.knowledge.rulebook
            if any(done.state.last_new == done.state.last_look for done in lists):
                plan = await read(path, world)
                house.knowledge = plan.knowledge
            report = await _look_round(plan, house, line, former)
            report = replace(report, looks=(*lists, *report.looks))
            opened = open_all(plan.settings, line, house)
            await tell_opened(opened, house)
            carried = await _carry(opened.channels, plan.settings.admin, house)
            await close("network", line.client.aclose(), house.log)
            waiting, next_try = await house.do(_left, plan.settings.channels, opened.channels)
            return replace(
                report,
                waiting=waiting,
                next_try=next_try,
                outcomes=carried,
                closed=tuple(opened.closed),
            )


async def run_dry(path: Path, world: World) -> Report:
    """The same round, whose alerts are shown on standard output; nothing is recorded or sent.

    Sources are really read, so this is a polite visit like any other: only those that are due.

    Raises:
        ConfigError: the files cannot be taken.
        StoreError: the store cannot be read or copied.
        DeliveryError: the output cannot be written to. A reader who has seen enough is no such
            reason: the rest is left out, and counted.
    """
    plan = await read(path, world)
    database = plan.settings.state / DATABASE
    with TemporaryDirectory(prefix="watcher-") as folder:
        copy = Path(folder) / DATABASE
        async with open_house(
            plan, world, lambda: _open_copy(database, copy), rehearses=True
        ) as house:
            line = open_line(plan.settings)
            report = await _look_round(plan, house, line)
            await close("network", line.client.aclose(), house.log)
            channels = plan.settings.channels
            taken = await house.do(_take_waiting, channels, world.clock())
            waiting, next_try = await house.do(_left, channels, channels)
            shown = await _show(taken, world)
            return replace(report, waiting=waiting, next_try=next_try, shown=shown)


async def _carry(
    channels: Mapping[str, Channel], admin: Iterable[str], house: House
) -> tuple[Outcome, ...]:
    """Send what waits, the channels side by side, then what that gave the operator to hear."""
    couriers = {name: Courier(channel, house) for name, channel in channels.items()}
    carried = await asyncio.gather(*(courier.carry_due() for courier in couriers.values()))
    carried += [await couriers[name].carry_due() for name in admin if name in couriers]
    return tuple(outcome for some in carried for outcome in some)


async def _look_round(
    plan: Plan, house: House, line: Line, former: Rulebook | None = None
) -> Report:
    """Look at all that is due, at the same time; `former` was in force before the lists came."""
    now = house.world.clock()
    stored = await house.do(begin, plan, now, former)
    await tell_unclaimed(plan, house)
    await house.do(partial(catch_up, names_of(plan)), house.admin, now)
    async with Parser() as parser:
        sources = open_sources(plan.sources, {}, line, parser, _leave)
        states = {s.key: stored.get(s.key) or first_state(s.key, s.name, now) for s in sources}
        due = [source for source in sources if states[source.key].due <= now]
        looks = await asyncio.gather(*(_look(source, states[source.key], house) for source in due))
        pager = Pager(house, lambda _: None)
        if any(source.full_text for source in sources):
            pager.reader = PageReader(line.client, line.gate, parser, house.world.clock)
            await pager.drain(PAGES_BOUND)
    states |= {done.state.key: done.state for done in looks}
    lists = [each.key for each in plan.settings.lists if each.publisher]
    states |= {key: stored[key] for key in lists if key in stored}
    return Report(
        sources=len(sources) + len(lists),
        looks=tuple(looks),
        pages=pager.read,
        page_alerts=pager.alerts,
        next_due=min((state.due for state in states.values()), default=None),
    )


async def _renew_lists(plan: Plan, house: House, line: Line) -> tuple[Look, ...]:
    """Look at the official lists that are due, before anything is matched with them."""
    now = house.world.clock()
    stored = await house.do(Store.source_states)
    lists = open_lists(plan.settings.lists, line, partial(_tell, house.log))
    states = {
        each.key: stored.get(each.key) or first_state(each.key, each.name, now) for each in lists
    }
    due = [each for each in lists if each.key in plan.stale or states[each.key].due <= now]
    return tuple(await asyncio.gather(*(_look(each, states[each.key], house) for each in due)))


async def _tell(log: Log, settings: ListSettings, intake: Intake | None) -> None:
    if intake is not None:
        tell_renewed(settings, intake, log)


async def _leave() -> None:
    """A list that changes during a round counts from the next round on, which reads it anew."""


async def _look(source: Source, state: SourceState, house: House) -> Look:
    with closing(source):
        return await look(source, replace(state, name=source.name), house, lambda _: None)


def _left(
    store: Store, channels: Iterable[str], opened: Collection[str]
) -> tuple[int, datetime | None]:
    """How many alerts wait for these channels, and when the first is tried at one that is open.

    Those that wait for their hour, as rules want it, are not counted: nothing has failed.
    """
    waiting = {tally.channel: tally.waiting - tally.held for tally in store.tallies()}
    tries = [due for channel in opened if (due := store.next_due(channel))]
    return sum(waiting.get(channel, 0) for channel in channels), min(tries, default=None)


def _until(at: datetime | None) -> str:
    return f" (next try {at:%Y-%m-%d %H:%M:%S} UTC)" if at else ""


def _open_copy(database: Path, copy: Path) -> Store:
    """A copy of the record as it stands, or an empty one if there is none yet."""
    if database.is_file():
        with Store.open(database) as store:
            store.backup(copy)
    return Store.open(copy)


def _take_waiting(store: Store, channels: Iterable[str], now: datetime) -> list[Delivery]:
    """What each channel would be sent now, as if all of it arrived."""
    taken: list[Delivery] = []
    for channel in channels:
        while delivery := store.due(channel, now):
            taken.append(delivery)
            store.delivered(delivery.key, now, "shown")
    return taken


async def _show(waiting: Iterable[Delivery], world: World) -> int:
    """Write each alert once, and to whom it would go; how many there are."""
    screen = TerminalChannel(
        name="dry run", stream=world.stdout, colour=wants_colour(world.stdout, world.environ)
    )
    told: dict[str, tuple[Delivery, list[str]]] = {}
    for delivery in waiting:
        for alert in _alerts(delivery):
            told.setdefault(alert.id, (replace(delivery, content=alert), []))[1].append(
                delivery.channel
            )
    with _until_reader_leaves():
        for delivery, names in told.values():
            await write(world.stdout, f"would be sent to: {', '.join(names)}\n")
            await screen.send(delivery, world.clock())
    return len(told)


def _alerts(delivery: Delivery) -> tuple[Alert, ...]:
    """The alerts that a delivery carries; none if it is a notice."""
    if isinstance(delivery.content, Digest):
        return delivery.content.alerts
    return (delivery.content,) if isinstance(delivery.content, Alert) else ()


@contextmanager
def _until_reader_leaves() -> Iterator[None]:
    """Go on behind the block if whoever reads the output has gone, as `head` does."""
    try:
        yield
    except BrokenPipeError:
        pass
    except DeliveryError as error:
        if not isinstance(error.__cause__, BrokenPipeError):
            raise
