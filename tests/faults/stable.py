"""Rounds of the real command under strace: killed at a chosen system call, or written down whole.

What a round costs is mostly its imports, so one process has them done and forks a child for each
round. The child stops itself before its first step; strace takes hold of it and lets it go.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.service.desk import Daemon, Desk

BREEDER = """
import asyncio, os, random, signal, sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from watcher.errors import WatcherError
from watcher.service import World, run_once

def live(config, later):
    ahead = timedelta(seconds=float(later))
    clock = lambda: datetime.now(UTC) + ahead
    outside = {"environ": os.environ, "stdout": sys.stdout, "stderr": sys.stderr}
    world = World(**outside, clock=clock, chance=random.random)
    return int(asyncio.run(run_once(Path(config), world)).failed)

for line in sys.stdin:
    child = os.fork()
    if not child:
        os.kill(os.getpid(), signal.SIGSTOP)
        try:
            code = live(*line.split())
        except WatcherError as error:
            print(error, file=sys.stderr)
            code = 1
        os._exit(code)
    os.waitpid(child, os.WUNTRACED)
    print("born", child, flush=True)
    _, status = os.waitpid(child, 0)
    print("ended", os.waitstatus_to_exitcode(status), flush=True)
"""

KILLED = -signal.SIGKILL

STEP_S = 10
"""How much later each round is than the one before, by its clock: every source is due again."""


def _may_trace() -> bool:
    """Whether strace is here and may take hold of another process."""
    strace = shutil.which("strace")
    if strace is None:
        return False
    asked = subprocess.run([strace, "-qq", "true"], capture_output=True, check=False)
    return asked.returncode == 0


traced = pytest.mark.skipif(not _may_trace(), reason="strace is not here, or may not trace")


@dataclass(slots=True)
class Stable:
    """Where rounds come from; from `stable`."""

    process: subprocess.Popen[str]
    config: Path
    log: Path
    rounds: int = 0

    def round(self, *args: str, into: Path = Path(os.devnull)) -> int:
        """One round under strace with these options; its exit code, `KILLED` if it was.

        What strace writes goes into a file.
        """
        child = self._bear()
        strace = ["strace", "-f", "-o", str(into), *args, "-p", str(child)]
        with subprocess.Popen(strace, stderr=subprocess.PIPE, text=True) as tracer:
            assert tracer.stderr
            attached = tracer.stderr.readline()
            os.kill(child, signal.SIGCONT)
            code = int(self._hear("ended"))
            tracer.stderr.read()
        assert attached.endswith("attached\n"), attached
        return code

    def untraced(self) -> int:
        """One round that nobody disturbs; its exit code."""
        os.kill(self._bear(), signal.SIGCONT)
        return int(self._hear("ended"))

    def said(self) -> str:
        """All that the rounds wrote to standard error so far."""
        return self.log.read_text()

    def _bear(self) -> int:
        assert self.process.stdin
        self.rounds += 1
        print(self.config, self.rounds * STEP_S, file=self.process.stdin, flush=True)
        return int(self._hear("born"))

    def _hear(self, word: str) -> str:
        assert self.process.stdout
        while line := self.process.stdout.readline():
            if line.startswith(word):
                return line.removeprefix(word)
        raise EOFError("the stable has closed")


@contextmanager
def stable(desk: Desk) -> Iterator[Stable]:
    """Rounds of a desk's command, until the block ends."""
    with (
        (desk.folder / "said").open("w") as log,
        subprocess.Popen(
            [sys.executable, "-c", BREEDER],
            cwd=desk.folder,
            env=desk.environ(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=log,
            text=True,
        ) as process,
    ):
        try:
            yield Stable(process, desk.config, desk.folder / "said")
        finally:
            process.kill()


@contextmanager
def failing(daemon: Daemon, inject: str) -> Iterator[None]:
    """Let system calls of a running daemon fail as strace's `inject` says, until the block ends."""
    call = inject.partition(":")[0]
    strace = ["strace", "-f", "-o", os.devnull, "-e", f"trace={call}", "-e", f"inject={inject}"]
    with subprocess.Popen(
        [*strace, "-p", str(daemon.process.pid)], stderr=subprocess.PIPE, text=True
    ) as tracer:
        assert tracer.stderr
        assert "attached" in tracer.stderr.readline()
        try:
            yield
        finally:
            tracer.send_signal(signal.SIGINT)  # it lets go of the daemon, which lives on
            tracer.stderr.read()
