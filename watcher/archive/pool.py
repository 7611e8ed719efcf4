"""Work shared among processes: results in the order of the input, memory bounded.

The processes are forked, so that they share what the work carries (a compiled watchlist of many
thousand names) instead of each building its own. That is safe here: the command that forks has one
thread.
"""

from __future__ import annotations

import gc
import os
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, connection, get_context, parent_process
from typing import Any, TypeVar

from watcher.errors import WatcherError
from watcher.forked import deaf

T = TypeVar("T")
R = TypeVar("R")

_AHEAD = 3
"""Pieces under way for each process: one at work, one waiting, one whose turn has not come."""

_adopted: list[Callable[[Any], Any]] = []
"""What this process works with, if it is one of the pool's."""


def share(work: Callable[[T], R], pieces: Iterable[T], processes: int) -> Generator[R]:
    """Do the work on each piece in several processes.

    Args:
        work: a function of a piece; it is not sent to the processes but forked with them.
        pieces: read only as far as there is room to work on them.
        processes: how many; at least 1.

    Yields:
        The results, in the order of the pieces.

    Raises:
        WatcherError: a process was killed.
    """
    under_way: deque[Future[R]] = deque()
    gc.freeze()  # or each process would soon have copied all it shares, by looking for garbage
    pool = ProcessPoolExecutor(processes, get_context("fork"), _adopt, (work,))
    try:
        for piece in pieces:
            with deaf():
                under_way.append(pool.submit(_do, piece))
            if len(under_way) >= _AHEAD * processes:
                yield under_way.popleft().result()
        while under_way:
            yield under_way.popleft().result()
    except BrokenProcessPool as error:
        raise WatcherError(
            "a worker process was killed, most likely for want of memory; "
            "try fewer with --processes 1"
        ) from error
    except (KeyboardInterrupt, GeneratorExit):
        # Nobody waits for what is still being worked on.
        for worker in active_children():
            worker.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)
        gc.unfreeze()


def _adopt(work: Callable[[Any], Any]) -> None:
    _adopted.append(work)
    threading.Thread(target=_leave_with_parent, daemon=True).start()


def _leave_with_parent() -> None:
    """End this process when the command was killed: nobody would tell it."""
    parent = parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


def _do(piece: Any) -> Any:
    return _adopted[-1](piece)
