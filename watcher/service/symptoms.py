"""What the record tells of how all is going: for `watcher.service.doctor`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from watcher.alerts import About, Event, amount
from watcher.config import Settings
from watcher.service.finding import Finding, Grade, bad, ok, warn
from watcher.source import Health, SourceState
from watcher.store import Standing, Store, Suspension, Tally, Wanted
from watcher.watchlist import Rulebook

LONG, TOO_LONG = timedelta(hours=1), timedelta(days=1)
"""How long an alert may wait before it is a warning, and before it is bad."""

SLACK = timedelta(minutes=1)
"""How far two clocks may differ, or one may have been set back, without a word."""

_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows less: this program was written later."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What is known besides the record.

    Attributes:
        settings: the operator's file.
        sources: the names of all that is watched, by their keys.
        rulebook: what the files of rules say; None if they have faults.
        closed: the channels that cannot be opened here and now.
        works: whether a daemon is at work.
    """

    settings: Settings
    sources: Mapping[str, str]
    rulebook: Rulebook | None
    closed: Mapping[str, Finding]
    works: bool


def in_record(store: Store, facts: Facts, now: datetime) -> Iterator[Finding]:
    """Go through the record.

    Args:
        store: open.
        facts: see there.
        now: aware, in UTC.

    Raises:
        StoreError: the record cannot be read.
    """
    states = store.source_states()
    yield _clock(store, states, now)
    if facts.works:
        yield _in_force(store, facts.rulebook)
    yield _sources(facts.sources, states, now, works=facts.works)
    tallies = {tally.channel: tally for tally in store.tallies()}
    stopped = _stopped(store, works=facts.works)
    for name in facts.settings.channels:
        tally, suspension = tallies.get(name), stopped.get(name)
        stop = suspension or facts.closed.get(name)
        yield channel_stands(name, tally, stop, now, answer=_answer(store, name))
    yield from _unclaimed(facts.settings, tallies)
    closed = {name for name, finding in facts.closed.items() if finding.grade is Grade.BAD}
    yield _notices(store, facts, stopped.keys() | closed, now)


def without_settings(store: Store, now: datetime, *, works: bool) -> Iterator[Finding]:
    """Go through the record as far as that needs no operator's file, which has faults.

    Args:
        store: open.
        now: aware, in UTC.
        works: whether a daemon is at work.

    Raises:
        StoreError: the record cannot be read.
    """
    states = store.source_states()
    yield _clock(store, states, now)
    if works:
        yield _in_force(store, None)
    if states:
        names = {key: state.name for key, state in states.items()}
        yield _sources(names, states, now, works=works)
    stopped = _stopped(store, works=works)
    for tally in store.tallies():
        name = tally.channel
        yield channel_stands(name, tally, stopped.get(name), now, answer=_answer(store, name))


def channel_stands(
    name: str,
    tally: Tally | None,
    stop: Suspension | Finding | None,
    now: datetime,
    *,
    answer: str = "",
) -> Finding:
    """How a channel does.

    Args:
        name: its name.
        tally: of its deliveries; None if it never had one.
        stop: why it is not sent to, or a finding that it cannot be opened; None if it is sent to.
        now: aware, in UTC.
        answer: what came of the last try of the first that waits after one; "" if none does.
    """
    topic = f"channel {name}"
    dead = f"{tally.dead} given up" if tally and tally.dead else ""
    says = ", ".join(filter(None, (_waits(tally), dead)))
    if isinstance(stop, Finding):
        return replace(stop, says=f"{stop.says}; {says or 'nothing waits'}")
    if stop:
        advice = f"mend it, then reload watcher, or: watcher outbox retry --channel {name}"
        state, advice = ("cannot be opened", "") if stop.closed else ("suspended", advice)
        return bad(topic, f"{state}: {stop.reason}; {says or 'nothing waits'}", advice)
    advice = f'"watcher outbox --channel {name}" says why; "outbox retry" sends again'
    waited = now - tally.oldest if tally and tally.oldest else timedelta(0)
    failing = f"; the last answer: {answer}" if answer else ""
    if waited > TOO_LONG:
        return bad(topic, says + failing, advice)
    if answer or waited > LONG or (tally and tally.dead):
        return warn(topic, says + failing, advice)
    return ok(topic, says or "nothing waits")


def _stopped(store: Store, *, works: bool) -> dict[str, Suspension]:
    """The channels that are not sent to.

    Which could not be opened is known of a daemon at work only: the next one tries it anew.
    """
    stopped = store.suspensions()
    return {name: stop for name, stop in stopped.items() if works or not stop.closed}


def _answer(store: Store, channel: str) -> str:
    """What was said to the first message that waits after a try; "" if none does."""
    failed = store.outbox(channel=channel, standing=Standing.WAITING, tried=True, limit=1)
    return "".join(each.note.removeprefix(f"{channel}: ") for each in failed)


