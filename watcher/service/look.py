"""One look at one source: what it brings is taken in, whatever goes wrong is remembered."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta

from watcher.alerts import About, Judged
from watcher.errors import FeedError, StoreError
from watcher.feeds import Fetched, reckon
from watcher.feeds.look import give_up
from watcher.pipeline import Taken, portions, take_in
from watcher.service.house import House
from watcher.service.official import OfficialList
from watcher.service.source import Source
from watcher.service.wellbeing import tell_source
from watcher.source import Health, SourceState

FIRST_OK = (Health.NEW, Health.OK)
"""A change of health that is no news."""

PATIENCE = timedelta(seconds=30)
"""When a source is looked at again of which nothing could be recorded: the store may be full."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one look at one source came to.

    Attributes:
        state: what is remembered from now on.
        new: articles that were new or changed.
        alerts: alerts raised, sent or held.
        held: those of them that were held.
        unrecorded: why the store could not keep what came of it; "" if it did. The source is then
            looked at again as if it had not been.
    """

    state: SourceState
    new: int = 0
    alerts: int = 0
    held: int = 0
    unrecorded: str = ""


async def look(
    source: Source, state: SourceState, house: House, wake: Callable[[str], None]
) -> Look:
    """Look at a source once and take in what it brings. Whatever goes wrong is in the new state.

    Args:
        source: what to look at.
        state: what is remembered about it.
        house: with the store.
        wake: told the name of each channel for which there is something new to send.
    """
    try:
        return await _look(source, state, house, wake)
    except StoreError as error:
        house.tell_store_failed(error, source=source.name)
        return Look(replace(state, due=house.world.clock() + PATIENCE), unrecorded=str(error))
    except Exception as error:  # noqa: BLE001 - one source's fault is not the others'
        house.log.error("look_failed", source=source.name, error=error)  # noqa: TRY400 - our own
        after = await _remember_fault(source, state, error, house)
        await _report(source, state, after, house, wake)
        return Look(after)


async def _look(
    source: Source, state: SourceState, house: House, wake: Callable[[str], None]
) -> Look:
    world = house.world
    fetched = await source.look(state, world.clock, world.chance())
    brought = fetched.articles
    fresh = await house.do(lambda store: store.unseen(brought)) if brought else ()
    after = reckon(state, fetched, fresh, world.clock())
    alerts = held = 0
    for portion, final in portions(fresh, after):
        taken = await house.do(
            take_in, portion, final, house.knowledge, world.clock(), full_text=source.full_text
        )
        raised = tell_taken(taken, house, wake)
        alerts += len(raised)
        held += sum(not judged.decision.reason.sends for judged in raised)
    _tell_look(state, replace(fetched, state=after), len(fresh), house)
    await _report(source, state, after, house, wake)
    return Look(after, len(fresh), alerts, held)


async def _remember_fault(
    source: Source, state: SourceState, error: Exception, house: House
) -> SourceState:
    world = house.world
    fault = FeedError(
        f"watcher failed to take it in ({type(error).__name__}: {error}); please report this fault",
        state=Health.FAULTY,
    )
    fetched = give_up(state, world.clock(), source.every, world.chance(), fault)
    try:
        await house.do(lambda store: store.settle(fetched.state))
    except StoreError as trouble:
        house.tell_store_failed(trouble, source=source.name)
    _tell_look(state, fetched, 0, house)
    return fetched.state


async def _report(
    source: Source,
    before: SourceState,
    after: SourceState,
    house: House,
    wake: Callable[[str], None],
) -> None:
    """Tell the operator that a source fails for long or has fallen silent, or is well again."""
    if not any(state.failures or state.health not in FIRST_OK for state in (before, after)):
        return
    about = About.LIST_REFUSED if isinstance(source, OfficialList) else About.SOURCE_FAILING
    try:
        for channel in await house.do(tell_source, after, about, house.admin, house.world.clock()):
            wake(channel)
    except StoreError as error:
        house.tell_store_failed(error, source=source.name)


def tell_taken(taken: Taken, house: House, wake: Callable[[str], None]) -> tuple[Judged, ...]:
    """Log each alert, sent or held, and wake their channels; one only rehearsed has other words.

    Returns:
        The alerts.
    """
    raised = tuple(judged for dossier in taken.dossiers for judged in dossier.judged)
    sent, held = ("would_alert", "would_hold") if house.rehearses else ("alerted", "held")
    for judged in raised:
        alert, reason = judged.alert, judged.decision.reason
        house.log.info(
            sent if reason.sends else held,
            entity=alert.entity,
            rule=alert.rule,
            score=round(alert.score, 3),
            reason=reason.value,
            source=alert.article.source,
            title=alert.article.title,
            alert=alert.id,
        )
    for channel in taken.channels:
        wake(channel)
    return raised


def _tell_look(before: SourceState, fetched: Fetched, new: int, house: House) -> None:
    """Log a look: loudly if the source's health has changed, aloud if it brought something."""
    after = fetched.state
    log = house.log
    if after.health is not before.health and (before.health, after.health) != FIRST_OK:
        say = log.info if after.health is Health.OK else log.warning
        say(
            "health",
            source=after.name,
            was=before.health.value,
            now=after.health.value,
            reason=after.reason,
            failures=after.failures,
        )
    say = log.info if new else log.debug
    say(
        "looked",
        source=after.name,
        new=new,
        health=after.health.value,
        due=after.due,
        note=fetched.note,
    )
    for doubt in fetched.doubts:
        log.warning("not_understood", source=after.name, says=doubt)
