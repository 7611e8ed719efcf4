"""One messenger for each channel: it alone carries what goes there, in its order.

A channel that is slow, asks for time or is gone thus never holds up another. The messenger works
from the record: it asks what is due, tries once, has the outcome noted, and only then asks again.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import assert_never

from watcher.alerts import Alert, Content, Delivery, Digest, Notice
from watcher.channels import Channel
from watcher.errors import StoreError
from watcher.pipeline import Fate, Outcome, deliver
from watcher.service.house import House
from watcher.service.trouble import conclude
from watcher.store import Gathering, Store

LONGEST_REST = timedelta(seconds=60)
"""After so long it looks again, though nobody woke it: the wall clock may have leapt, and another
process (`watcher outbox retry`) may have changed the record."""

PATIENCE = timedelta(seconds=5)
"""Between two tries to reach a store that is locked or full."""

_LEVELS = {
    Fate.SENT: "info",
    Fate.POSTPONED: "warning",
    Fate.SUSPENDED: "error",
    Fate.DEAD: "error",
}


class Courier:
    """Brings alerts, digests and notices to one channel, one after another.

    Args:
        channel: where to; it may be replaced by one of the same name at any time.
        house: with the store.
        wake: told the name of each channel for which there is something new to send.
    """

    def __init__(
        self, channel: Channel, house: House, wake: Callable[[str], None] = lambda _: None
    ) -> None:
        self.channel = channel
        self._house = house
        self._wake = wake
        self._knows_first = False
        self._news = asyncio.Event()
        self._leaving = False
        self._free_at = 0.0

    def wake(self) -> None:
        """Look at once whether something is due."""
        self._news.set()

    def leave(self) -> None:
        """End `run` as soon as what is being sent has arrived or failed."""
        self._leaving = True
        self._news.set()

    async def run(self) -> None:
        """Carry what is due whenever it is due, until told to leave."""
        while not self._leaving:
            self._news.clear()
            try:
                # None is kept: a hundred thousand may wait.
                while await self._carry_next():
                    pass
                await self._rest()
            except StoreError as error:
                self._house.tell_store_failed(error, channel=self.channel.name)
                await self._wait(PATIENCE.total_seconds())

    async def carry_due(self) -> list[Outcome]:
        """Carry all that is due now; what became of each, in order."""
        outcomes = list[Outcome]()
        while outcome := await self._carry_next():
            outcomes.append(outcome)
        return outcomes

    async def _carry_next(self) -> Outcome | None:
        """Carry what is due next; None if nothing is, or if told to leave."""
        if self._leaving:
            return None
        delivery = await self._house.do(self._due, self._house.world.clock())
        if delivery is None:
            return None
        outcome = await self._at_pace(delivery)
        await self._note(outcome)
        return outcome

    def _due(self, store: Store, now: datetime) -> Delivery | None:
        """What to send next; many that wait go together.

        The first one goes as it is: it may have been under way when the last process died, and its
        receiver shall know it again.
        """
        over = self.channel.digest_over if self._knows_first else None
        return store.due(self.channel.name, now, Gathering(over, self.channel.room))

    async def _note(self, outcome: Outcome) -> None:
        """Have the outcome recorded, however long it takes: unrecorded, it would be sent again."""
        house = self._house
        self._tell(outcome)
        while True:
            try:
                told = await house.do(conclude, outcome, house.admin)
            except StoreError as error:
                house.tell_store_failed(error, channel=self.channel.name)
                await asyncio.sleep(PATIENCE.total_seconds())
            else:
                break
        self._knows_first = True
        for name in told:
            self._wake(name)

    def _tell(self, outcome: Outcome) -> None:
        delivery, log = outcome.delivery, self._house.log
        fields: dict[str, object] = {
            "channel": delivery.channel,
            "key": delivery.key,
            **_named(delivery.content),
            "attempt": delivery.attempts + 1,
            "says": outcome.says,
        }
        if delivery.planned:
            fields["beside"] = delivery.planned
        if outcome.until:
            fields["until"] = outcome.until
        if outcome.fault:
            fields["error"] = outcome.fault
        getattr(log, _LEVELS[outcome.fate])(outcome.fate.value, **fields)

    async def _at_pace(self, delivery: Delivery) -> Outcome:
        """Send when the channel bears another message, on a clock that never leaps.

        The pace counts from the end of a send, so that the receiver sees no two messages closer,
        however long each was under way, and though one send may have been two posts.
        """
        world, clock = self._house.world, asyncio.get_running_loop().time
        await asyncio.sleep(max(0.0, self._free_at - clock()))
        outcome = await deliver(delivery, self.channel, world.clock, world.chance())
        self._free_at = clock() + self.channel.pace.total_seconds()
        return outcome

    async def _rest(self) -> None:
        due = await self._house.do(lambda store: store.next_due(self.channel.name))
        wait = LONGEST_REST if due is None else due - self._house.world.clock()
        await self._wait(max(0.0, min(wait, LONGEST_REST).total_seconds()))

    async def _wait(self, seconds: float) -> None:
        """Wait so long, or until woken."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._news.wait()


def _named(content: Content) -> dict[str, object]:
    """What is sent, in the words of the log."""
    match content:
        case Alert():
            return {"entity": content.entity, "rule": content.rule}
        case Digest():
            return {"alerts": len(content.alerts)}
        case Notice():
            return {"notice": content.about.value, "subject": content.subject}
        case _:
            assert_never(content)
