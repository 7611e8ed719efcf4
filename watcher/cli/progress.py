"""How far a work of many steps is, told to who watches the terminal; nobody else is told."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from watcher.cli.figures import Shown, open_bar

_OFTEN = 0.2
"""Seconds between two looks of the bar."""


class Progress:
    """Steps counted, and shown now and then."""

    def __init__(self, bar: Shown | None, clock: Callable[[], float] = time.monotonic) -> None:
        self._bar = bar
        self._clock = clock
        self._done = 0
        self._shown = clock()

    def step(self, told: str) -> None:
        """One more is done; with a few words on what came of all so far."""
        self._done += 1
        now = self._clock()
        if self._bar and now - self._shown >= _OFTEN:
            self._shown = now
            self._bar.move(self._done, told)


@contextmanager
def progress(total: int) -> Iterator[Progress]:
    """A bar on standard error if that is a terminal, taken away at the end.

    Args:
        total: how many steps there are.
    """
    bar = open_bar(total) if sys.stderr.isatty() else None
    try:
        yield Progress(bar)
    finally:
        if bar:
            bar.close()
