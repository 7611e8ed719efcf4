"""The process that lets Apprise send one message, and may be killed when it takes too long.

Apprise brings an HTTP client of its own, which knows nothing of our guard, our bound or our 64 kB.
So it works in a process for each message, where no connection is made but to an address that the
guard admits, no other program is started, and memory has an end. What it is to do comes by standard
input, what came of it goes to standard output; both are one JSON object.
"""

from __future__ import annotations

import json
import os
import re
import resource
import socket
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any, NoReturn, TypeVar

import apprise

from watcher.net import Guard, NetworkError

T = TypeVar("T")

_MEMORY = 1 << 30
_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_STARTING = frozenset({"subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "os.fork"})
_TELLING = re.compile(r"[^/:?&=@#]{5,}")
"""Pieces of an address that may be its secret."""


def main() -> None:
    """Do what is asked, once."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    asked = json.load(sys.stdin)
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)  # what a plugin prints is no answer
    watchman = Watchman(Guard(tuple(asked["allow_private"])))
    watchman.stand()
    json.dump(notify(asked, watchman.refused), answers)
    answers.flush()


def notify(asked: Mapping[str, str], refused: Sequence[str]) -> dict[str, object]:
    """Send one message.

    Args:
        asked: `url`, `title` and `body`.
        refused: what the guard refused meanwhile.

    Returns:
        `sent`, and what it `says` if it was not.
    """
    app = apprise.Apprise()
    if not app.add(asked["url"]):
        return {"sent": False, "says": "this is no address that Apprise knows", "final": True}
    for service in app:
        service.overflow_mode = apprise.OverflowMode.TRUNCATE
    log_of: Any = apprise.LogCapture  # its types are not known
    with log_of(level=apprise.logging.WARNING, fmt="%(message)s") as log:
        sent = app.notify(
            body=asked["body"], title=asked["title"], body_format=apprise.NotifyFormat.TEXT
        )
        said = log.getvalue()
    # What was refused is a host and its port, which the operator has to know to open the door.
    why = refused[0] if refused else veil(said or "the service did not take it", asked["url"])
    return {"sent": bool(sent), "says": "" if sent else why, "final": False}


def veil(said: str, url: str) -> str:
    """What was said without any piece of the address, which may be its secret."""
    for piece in sorted(set(_TELLING.findall(url)), key=len, reverse=True):
        said = said.replace(piece, "***")
    return said


class Watchman:
    """Stands at the sockets of this process: nobody goes out but to where the guard admits.

    Names are checked where they are looked up, and every address where it is connected to.

    Args:
        guard: which addresses may be reached.
        look_up: the system's own `getaddrinfo`.

    Attributes:
        refused: what was refused, in words.
    """

    def __init__(self, guard: Guard, look_up: Callable[..., Any] = socket.getaddrinfo) -> None:
        self.refused: list[str] = []
        self._guard = guard
        self._look_up = look_up
        self._admitted: set[tuple[str, int]] = set()

    def stand(self) -> None:
        """Begin. It cannot be undone, which is why this is a process of its own."""
        socket.getaddrinfo = self.look_up
        sys.addaudithook(self.listen)

    def look_up(self, host: Any, port: Any, *args: Any, **kwargs: Any) -> Any:
        """As `socket.getaddrinfo`, for hosts that are admitted.

        Raises:
            PermissionError: this one is not.
        """
        found = self._look_up(host, port, *args, **kwargs)
        for *_, address in found:
            self._admit(str(host), int(address[1]), str(address[0]))
        return found

    def listen(self, event: str, args: tuple[Any, ...]) -> None:
        """As the interpreter's audit hook: let an event happen.

        Raises:
            PermissionError: it may not.
        """
        if event in _STARTING:
            raise PermissionError("no other program is started")
        if event not in _CONNECTING:
            return
        address = args[1]
        if not isinstance(address, tuple):
            self._refuse("refused: only services of the network are spoken to")
        if (address[0], address[1]) not in self._admitted:
            self._admit(str(address[0]), int(address[1]), str(address[0]))

    def _admit(self, host: str, port: int, address: str) -> None:
        async def known(_host: str, _port: int) -> tuple[str, ...]:
            return (address,)

        try:
            _run(Guard(self._guard.allow_private, resolve=known).admit(host, port))
        except NetworkError as error:
            self._refuse(str(error))
        self._admitted.add((address, port))

    def _refuse(self, says: str) -> NoReturn:
        self.refused.append(says)
        raise PermissionError(says)


def _run(step: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine that waits for nothing, whatever loop a service may run in."""
    try:
        step.send(None)
    except StopIteration as done:
        result: T = done.value
        return result
    raise RuntimeError("it waits")
