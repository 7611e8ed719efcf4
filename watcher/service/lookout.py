"""Every source's date: when it is looked at next.

A source's date is set anew when a look at it has ended, so looks at one source never overlap and
never pile up, and the date that counts is the stored one: a restart looks at nothing early.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

from watcher.feeds import first_state, latest
from watcher.service.house import House
from watcher.service.look import look
from watcher.service.schedule import Schedule
from watcher.service.source import Source
from watcher.source import SourceState


class Lookout:
    """Keeps every source's date.

    Args:
        house: with the store.
        schedule: where the dates are.
        wake: told the name of each channel for which there is something new to send.
        on_fault: told what ended a look that should never end so.
    """

    def __init__(
        self,
        house: House,
        schedule: Schedule,
        wake: Callable[[str], None],
        on_fault: Callable[[BaseException], None],
    ) -> None:
        self._house = house
        self._schedule = schedule
        self._wake = wake
        self._on_fault = on_fault
        self._sources: dict[str, Source] = {}
        self._states: dict[str, SourceState] = {}
        self._looking: dict[str, asyncio.Task[None]] = {}
        self._last_look = datetime.min.replace(tzinfo=UTC)

    @property
    def sources(self) -> Mapping[str, Source]:
        """What is followed, by key."""
        return self._sources

    def follow(
        self,
        sources: Iterable[Source],
        stored: Mapping[str, SourceState],
        urgent: Collection[str] = (),
    ) -> None:
        """Look at these from now on, and at no others.

        A look that has begun goes on to its end. A source that was looked at before and shall be
        looked at more often now is not kept waiting for its former date.

        Args:
            sources: keys are unique.
            stored: what the store remembers, by key; what is remembered here already counts more.
            urgent: keys of those that are due at once, whatever was planned.
        """
        now = self._house.world.clock()
        former, self._sources = self._sources, {source.key: source for source in sources}
        for key, source in former.items():
            if self._sources.get(key) is not source:
                source.close()
        for key, source in self._sources.items():
            state = self._states.get(key) or stored.get(key)
            state = _brought_back(state or first_state(key, source.name, now), now)
            due = now if key in urgent else _no_later(state, source)
            self._states[key] = replace(state, name=source.name, due=due)
            if key not in self._looking:
                self._plan(key)
        for key in self._states.keys() - self._sources.keys():
            self._schedule.drop(key)

    def reckon(self) -> None:
        """Bring the dates of sources back to now if the clock was set back since their last look.

        They would not be looked at before the clock has caught up, years perhaps.
        """
        now = self._house.world.clock()
        if self._last_look <= now:
            return
        self._last_look = now
        for key in self._sources.keys() - self._looking.keys():
            state = _brought_back(self._states[key], now)
            if state is not self._states[key]:
                self._states[key] = state
                self._plan(key)

    async def stop(self) -> None:
        """Look at nothing any more; what is being looked at is dropped, unless it is recorded."""
        looking = tuple(self._looking.values())
        for task in looking:
            task.cancel()
        await asyncio.gather(*looking, return_exceptions=True)

    def _plan(self, key: str) -> None:
        self._schedule.set(key, self._states[key].due, partial(self._begin, key))

    def _begin(self, key: str) -> None:
        source = self._sources.get(key)
        if source and key not in self._looking:
            task = asyncio.create_task(self._look(source), name=f"look {key}")
            self._looking[key] = task
            task.add_done_callback(partial(self._ended, key))

    async def _look(self, source: Source) -> None:
        key = source.key
        done = await look(source, self._states[key], self._house, self._wake)
        self._states[key] = done.state
        self._last_look = max(self._last_look, done.state.last_look or self._last_look)

    def _ended(self, key: str, task: asyncio.Task[None]) -> None:
        del self._looking[key]
        if task.cancelled():
            return
        if error := task.exception():
            self._on_fault(error)
        elif key in self._sources:
            self._plan(key)


def _brought_back(state: SourceState, now: datetime) -> SourceState:
    """The state as if its last look had been now, if by its date that look is still to come."""
    if state.last_look is None or state.last_look <= now:
        return state
    return replace(state, due=state.due - (state.last_look - now), last_look=now)


def _no_later(state: SourceState, source: Source) -> datetime:
    """The stored date, unless the operator has shortened the interval since a look that went well.

    Then it is the latest that the interval of today allows.
    """
    if state.failures or not state.last_look:
        return state.due
    return min(state.due, latest(state.last_look, source.longest))
