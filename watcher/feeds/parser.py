"""Parsing off the event loop: worker processes started when needed, killed at their limits.

One hostile feed costs one worker a few seconds; the others go on, and the next feed finds a fresh
one. Fresh processes, not forks: a fork of a program with threads may hang, and would hold its
secrets.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass
from datetime import timedelta
from subprocess import DEVNULL
from types import TracebackType
from typing import Any, Self, cast

from watcher.errors import FeedError
from watcher.feeds.entry import Parsed
from watcher.feeds.frame import PAGE, REPLY, REQUEST
from watcher.net import Load, Room
from watcher.source import Health

BOOT = (
    "import json, sys; path, cpu_s, memory = json.loads(sys.argv[1]); sys.path[:] = path; "
    "from watcher.feeds.worker import main; main(cpu_s, memory)"
)
# What an interpreter may need to start; everything else of the environment may be a secret.
PASSED = ("LD_LIBRARY_PATH", "PYTHONHOME")
LONGEST_REPLY = 64_000_000
DYING_S = 0.5  # from the end of a worker's output to the end of the worker


@dataclass(frozen=True, slots=True)
class Allowance:
    """What parsing one feed may cost.

    Attributes:
        cpu_s: seconds of CPU.
        wall: time by the clock, which a busy machine stretches.
        memory: bytes of address space of a worker.
        retire: bytes of resident memory past which a worker is replaced after its answer.
    """

    cpu_s: int = 10
    wall: timedelta = timedelta(seconds=30)
    memory: int = 256_000_000
    retire: int = 100_000_000


class Parser:
    """Parses feeds and pages in worker processes; use it with `async with`.

    Args:
        workers: most processes at the same time; a third feed waits while two are fought.
        allowance: what one feed may cost; `Allowance()` if None.
    """

    def __init__(self, *, workers: int = 2, allowance: Allowance | None = None) -> None:
        self._allowance = allowance or Allowance()
        self._places = asyncio.Semaphore(workers)
        self._room = Room(max(1, workers - 1))  # so that a large feed never holds up all others
        self._idle: list[_Worker] = []
        self._all: set[_Worker] = set()
        self._is_closed = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def aclose(self) -> None:
        """End all workers now, busy or not, and start no more."""
        self._is_closed = True
        for worker in tuple(self._all):
            await self._end(worker)

    def load(self) -> AbstractAsyncContextManager[Load]:
        """What one feed holds in memory until it is parsed: large ones are let in one by one."""
        return self._room.load()

    async def parse(
        self, data: bytes, content_type: str = "", url: str = "", charset: str = ""
    ) -> Parsed:
        """Read a feed as `parse_feed` does, within the allowance.

        Raises:
            FeedError: as `parse_feed`, or the feed took more than is allowed.
            RuntimeError: the parser is closed.
        """
        about = {"content_type": content_type, "url": url, "charset": charset}
        reply = await self._ask(about, data)
        return Parsed.from_json(reply["parsed"])

    async def extract(self, data: bytes, content_type: str = "", url: str = "") -> str:
        """Read an article's page as `parse_page` does, within the allowance.

        Raises:
            FeedError: as `parse_page`, or the page took more than is allowed.
            RuntimeError: the parser is closed.
        """
        about = {"content_type": content_type, "url": url, "task": PAGE}
        page: str = (await self._ask(about, data))["page"]
        return page

    async def _ask(self, about: dict[str, str], data: bytes) -> dict[str, Any]:
        async with self._places:
            worker = await self._take()
            try:
                reply = await worker.ask(about, data)
            except BaseException:
                await self._end(worker)
                raise
            if reply["resident"] > self._allowance.retire:
                await self._end(worker)
            else:
                self._idle.append(worker)
        if "fault" in reply:
            raise FeedError(reply["fault"], state=Health(reply["state"]))
        return reply

    async def _take(self) -> _Worker:
        """A worker that lives, the one last used first."""
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            await self._end(worker)
        self._check_open()
        worker = _Worker(self._allowance, await _start(self._allowance))
        self._all.add(worker)
        if self._is_closed:  # while it was started
            await self._end(worker)
        self._check_open()
        return worker

    def _check_open(self) -> None:
        if self._is_closed:
            raise RuntimeError("the parser is closed")

    async def _end(self, worker: _Worker) -> None:
        self._all.discard(worker)
        await worker.end()


async def _start(allowance: Allowance) -> Process:
    """A fresh interpreter that serves; in a session of its own, so that Ctrl-C is not for it."""
    setup = json.dumps([sys.path, allowance.cpu_s, allowance.memory])
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOOT,
        setup,
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        start_new_session=True,
        env={name: os.environ[name] for name in PASSED if name in os.environ},
    )


class _Worker:
    """One process and the conversation with it."""

    def __init__(self, allowance: Allowance, process: Process) -> None:
        self._allowance = allowance
        self._process = process
        self._to = cast(asyncio.StreamWriter, process.stdin)
        self._from = cast(asyncio.StreamReader, process.stdout)

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, about: dict[str, str], data: bytes) -> dict[str, Any]:
        """The worker's answer.

        Raises:
            FeedError: it took too long, or died of it.
        """
        limit = self._allowance.wall.total_seconds()
        try:
            async with asyncio.timeout(limit):
                return await self._talk(json.dumps(about).encode(), data)
        except TimeoutError as error:
            message = f"cannot be read: parsing takes more than {limit:g} s"
            raise FeedError(message, state=Health.FAULTY) from error
        except (EOFError, OSError) as error:
            raise FeedError(await self._autopsy(), state=Health.FAULTY) from error

    async def _talk(self, about: bytes, data: bytes) -> dict[str, Any]:
        self._to.write(REQUEST.pack(len(about), len(data)) + about)
        self._to.write(data)
        await self._to.drain()
        (length,) = REPLY.unpack(await self._from.readexactly(REPLY.size))
        if length > LONGEST_REPLY:
            raise EOFError
        reply: dict[str, Any] = json.loads(await self._from.readexactly(length))
        return reply

    async def _autopsy(self) -> str:
        """Why the worker died, in words; waits for its death, of which the kernel tells."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._process.wait(), DYING_S)
        await self.end()
        if self._process.returncode == -signal.SIGXCPU:
            seconds = self._allowance.cpu_s
            return f"cannot be read: parsing takes more than {seconds} s of CPU"
        return f"cannot be read: the parser ended with status {self._process.returncode}"

    async def end(self) -> None:
        """Kill the process, unless it is dead, and wait until it is."""
        if self.is_alive:
            with suppress(ProcessLookupError):
                # Not `kill` of the process: that one may reap, and asyncio then loses the status.
                os.kill(self._process.pid, signal.SIGKILL)
        await self._process.wait()
