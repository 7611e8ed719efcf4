"""What the parts of a running watcher share: the store in its thread, what is in force, the log."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Concatenate, ParamSpec, TextIO, TypeVar

from watcher.errors import StoreError
from watcher.pipeline import Knowledge
from watcher.service.log import Log, Masks
from watcher.service.worker import Worker
from watcher.store import Store

AGAIN = timedelta(minutes=10)
"""After so long a trouble of the store that goes on is told once more."""

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """All that comes from outside and differs from one run to the next.

    Attributes:
        environ: the process's environment, for secrets, colours and systemd.
        stdout: where terminal channels write.
        stderr: where the log and what is said to people goes.
        clock: the time, aware, in UTC.
        chance: a number from 0.0 to 1.0, another one at each call.
    """

    environ: Mapping[str, str] = field(repr=False)
    stdout: TextIO
    stderr: TextIO
    clock: Callable[[], datetime]
    chance: Callable[[], float]


class House:
    """The store, to be asked in its own thread, and what every part needs beside it.

    Attributes:
        world: see there.
        log: where events go.
        masks: what never stands in the log; more may be added.
        knowledge: what is in force; replaced whole on a reload.
        admin: the channels that are told of trouble; replaced whole on a reload.
        screens: those on whose terminal the log is read too; likewise.
        rehearses: whether alerts are only shown, so that none of them can be found later.
    """

    def __init__(
        self,
        world: World,
        log: Log,
        masks: Masks,
        knowledge: Knowledge,
        *,
        rehearses: bool = False,
    ) -> None:
        self.world = world
        self.log = log
        self.masks = masks
        self.knowledge = knowledge
        self.admin: tuple[str, ...] = ()
        self.screens: frozenset[str] = frozenset()
        self.rehearses = rehearses
        self._worker = Worker("store")
        self._store: Store | None = None
        self._told: dict[str, datetime] = {}

    async def open(self, make: Callable[[], Store]) -> None:
        """Open the store in its thread.

        Raises:
            StoreError: see `Store.open`.
        """
        self._store = await self._worker.do(make)

    async def do(
        self,
        step: Callable[Concatenate[Store, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """The result of a step that works on the store, when its turn comes; raises what it raises.

        A step that was queued is done, even if nobody waits for it any more.
        """
        return await self._worker.do(lambda: step(self._opened(), *args, **kwargs))

    async def close(self) -> None:
        """Close the store after the steps queued so far."""
        if self._store is not None:
            await self._worker.do(self._store.close)
        self._worker.close()

    def tell_error(self, event: str, told: Collection[str], **fields: object) -> None:
        """Log an error that the operator is told of in a notice as well.

        Whoever reads log and notices on one terminal need not read it twice.

        Args:
            event: its word.
            told: the channels for which there is a notice of it that is new.
            fields: what the log says.
        """
        say = self.log.error if self.screens.isdisjoint(told) else self.log.info
        say(event, **fields)

    def tell_store_failed(self, error: StoreError, **fields: object) -> None:
        """Log that the store could not do what was asked, on whose behalf.

        A full disk fails everybody every few seconds: the same reason is told aloud once in
        `AGAIN` only, whoever meets it; the rest is for `level: debug`.
        """
        now, reason = self.world.clock(), str(error)
        told = self._told.get(reason)
        aloud = told is None or not told <= now < told + AGAIN
        if aloud:
            self._told[reason] = now
        say = self.log.error if aloud else self.log.debug
        say("store_failed", **fields, reason=reason)

    def _opened(self) -> Store:
        if self._store is None:
            raise RuntimeError("the store is asked before it is open")
        return self._store
