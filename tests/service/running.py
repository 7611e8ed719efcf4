"""The daemon in this very process, and acts beside it."""

from __future__ import annotations

import asyncio
import io
import json
import os
import signal
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from tests.servers import Server
from tests.service.desk import Desk
from tests.service.scene import now, until
from watcher.service import World
from watcher.service import serve as watch

NEWS = "Qasem Soleimani visits Baghdad"


class Running:
    """A daemon that runs in this loop."""

    def __init__(
        self,
        desk: Desk,
        stderr: io.StringIO | None = None,
        environ: Mapping[str, str] | None = None,
        stdout: io.StringIO | None = None,
    ) -> None:
        self.out, self.err = stdout or io.StringIO(), stderr or io.StringIO()
        self.world = World(
            environ=desk.environ(**(environ or {})),
            stdout=self.out,
            stderr=self.err,
            clock=now,
            chance=lambda: 0.5,
        )

    @property
    def events(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.err.getvalue().splitlines() if line[0] == "{"]

    def logged(self, event: str) -> list[dict[str, Any]]:
        return [line for line in self.events if line["event"] == event]

    async def see(self, event: str, count: int = 1) -> list[dict[str, Any]]:
        """The events of this word, once there are so many."""
        await until(lambda: len(self.logged(event)) >= count, 10)
        return self.logged(event)

    async def reload(self, event: str = "reloaded", count: int = 1) -> list[dict[str, Any]]:
        os.kill(os.getpid(), signal.SIGHUP)
        return await self.see(event, count)


def run(
    desk: Desk,
    act: Callable[[Running], Awaitable[None]],
    stderr: io.StringIO | None = None,
    environ: Mapping[str, str] | None = None,
    stdout: io.StringIO | None = None,
) -> tuple[int, Running]:
    """Run the daemon and the act beside it, then send SIGTERM; the exit code."""

    async def play() -> tuple[int, Running]:
        running = Running(desk, stderr, environ, stdout)
        daemon = asyncio.create_task(watch(desk.config, running.world))
        try:
            async with asyncio.timeout(20):
                await act(running)
        finally:
            if not daemon.done():
                os.kill(os.getpid(), signal.SIGTERM)
            code = await daemon
        return code, running

    return asyncio.run(play())


def operated(folder: Path, server: Server) -> Desk:
    """A desk whose operator hears of trouble on the screen."""
    soc = f"{{webhook: {{url: '{server.url}', secret: {{env: SECRET}}}}}}"
    channels = {"screen": "{terminal: {}}", "soc": soc}
    desk = Desk(folder, channels=channels, private=(server.netloc,))
    desk.config.write_text(desk.config.read_text() + "admin: [screen]\nheartbeat: 1d\n")
    return desk
