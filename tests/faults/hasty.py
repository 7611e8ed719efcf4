"""A loop whose clock runs fast: what takes half a minute there is over in a moment."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

SPEED = 50

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    """Waits as much shorter as the clock is faster."""

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        return super().select(timeout / SPEED if timeout else timeout)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        super().__init__(_Selector())

    def time(self) -> float:
        return super().time() * SPEED


def hurry(act: Callable[[], Coroutine[Any, Any, T]]) -> T:
    """Run a coroutine on such a loop."""
    with asyncio.Runner(loop_factory=_Loop) as runner:
        return runner.run(act())
