"""What the operator is told of, and when: channels, sources, lists and files that give trouble.

Each function is one step in the store's thread. Each may be repeated at will: the store tells a
trouble once when it begins, and once when it is over.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import assert_never

from watcher.alerts import About, Event, amount, write_notice
from watcher.pipeline import Fate, Outcome, note
from watcher.service.refusal import Refusal
from watcher.service.wellbeing import count_sources, end_sources
from watcher.store import Matter, Standing, Store

FAILED_TRIES = 4
"""Failed tries of one message after which its channel is told of: on the schedule of Standard
Webhooks half an hour, so that the restart of a receiver is no news."""

_OF_CHANNELS = (About.CHANNEL_FAILING, About.CHANNEL_SUSPENDED, About.DEAD_LETTERS)


def conclude(store: Store, outcome: Outcome, admin: Sequence[str]) -> tuple[str, ...]:
    """Record what became of an attempt with what it says of its channel, as one.

    Returns:
        The channels for which there is something new.
    """
    with store.together():
        note(store, outcome)
        return tell_outcome(store, outcome, admin)


def tell_outcome(store: Store, outcome: Outcome, admin: Sequence[str]) -> tuple[str, ...]:
    """Tell what an attempt says of its channel; the channels for which there is something new."""
    channel, at = outcome.delivery.channel, outcome.at
    match outcome.fate:
        case Fate.SENT:
            return tell_healed(store, channel, admin, at)
        case Fate.POSTPONED:
            if outcome.delivery.attempts + 1 < FAILED_TRIES:
                return ()
            matter = Matter(About.CHANNEL_FAILING, channel)
            return store.trouble(matter, f"{outcome.says}; it is tried again", admin, at)
        case Fate.SUSPENDED:
            matter = Matter(About.CHANNEL_SUSPENDED, channel)
            says = f"{outcome.says}; what is for it waits: mend it, then reload or restart watcher"
            return store.trouble(matter, says, admin, at)
        case Fate.DEAD:
            return _tell_dead(store, channel, outcome.says, admin, at)
        case _:
            assert_never(outcome.fate)


def tell_healed(store: Store, channel: str, admin: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Tell that a channel sends again; of dead letters, that none is left.

    Args:
        store: see there.
        channel: its name; something has just arrived there.
        admin: channels that are told.
        at: aware, in UTC.
    """
    told: tuple[str, ...] = ()
    for matter in store.troubles():
        if matter.subject != channel or matter.about not in _OF_CHANNELS:
            continue
        if matter.about is not About.DEAD_LETTERS:
            told += store.healed(matter, "it takes messages again", admin, at)
        elif not store.outbox(channel=channel, standing=Standing.DEAD, limit=1):
            told += store.healed(matter, "no dead letter is left", admin, at)
    return told


def tell_closed(
    channels: Mapping[str, str], store: Store, admin: Sequence[str], at: datetime
) -> dict[str, tuple[str, ...]]:
    """Tell which channels cannot be opened, and of which that is over.

    It is told to the channels that are open, if any of those that are told is.

    Args:
        channels: why each cannot be opened, by name; "" of one that is open.
        store: see there.
        admin: channels that are told.
        at: aware, in UTC.

    Returns:
        Of each channel to which ones there goes something new about it.
    """
    admin = [name for name in admin if not channels.get(name)] or admin
    told: dict[str, tuple[str, ...]] = {}
    for name, why in channels.items():
        matter = Matter(About.CHANNEL_CLOSED, name)
        if why:
            says = f"{why}; then restart watcher, which sends what waits"
            told[name] = store.trouble(matter, says, admin, at)
        else:
            told[name] = store.healed(matter, "it is open", admin, at)
    for matter in store.troubles():
        if matter.about is About.CHANNEL_CLOSED and matter.subject not in channels:
            told[matter.subject] = store.healed(matter, "it is no channel any more", admin, at)
    return told


def tell_refused(
    file: str, refusals: Sequence[Refusal], store: Store, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """Tell that changed files are not taken over; the channels for which there is something new.

    It is one trouble until all files are taken over, called after the file that it began with.
    """
    more = f" (and {len(refusals) - 1} more)" if len(refusals) > 1 else ""
    says = f'{refusals[0].says}{more} · what was in force stays; "watcher check" tells every fault'
    begun = [matter for matter in store.troubles() if matter.about is About.RELOAD_REFUSED]
    return store.trouble((*begun, Matter(About.RELOAD_REFUSED, file))[0], says, admin, at)


def tell_taken(store: Store, admin: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Tell that files are taken over again, if it was told that they were not."""
    told: tuple[str, ...] = ()
    for matter in store.troubles():
        if matter.about is About.RELOAD_REFUSED:
            told += store.healed(matter, "all files are in force as they stand", admin, at)
    return told


def catch_up(
    sources: Iterable[str], store: Store, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """Tell what a crash may have kept from being told, and end troubles with what is no more.

    Args:
        sources: the names of all that is looked at.
        store: see there.
        admin: channels that are told.
        at: aware, in UTC.
    """
    return tell_letters(store, admin, at) + end_sources(store, set(sources), admin, at)


def tell_letters(store: Store, admin: Sequence[str], at: datetime) -> tuple[str, ...]:
    """Tell which channels have dead letters, and which have none left."""
    told: tuple[str, ...] = ()
    for tally in store.tallies():
        if tally.dead:
            says = f"{tally.dead} given up"
            told += _tell_dead(store, tally.channel, says, admin, at)
        else:
            matter = Matter(About.DEAD_LETTERS, tally.channel)
            told += store.healed(matter, "no dead letter is left", admin, at)
    return told


def beat(
    store: Store, every: timedelta, sources: Collection[str], admin: Sequence[str], at: datetime
) -> tuple[tuple[str, ...], datetime]:
    """Give the operator a sign of life if it is time.

    Args:
        store: see there.
        every: how often.
        sources: the names of all that is looked at.
        admin: channels that are told.
        at: aware, in UTC.

    Returns:
        The channels for which there is something new, and when the next sign is due.
    """
    last = store.last_notice(Event.HEARTBEAT)
    if last is not None and at - last < every:
        return (), last + every
    says = _figures(store, sources, last or at - every)
    notice = write_notice(Event.HEARTBEAT, About.WATCH, "", says, at)
    return store.tell(notice, admin), at + every


def _tell_dead(
    store: Store, channel: str, says: str, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    advice = f'"watcher outbox --channel {channel}" shows them, "outbox retry" sends them again'
    return store.trouble(Matter(About.DEAD_LETTERS, channel), f"{says}; {advice}", admin, at)


def _figures(store: Store, sources: Collection[str], since: datetime) -> str:
    """How all is going, in a line."""
    tallies = store.tallies()
    troubles = [f"{matter.about} {matter.subject}" for matter in store.troubles()]
    pulse = store.pulse(since)
    parts = [
        count_sources(store, sources),
        amount(pulse.articles, "article"),
        amount(pulse.alerts, "alert"),
        f"{amount(pulse.sent, 'message')} sent since {since:%Y-%m-%d %H:%M} UTC",
        f"{sum(tally.waiting for tally in tallies)} waiting",
        f"{sum(tally.dead for tally in tallies)} given up",
        f"in trouble: {', '.join(troubles)}" if troubles else "no trouble",
    ]
    return ", ".join(parts)
