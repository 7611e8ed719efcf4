"""What systemd is told: ready, reloading, stopping, and that the work really goes on.

The protocol of sd_notify(3) is one datagram a message on the socket named in $NOTIFY_SOCKET; a
library for three lines would be one more thing to trust.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True)
class Notifier:
    """Tells the service manager how the daemon is doing; says nothing where there is none.

    Attributes:
        address: of the manager's datagram socket, as `socket.sendto` takes it; "" for nobody.
        interval: how often the manager wants a sign of life; None if it does not ask.
    """

    address: str = ""
    interval: timedelta | None = None

    def ready(self, status: str) -> None:
        """Say that the start or the reload is done, and in one line what is going on."""
        self._tell("READY=1", f"STATUS={status}")

    def reloading(self, monotonic_ns: int) -> None:
        """Say that a reload has begun, at this time of CLOCK_MONOTONIC."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={monotonic_ns // 1000}")

    def stopping(self) -> None:
        """Say that the end has begun."""
        self._tell("STOPPING=1", "STATUS=stopping")

    def alive(self) -> None:
        """Give the sign of life that the watchdog waits for."""
        self._tell("WATCHDOG=1")

    def _tell(self, *lines: str) -> None:
        if not self.address:
            return
        message = "\n".join(" ".join(line.split()) for line in lines)
        # A manager that has gone cannot be told that it has gone.
        with (
            contextlib.suppress(OSError),
            socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as plug,
        ):
            plug.settimeout(1.0)
            plug.sendto(message.encode("utf-8", "replace"), self.address)


def open_notifier(environ: Mapping[str, str], pid: int | None = None) -> Notifier:
    """The notifier that the environment asks for.

    Args:
        environ: with NOTIFY_SOCKET (a path, or "@name" for an abstract socket), WATCHDOG_USEC and
            WATCHDOG_PID as systemd sets them; anything else there counts as not set.
        pid: our own; WATCHDOG_USEC is meant for us only if WATCHDOG_PID is the same or not set.
    """
    address = environ.get("NOTIFY_SOCKET", "")
    if address[:1] not in {"/", "@"}:
        return Notifier()
    if address.startswith("@"):
        address = "\0" + address[1:]
    return Notifier(address, _interval(environ, pid or os.getpid()))


def _interval(environ: Mapping[str, str], pid: int) -> timedelta | None:
    micros = environ.get("WATCHDOG_USEC", "")
    if environ.get("WATCHDOG_PID", str(pid)) != str(pid) or not micros.isdecimal():
        return None
    return timedelta(microseconds=int(micros)) or None
