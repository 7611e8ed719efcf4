"""Opening the house for a plan, and closing it in bounded time whatever hangs."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import chain

from watcher.config import LogSettings
from watcher.service.house import House, World
from watcher.service.log import Bridge, Log, Masks, open_log
from watcher.service.outside import Opened, screens, secrets
from watcher.service.plan import Plan
from watcher.service.trouble import tell_closed
from watcher.source import SourceState
from watcher.store import Reign, Store
from watcher.watchlist import Rulebook
from watcher.watchlist.official import Change, compare_lists

CLOSING = timedelta(seconds=1.5)
"""How long each thing may take to close before it is left to the end of the process."""


@asynccontextmanager
async def open_house(
    plan: Plan, world: World, make: Callable[[], Store], *, rehearses: bool = False
) -> AsyncIterator[House]:
    """A house with its log and its store, until the block ends.

    Args:
        plan: what is in force.
        world: everything from outside.
        make: opens the store, in its own thread.
        rehearses: see `House`.

    Raises:
        StoreError: the store cannot be opened.
    """
    masks = Masks()
    masks.add(secrets(plan.settings, world.environ))
    log = _open_log(plan.settings.log, world, masks)
    house = House(world, log, masks, plan.knowledge, rehearses=rehearses)
    house.admin = plan.settings.admin
    house.screens = screens(plan.settings, world)
    with _libraries_heard(log):
        try:
            await house.open(make)
            yield house
        finally:
            await close("store", house.close(), log)


def begin(
    store: Store, plan: Plan, now: datetime, former: Rulebook | None = None
) -> dict[str, SourceState]:
    """Note what comes into force and resume every channel; what is remembered about sources.

    A suspended channel is tried again, once, and what waits for its next try is tried soon: whoever
    starts or reloads may have mended it.

    Args:
        store: open.
        plan: comes into force.
        now: aware, in UTC.
        former: what was in force; None at the start, when nobody knows what its lists held.
    """
    listed = _relisted(former, plan.knowledge.rulebook) if former else {}
    store.reigns.add(replace(_reign(plan, now), listed=listed))
    for channel in store.suspensions():
        store.resume(channel)
    store.hasten(plan.settings.channels)
    return store.source_states()


def _relisted(former: Rulebook, rulebook: Rulebook) -> dict[str, tuple[Change, ...]]:
    """What changed in each official list that was and is watched."""
    before = {edition.name: edition.version for edition in former.editions}
    names = [e.name for e in rulebook.editions if before.get(e.name, e.version) != e.version]
    return {
        name: compare_lists(
            *([e for e in each.watchlist if e.origin == name] for each in (former, rulebook))
        )
        for name in names
    }


def _reign(plan: Plan, now: datetime) -> Reign:
    """What comes into force; its files by their paths within the folder of rules."""
    rulebook, rules = plan.knowledge.rulebook, plan.settings.rules
    named = {os.path.relpath(file, rules): text for file, text in rulebook.files.items()}
    if os.curdir in named:
        named[rules.name] = named.pop(os.curdir)
    return Reign(
        since=now,
        rules_version=rulebook.version,
        list_version=rulebook.watchlist.version,
        editions=rulebook.editions,
        files=named,
    )


async def tell_unclaimed(plan: Plan, house: House) -> None:
    """Log for which channels alerts wait that no longer stand in the operator's file.

    Raises:
        StoreError: the store cannot say.
    """
    for tally in await house.do(Store.tallies):
        if tally.waiting and tally.channel not in plan.settings.channels:
            house.log.warning(
                "unclaimed",
                channel=tally.channel,
                waiting=tally.waiting,
                says='they are sent when this name stands under "channels:" again',
            )


async def tell_opened(opened: Opened, house: House) -> tuple[str, ...]:
    """Tell the operator and the log which channels could not be opened, or can be again.

    Returns:
        The channels for which there is something new.

    Raises:
        StoreError: it cannot be noted.
    """
    told = await house.do(partial(tell_closed, opened.reasons), house.admin, house.world.clock())
    for name, why in opened.closed.items():
        house.tell_error("channel_closed", told[name], channel=name, reason=why)
    return tuple(chain.from_iterable(told.values()))


async def close(what: str, closing: Awaitable[object], log: Log) -> None:
    """Wait for something to close, but not for long: nothing recorded depends on it."""
    try:
        async with asyncio.timeout(CLOSING.total_seconds()):
            await closing
    except TimeoutError:
        log.warning("left_open", what=what)


def _open_log(settings: LogSettings, world: World, masks: Masks) -> Log:
    """The log as the operator wants it.

    On a terminal the alerts themselves are what a person wants to see, so only warnings and what
    answers one stand between them, unless the operator's file asks for more.
    """
    quiet = world.stderr.isatty() and "level" not in settings.model_fields_set
    return open_log(
        world.stderr,
        masks,
        now=world.clock,
        form=settings.format,
        level=settings.level,
        wanted=_is_for_people if quiet else lambda *_: True,
    )


def _is_for_people(level: str, event: str, fields: Mapping[str, object]) -> bool:
    """Whether somebody who sees warnings wants to see it: it is one, or says that all is well.

    Such as that changed files were taken over, and that a source or a channel has come back.
    """
    if level != "info":
        return True
    again = event == "sent" and fields["attempt"] != 1
    return again or event in {"reloaded", "health"}


@contextmanager
def _libraries_heard(log: Log) -> Iterator[None]:
    """Let what libraries complain of be told in the log, while the block lasts."""
    bridge, root = Bridge(log), logging.getLogger()
    root.addHandler(bridge)
    try:
        yield
    finally:
        root.removeHandler(bridge)
