"""The watch itself: sources, messengers and schedule under one plan, and the change to the next.

A reload takes the whole new plan or nothing of it. Files that cannot be read, a test inside the
rules that fails, another state folder: each is told with its place, and all goes on as it was.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from watcher import __version__
from watcher.config import ListSettings
from watcher.errors import ConfigError, StoreError
from watcher.feeds import PageReader, Parser
from watcher.service.crew import Crew
from watcher.service.edits import Edits, places, places_now
from watcher.service.house import House
from watcher.service.intake import Intake
from watcher.service.lookout import Lookout
from watcher.service.notify import Notifier
from watcher.service.official import open_lists, tell_renewed
from watcher.service.opening import begin, close, tell_opened, tell_unclaimed
from watcher.service.outside import open_all, open_line, same_line, screens, secrets
from watcher.service.pager import Pager
from watcher.service.plan import Plan, expand, greeting, names_of, read_plan
from watcher.service.refusal import Refusal, advised, refusals, refused_by, worded
from watcher.service.retrospect import Retrospect, newcomers, newcomers_since
from watcher.service.schedule import Schedule
from watcher.service.source import open_sources
from watcher.service.trouble import beat, catch_up, tell_refused, tell_taken
from watcher.service.upkeep import Upkeep
from watcher.service.worker import Worker
from watcher.source import SourceState
from watcher.store import Store
from watcher.watchlist import Rulebook

GRACE = timedelta(seconds=4)
"""How long messengers may go on sending after the order to stop."""

TICK = timedelta(seconds=10)
"""How often, at least, the scheduler looks at the wall clock and the watchdog is fed."""


EAR = timedelta(seconds=1)
"""How soon it is noticed that another process has changed the record."""


class Watch:
    """Everything that goes on between start and stop.

    Args:
        house: open.
        plan: what is in force first.
        notifier: told of each step.
        give_up: called when a part has ended that nobody told to end.
        ask: called when the files should be read again, because somebody has saved one of them or
            a list is another one.

    Attributes:
        plan: what is in force.
    """

    def __init__(
        self,
        house: House,
        plan: Plan,
        notifier: Notifier,
        give_up: Callable[[], None],
        ask: Callable[[], None],
    ) -> None:
        self.plan = plan
        self._ask = ask
        self._awaited = set(plan.absent)
        self._holds_back = False
        self._give_up = give_up
        self._house = house
        self._notifier = notifier
        self._parser = Parser()
        self._page_parser = Parser(workers=1)
        self._lines = [open_line(plan.settings)]
        self._crew = Crew(house, self._break)
        self._schedule = Schedule(self._tick, min(TICK, (notifier.interval or TICK) / 4))
        self._lookout = Lookout(house, self._schedule, self._crew.wake, self._break)
        self._pager = Pager(house, self._crew.wake)
        self._paging: asyncio.Task[None] | None = None
        self._upkeep = Upkeep(house, lambda: self.plan.settings.keep)
        self._clearing: asyncio.Task[None] | None = None
        self._retrospect = Retrospect(house, self._crew.wake, self._break)
        self._reader = Worker("reader")
        self._edits = Edits(self._reader, ask, self._break)
        self._sign: asyncio.Task[None] | None = None
        self._ear: asyncio.Task[None] | None = None
        self._beat_due = datetime.min.replace(tzinfo=UTC)

    async def start(self) -> None:
        """Plan every look and employ every messenger; then say that we are ready.

        Raises:
            StoreError: the store cannot say what it remembers.
        """
        plan, log = self.plan, self._house.log
        for warning in plan.warnings:
            log.warning("advice", says=advised(warning))
        for failure in plan.failures:
            log.warning("test_failed", says=worded(failure))
        added = await self._house.do(newcomers_since, plan.knowledge.rulebook)
        await self._adopt(plan)
        self._retrospect.resume(plan.settings.look_back)
        self._retrospect.begin(added, plan.settings.look_back)
        self._edits.follow(places(plan.settings), plan.stood)
        await self._report(tell_taken)
        self._schedule.start()
        self._ear = asyncio.create_task(self._listen(), name="ear")
        self._paging = asyncio.create_task(self._pager.run(), name="pager")
        self._paging.add_done_callback(self._ended)
        self._clearing = asyncio.create_task(self._upkeep.run(), name="upkeep")
        self._clearing.add_done_callback(self._ended)
        waiting = await self._house.do(_waiting, plan.settings.channels)
        log.info("started", version=__version__, pid=os.getpid(), **_figures(plan), waiting=waiting)
        self._notifier.ready(greeting(plan))

    async def reload(self, path: Path) -> None:
        """Take over what the files say now, or keep what is in force and log why."""
        self._notifier.reloading(time.monotonic_ns())
        try:
            environ, former = self._house.world.environ, self.plan.sources
            wanted = await self._reader.do(places_now, path, environ)
            await self._edits.note((*places(self.plan.settings), *wanted))
            plan = await self._reader.do(read_plan, path, environ, former)
            found = list(refusals(plan, self.plan))
        except ConfigError as error:
            found = refused_by(error)
        except Exception as error:  # noqa: BLE001 - whatever the files hold, what is in force goes on
            found = [self._own_fault("read the files", error)]
        if not found:
            found = await self._try_over(plan)
        if found:
            await self._tell_refused(path, found)
            await self._catch_up()
        self._notifier.ready(greeting(self.plan))

    async def _tell_refused(self, path: Path, found: Sequence[Refusal]) -> None:
        """Tell of the first reason in a notice, unless one is told of already; of each in the log.

        Args:
            path: the operator's file.
            found: at least one.
        """
        first, *others = found
        told = await self._report(partial(tell_refused, first.file or path.name, found))
        self._house.tell_error("reload_refused", told, says=first.says)
        for refusal in others:
            self._house.log.error("reload_refused", says=refusal.says)

    async def _try_over(self, plan: Plan) -> list[Refusal]:
        """Take a plan over; if watcher itself fails at that, go back and say so."""
        before = self.plan
        try:
            await self._take_over(plan)
        except Exception as error:  # noqa: BLE001 - what was in force goes on
            fault = self._own_fault("take the files over", error)
            with suppress(Exception):  # as far as it may be: the fault is told already
                await self._put_in_force(before)
            return [fault]
        return []

    def _own_fault(self, doing: str, error: Exception) -> Refusal:
        self._house.log.error("reload_failed", error=error)
        return Refusal(f"watcher failed to {doing} ({error!r}); please report this fault")

    async def _report(
        self, step: Callable[[Store, Sequence[str], datetime], tuple[str, ...]]
    ) -> tuple[str, ...]:
        """Tell the operator something, in the store's thread; the channels that have it now."""
        house = self._house
        try:
            told = await house.do(step, house.admin, house.world.clock())
        except StoreError as error:
            house.tell_store_failed(error, what="notice")
            return ()
        for channel in told:
            self._crew.wake(channel)
        return told

    async def stop(self) -> None:
        """End everything, in bounded time; what is not done yet stays in the record."""
        log = self._house.log
        self._notifier.stopping()
        self._schedule.stop()
        self._edits.stop()
        self._retrospect.stop()
        for task in filter(None, (self._ear, self._paging, self._clearing)):
            task.cancel()
        await self._lookout.stop()
        await self._pager.stop()
        await self._crew.leave(GRACE)
        for line in self._lines:
            await close("network", line.client.aclose(), log)
        for parser in (self._parser, self._page_parser):
            await close("parser", parser.aclose(), log)
        self._reader.close()

    async def _take_over(self, plan: Plan) -> None:
        house, before = self._house, self.plan.knowledge.rulebook
        await self._put_in_force(plan)
        if plan.settings.look_back:
            added = newcomers(before, plan.knowledge.rulebook)
            self._retrospect.begin(added, plan.settings.look_back)
        self._edits.follow(places(plan.settings), plan.stood)
        for warning in plan.warnings:
            house.log.warning("advice", says=advised(warning))
        house.log.info("reloaded", **_figures(plan))
        await self._report(tell_taken)

    async def _put_in_force(self, plan: Plan) -> None:
        house, before = self._house, self.plan
        house.masks.add(secrets(plan.settings, house.world.environ))
        if not same_line(plan.settings, before.settings):
            # What is under way goes on over the former line, which is closed at the end.
            self._lines.append(open_line(plan.settings))
        self.plan, house.knowledge = plan, plan.knowledge
        house.admin = plan.settings.admin
        house.screens = screens(plan.settings, house.world)
        self._awaited &= plan.absent
        try:
            await self._adopt(plan, before.knowledge.rulebook)
        except StoreError as error:
            house.tell_store_failed(error, what="reload")

    async def _adopt(self, plan: Plan, former: Rulebook | None = None) -> None:
        """Bring sources and messengers in line with a plan.

        A suspended channel is tried again: whoever restarts or reloads may have mended it.
        """
        house = self._house
        stored = await house.do(begin, plan, house.world.clock(), former)
        opened = open_all(plan.settings, self._lines[-1], house)
        self._crew.employ(opened.channels)
        self._follow(plan, stored, plan.stale)
        await tell_unclaimed(plan, house)
        for channel in await tell_opened(opened, house):
            self._crew.wake(channel)
        await self._report(partial(catch_up, names_of(plan)))

    def _follow(
        self, plan: Plan, stored: Mapping[str, SourceState], urgent: Collection[str] = ()
    ) -> None:
        """Look at the sources of a plan, and at its lists.

        At the start those lists come first of which nothing is there yet: an article that is seen
        before them is never matched with them.
        """
        line, former = self._lines[-1], self._lookout.sources
        lists = open_lists(plan.settings.lists, line, self._heard)
        self._holds_back = bool(self._awaited)
        watched = () if self._holds_back else plan.sources
        sources = open_sources(watched, former, line, self._parser, self._renew)
        self._lookout.follow((*lists, *sources), stored, urgent)
        clock = self._house.world.clock
        wants_pages = any(source.full_text for source in sources)
        self._pager.reader = (
            PageReader(line.client, line.gate, self._page_parser, clock) if wants_pages else None
        )

    async def _heard(self, settings: ListSettings, intake: Intake | None) -> None:
        """A list was looked at: have it taken over if it is another one."""
        self._awaited.discard(settings.key)
        if intake is None:
            await self._catch_up()
        else:
            tell_renewed(settings, intake, self._house.log)
            self._ask()

    async def _catch_up(self) -> None:
        """Begin with the sources, if they were held back for lists that are awaited no more."""
        if self._holds_back and not self._awaited:
            self._follow(self.plan, await self._house.do(Store.source_states))

    async def _renew(self) -> None:
        """Follow the feeds that the lists hold now; all else stays in force.

        Raises:
            StoreError: the store cannot say what it remembers; nothing has changed then.
        """
        house, settings = self._house, self.plan.settings
        sources, doubts = await self._reader.do(expand, settings, self.plan.sources)
        stored = await house.do(Store.source_states)
        if self.plan.settings is not settings:
            return  # a reload came between, and has read the lists itself
        self.plan = replace(self.plan, sources=sources)
        self._follow(self.plan, stored)
        for doubt in doubts:
            house.log.warning("advice", says=advised(doubt))
        house.log.info("relisted", sources=len(sources))

    def _tick(self) -> None:
        """Ask the store's thread for a sign of life, unless it still owes one."""
        self._lookout.reckon()
        if self._sign is None or self._sign.done():
            self._sign = asyncio.create_task(self._give_sign())

    async def _give_sign(self) -> None:
        await self._report(self._beat)
        self._notifier.alive()

    def _beat(self, store: Store, admin: Sequence[str], now: datetime) -> tuple[str, ...]:
        """Give the operator a sign of life if one is wanted and due."""
        every = self.plan.settings.heartbeat
        if every is None or not admin or now < self._beat_due:
            return ()
        told, self._beat_due = beat(store, every, names_of(self.plan), admin, now)
        return told

    async def _listen(self) -> None:
        """Wake the messengers when another process (`watcher outbox`) has changed the record."""
        while True:
            await asyncio.sleep(EAR.total_seconds())
            with suppress(StoreError):  # whoever needs the store will tell
                if await self._house.do(Store.changed):
                    self._crew.wake_all()

    def _ended(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._break(error)

    def _break(self, error: BaseException) -> None:
        self._house.log.error("broken", error=error)
        self._give_up()


def _waiting(store: Store, channels: Collection[str]) -> int:
    """How many alerts wait for these channels, each channel counted."""
    return sum(tally.waiting for tally in store.tallies() if tally.channel in channels)


def _figures(plan: Plan) -> dict[str, object]:
    rulebook = plan.knowledge.rulebook
    lists = [f"{each.name} {each.published} {each.version}" for each in rulebook.editions]
    told: dict[str, object] = {"lists": ", ".join(lists)} if lists else {}
    return told | {
        "sources": len(plan.sources),
        "entities": len(rulebook.watchlist),
        "rules": len(rulebook.rules),
        "channels": ", ".join(plan.settings.channels),
        "list_version": rulebook.watchlist.version,
        "rules_version": rulebook.version,
    }
