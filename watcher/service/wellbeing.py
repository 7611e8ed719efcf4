"""What the operator is told of sources: which fail, which have fallen silent, how many are well.

As in `trouble`, each function is one step in the store's thread and may be repeated at will.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

from watcher.alerts import About, amount
from watcher.source import Health, SourceState
from watcher.store import Matter, Store

FAILED_LOOKS = 3
"""Failed looks in a row after which a source is told of: single ones are the web's weather."""


def tell_source(
    store: Store, state: SourceState, about: About, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """Tell what a look says of its source; the channels for which there is something new.

    Args:
        store: see there.
        state: after the look.
        about: `SOURCE_FAILING`, or `LIST_REFUSED` for an official list, which is told at once.
        admin: channels that are told.
        at: aware, in UTC.
    """
    return _tell_failing(store, state, about, admin, at) + _tell_silent(store, state, admin, at)


def end_sources(
    store: Store, known: Collection[str], admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    """End the troubles of sources that are well by their last look, or no longer watched.

    Args:
        store: see there.
        known: the names of all that is looked at.
        admin: channels that are told.
        at: aware, in UTC.
    """
    states = {state.name: state for state in store.source_states().values()}
    told: tuple[str, ...] = ()
    for matter in store.troubles():
        says = _OVER.get(matter.about)
        if says is None:
            continue
        state = states.get(matter.subject)
        if matter.subject not in known:
            says = "it is no longer watched"
        elif state is not None and not _is_over(matter.about, state):
            continue
        told += store.healed(matter, says, admin, at)
    return told


def count_sources(store: Store, known: Collection[str]) -> str:
    """How many of these sources are well, and how many are not for what reason, in words."""
    states = {state.name: state.health for state in store.source_states().values()}
    counts = Counter(states.get(name, Health.NEW) for name in known)
    well = counts[Health.OK] + counts[Health.NEW]
    others = ", ".join(
        f"{number} {health}"
        for health, number in sorted(counts.items())
        if health not in {Health.OK, Health.NEW}
    )
    ill = f" ({others})" if others else ""
    return f"{well} of {amount(counts.total(), 'source')} well{ill}"


def _tell_failing(
    store: Store, state: SourceState, about: About, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    matter = Matter(about, state.name)
    if _is_over(about, state):
        return store.healed(matter, _OVER[about], admin, at)
    is_lasting = state.failures >= (1 if about is About.LIST_REFUSED else FAILED_LOOKS)
    is_settled = state.is_partial and state.since != state.last_look
    if not is_lasting and not is_settled:
        return ()
    times = f" ({state.failures} times in a row)" if state.failures > 1 else ""
    return store.trouble(matter, f"{state.complaint}{times}", admin, at)


def _tell_silent(
    store: Store, state: SourceState, admin: Sequence[str], at: datetime
) -> tuple[str, ...]:
    matter = Matter(About.SOURCE_SILENT, state.name)
    if state.health is Health.SILENT:
        return store.trouble(matter, f"{state.reason}; has it moved?", admin, at)
    return (
        store.healed(matter, _OVER[matter.about], admin, at)
        if _is_over(matter.about, state)
        else ()
    )


_OVER = {
    About.SOURCE_FAILING: "it is read again",
    About.LIST_REFUSED: "it is read again",
    About.SOURCE_SILENT: "it brings news again",
}
"""The troubles of sources, each with what is said when it is over."""


def _is_over(about: About, state: SourceState) -> bool:
    """Whether a source has, by its last look, no trouble of this kind."""
    if about is About.SOURCE_SILENT:
        return state.health is Health.OK
    return not state.failures and not state.is_partial
