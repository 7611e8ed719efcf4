"""The messengers of all channels: taken on, replaced and let go as the operator's file says."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import timedelta

from watcher.channels import Channel
from watcher.service.courier import Courier
from watcher.service.house import House


class Crew:
    """One messenger at work for each channel.

    Args:
        house: with the store.
        on_fault: told what ended a messenger that nobody told to end.
    """

    def __init__(self, house: House, on_fault: Callable[[BaseException], None]) -> None:
        self._house = house
        self._on_fault = on_fault
        self._couriers: dict[str, Courier] = {}
        self._runs: dict[asyncio.Task[None], str] = {}

    def employ(self, channels: Mapping[str, Channel]) -> None:
        """Carry to these channels from now on, and to no others.

        What is being sent to a channel that leaves goes on to its end; what waits for it stays in
        the record.
        """
        for name in self._couriers.keys() - channels.keys():
            self._couriers.pop(name).leave()
        for name, channel in channels.items():
            if name in self._couriers:
                self._couriers[name].channel = channel
                self._couriers[name].wake()
            else:
                self._start(Courier(channel, self._house, self.wake))

    def wake(self, name: str) -> None:
        """Tell a channel's messenger that there is something new; one without any waits."""
        if name in self._couriers:
            self._couriers[name].wake()

    def wake_all(self) -> None:
        """Tell every messenger that there may be something new."""
        for courier in self._couriers.values():
            courier.wake()

    async def leave(self, grace: timedelta) -> None:
        """Let every messenger end what it is sending, but for so long only.

        What was cut off is not noted, so it is sent again at the next start, with the same key.
        """
        for courier in self._couriers.values():
            courier.leave()
        if not self._runs:
            return
        _, late = await asyncio.wait(self._runs, timeout=grace.total_seconds())
        for run in late:
            self._house.log.warning("cut_off", channel=self._runs[run])
            run.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _start(self, courier: Courier) -> None:
        name = courier.channel.name
        self._couriers[name] = courier
        run = asyncio.create_task(courier.run(), name=f"courier {name}")
        self._runs[run] = name
        run.add_done_callback(self._ended)

    def _ended(self, run: asyncio.Task[None]) -> None:
        del self._runs[run]
        if not run.cancelled() and (error := run.exception()):
            self._on_fault(error)