def _waits(tally: Tally | None) -> str:
    if tally is None or not tally.waiting:
        return ""
    return f"{tally.waiting} waiting, the first since {_shown(tally.oldest)}"


def integrity(store: Store) -> Finding:
    """Whether the file is whole; all of it is read."""
    faults = store.check()
    if not faults:
        return ok("database", "sound")
    advice = 'stop watcher and put a backup in its place, or recover it: "sqlite3 FILE .recover"'
    return bad("database", f"damaged: {faults[0]}", advice)


def _clock(store: Store, states: Mapping[str, SourceState], now: datetime) -> Finding:
    """Whether the record knows later times than the clock does."""
    looks = [state.last_look for state in states.values() if state.last_look]
    raised = [filed.alert.raised for filed in store.alerts(Wanted(limit=1))]
    newest = max((*looks, *raised, _BEGINNING))
    if now < newest - SLACK:
        says = f"it shows {_shown(now)} UTC, but the record knows {_shown(newest)} already"
        return bad("clock", says, "set the clock, and let it be kept right (timedatectl)")
    return ok("clock", f"{_shown(now)} UTC")


def _in_force(store: Store, rulebook: Rulebook | None) -> Finding:
    """Whether the daemon works with what the files say; None if they have faults."""
    troubles = store.troubles()
    refused = next((m for m in troubles if m.about is About.RELOAD_REFUSED), None)
    if refused:
        since, why = _shown(troubles[refused]), store.complaints()[refused]
        says = f"changed files were refused at {since}; those before are in force: {why}"
        return bad("in force", says, "mend them and save: they are taken over then")
    if rulebook is None:
        says = "the daemon works with what the files held before"
        return warn("in force", says, "mend them and save: they are taken over then")
    last = store.reigns.in_force()
    if last and last.rules_version != rulebook.version:
        says = "the daemon works with other rules than the files hold"
        return warn("in force", says, "reload it: systemctl reload watcher")
    return ok("in force", "what the files say")


def _sources(
    names: Mapping[str, str], states: Mapping[str, SourceState], now: datetime, *, works: bool
) -> Finding:
    """How the sources are, together.

    Args:
        names: all that is watched, by key.
        states: what is remembered.
        now: aware, in UTC.
        works: whether a daemon is at work, so that none should be overdue.
    """
    if not names:
        return warn("sources", "nothing is watched", 'name feeds or folders under "sources:"')
    watched = [states[key] for key in names if key in states]
    counts = Counter(state.health for state in watched)
    counts[Health.NEW] += len(names) - len(watched)
    says = ", ".join(f"{counts[health]} {health}" for health in Health if counts[health])
    late = [state for state in watched if works and now - state.due > LONG]
    if late:
        since = _shown(min(state.due for state in late))
        advice = "look into the log for what keeps the daemon busy, and restart it"
        return bad("sources", f"{says}; {len(late)} overdue, the first since {since}", advice)
    if counts.keys() - {Health.NEW, Health.OK}:
        return warn("sources", says, '"watcher feeds --trouble" says which, and why')
    return ok("sources", says)


def _unclaimed(settings: Settings, tallies: Mapping[str, Tally]) -> Iterator[Finding]:
    """Alerts that wait for channels which left the operator's file."""
    for name, tally in tallies.items():
        if tally.waiting and name not in settings.channels:
            waiting = amount(tally.waiting, "message waits", "messages wait")
            says = f'{waiting} for "{name}", which is not in the file any more'
            advice = f'name it under "channels:" again, or: watcher outbox drop --channel {name}'
            yield warn("outbox", says, advice)


def _notices(store: Store, facts: Facts, stopped: AbstractSet[str], now: datetime) -> Finding:
    """Whether somebody is told of trouble, and is told that there is none.

    Args:
        store: open.
        facts: see there.
        stopped: the channels that are not sent to, or may not be.
        now: aware, in UTC.
    """
    settings = facts.settings
    if not settings.admin:
        return warn("notices", "nobody is told of trouble", 'name a channel under "admin:"')
    told = f"trouble is told to {', '.join(settings.admin)}"
    if stopped >= set(settings.admin):
        advice = 'mend what is said of it above, or name another channel under "admin:"'
        return warn("notices", f"{told}, where nothing arrives", advice)
    if settings.heartbeat is None:
        return ok("notices", told)
    last = store.last_notice(Event.HEARTBEAT)
    says = f"{told}; the last sign of life: {_shown(last) if last else 'never'}"
    if last is None or now - last > settings.heartbeat + LONG:
        return bad("notices", says, "no daemon was at work, or it hangs: look into the log")
    return ok("notices", says)


def _shown(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M}" if at else "never"
