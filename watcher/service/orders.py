"""What the operator orders by signals: stop, stop at once, read the files again."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager

STOP = (signal.SIGTERM, signal.SIGINT)
ONCE_S = 1.0
"""One order may come as several signals: `timeout` and `make` each signal us and our group."""


class Orders:
    """The signals that came.

    The first SIGTERM or SIGINT cancels the task, wherever it waits just then; a second later these
    signals end the process as if nobody had ever listened.

    Attributes:
        reload: set by SIGHUP; cleared by whoever obeys.
        by: what first made us stop; "" until then.
        code: the exit code to stop with; None until then.
    """

    def __init__(self, task: asyncio.Task[object]) -> None:
        self.reload = asyncio.Event()
        self.by = ""
        self.code: int | None = None
        self._task = task
        self._patience: asyncio.TimerHandle | None = None

    def stop(self, by: signal.Signals) -> None:
        """Take the order to stop; the same order once more is no second one."""
        if self._patience is None:
            loop = asyncio.get_running_loop()
            self._patience = loop.call_later(ONCE_S, self._lose_patience)
            self._end(by.name, 0)

    def give_up(self) -> None:
        """Stop as if ordered to, because a part is broken."""
        self._end("fault", 1)

    def close(self) -> None:
        """Take no more orders."""
        if self._patience:
            self._patience.cancel()

    def _lose_patience(self) -> None:
        loop = asyncio.get_running_loop()
        for number in STOP:
            loop.remove_signal_handler(number)
            signal.signal(number, signal.SIG_DFL)

    def _end(self, by: str, code: int) -> None:
        # Cancelled once more, the task would leave off in the middle of its orderly end.
        if self.code is None:
            self.by, self.code = by, code
            self._task.cancel()


@contextmanager
def listening() -> Iterator[Orders]:
    """Take orders for the current task, in the main thread, while the block lasts."""
    task = asyncio.current_task()
    if task is None:
        raise RuntimeError("orders are taken for a task")
    loop, orders = asyncio.get_running_loop(), Orders(task)
    before = {number: signal.getsignal(number) for number in (*STOP, signal.SIGHUP)}
    for number in STOP:
        loop.add_signal_handler(number, orders.stop, number)
    loop.add_signal_handler(signal.SIGHUP, orders.reload.set)
    try:
        yield orders
    finally:
        orders.close()
        for number, handler in before.items():
            loop.remove_signal_handler(number)
            signal.signal(number, handler)
