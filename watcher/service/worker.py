"""A thread that does one thing after another, and cannot hold up the end of the program.

The store and the matching take turns in one such thread, which owns the database connection; each
folder is read in one of its own, so that a network share that hangs stops nothing else. The
threads of `concurrent.futures` would be waited for at exit, however long they hang; these are not.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Worker:
    """One thread with a queue of steps; started by the first step.

    A step that was queued is done even if nobody waits for its result any more: what a cancelled
    task wanted recorded is recorded.

    Args:
        name: of the thread, for whoever looks at the process.
    """

    def __init__(self, name: str) -> None:
        self._steps: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    async def do(self, step: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of the step, done in the thread when its turn comes; raises what it raises."""
        loop = asyncio.get_running_loop()
        result: asyncio.Future[T] = loop.create_future()

        def take() -> None:
            try:
                settle, value = result.set_result, step(*args, **kwargs)
            except BaseException as error:  # noqa: BLE001 - carried over to whoever waits
                _hand_over(loop, result, result.set_exception, error)
            else:
                _hand_over(loop, result, settle, value)

        self._steps.put(take)
        if self._thread.ident is None:
            self._thread.start()
        return await result

    def close(self) -> None:
        """Let the thread end when the steps queued so far are done; nothing may be added."""
        self._steps.put(None)

    def _run(self) -> None:
        while step := self._steps.get():
            step()


def _hand_over(
    loop: asyncio.AbstractEventLoop,
    result: asyncio.Future[T],
    settle: Callable[..., None],
    value: object,
) -> None:
    """Give the result to the loop; nobody is left to take it if the loop is closed."""

    def give() -> None:
        if not result.done():
            settle(value)

    with contextlib.suppress(RuntimeError):
        loop.call_soon_threadsafe(give)
