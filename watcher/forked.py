"""Work shared among processes that are forked for it, and are gone with it.

A child sees all that its parent has, so nothing is sent but what it brings. What a child does not
bring, because there was no memory for it or somebody ended it, is worked out here. A child whose
parent was killed ends when it has something to bring.
"""

from __future__ import annotations

import gc
import os
import pickle
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from itertools import pairwise
from typing import IO, TypeVar

from watcher.names import Share, alone

R = TypeVar("R")

_MOST = 4
"""Processes: each of them holds what it will bring."""
_LENGTH = 8


def hands() -> Share:
    """As many as there are processors; one where a thread might hold what a child would need."""
    processes = min(len(os.sched_getaffinity(0)), _MOST)
    if processes == 1 or threading.active_count() > 1:
        return alone

    def share(work: Callable[[range], R], size: int) -> Sequence[R]:
        return _shared(work, size, processes)

    return share


def _shared(work: Callable[[range], R], size: int, processes: int) -> list[R]:
    cuts = [size * cut // processes for cut in range(processes + 1)]
    own, *others = (range(*cut) for cut in pairwise(cuts))
    with ExitStack() as stack:
        pipes = [stack.enter_context(_child(work, some)) for some in others]
        found = [work(own)]
        for pipe, some in zip(pipes, others, strict=True):
            told = _brought(pipe)
            found.append(work(some) if told is None else pickle.loads(told))  # noqa: S301  our own
    return found


@contextmanager
def _child(work: Callable[[range], R], some: range) -> Iterator[IO[bytes] | None]:
    """What a child writes who does some of the work; None if there can be no child."""
    reads, writes = os.pipe()
    try:
        with deaf():
            pid = os.fork()
            if not pid:
                _bring(work, some, reads, writes)
    except OSError:
        os.close(writes)
        os.close(reads)
        yield None
        return
    os.close(writes)
    with os.fdopen(reads, "rb") as pipe:
        try:
            yield pipe
        finally:
            # Where nobody wants to hear of children, they are gone when they end.
            with suppress(ProcessLookupError, ChildProcessError):
                os.kill(pid, signal.SIGKILL)
                os.waitpid(pid, 0)


@contextmanager
def deaf() -> Iterator[None]:
    """Keep Ctrl-C for later: it is for the command alone, which ends the processes it forks here.

    They never hear of it, since they are forked with it blocked.
    """
    former = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, former)


def _bring(work: Callable[[range], R], some: range, reads: int, writes: int) -> None:
    """Do some of the work in a child, write what came of it, and be gone."""
    try:
        os.close(reads)  # or it would wait for itself to read when nobody else is left
        gc.freeze()  # or it would soon have copied all it shares, by looking for garbage
        told = pickle.dumps(work(some))
        with os.fdopen(writes, "wb") as pipe:
            pipe.write(len(told).to_bytes(_LENGTH, "little"))
            pipe.write(told)
    finally:
        os._exit(0)


def _brought(pipe: IO[bytes] | None) -> bytes | None:
    """What a child wrote; None if that is not all it had to say."""
    if pipe is None:
        return None
    length = int.from_bytes(pipe.read(_LENGTH), "little")
    told = pipe.read()
    return told if told and len(told) == length else None
