"""Where the command `watcher` begins, also as `python -m watcher`.

What a command needs takes most of a second to be read. An order to stop that comes meanwhile finds
nothing opened, written or sent yet, so it is obeyed at once, as the orderly end that it is.
"""

from __future__ import annotations

import ctypes
import gc
import os
import signal
import sys
from contextlib import suppress

COLLECT = (700, 10, 1_000)
"""New objects, rounds, and greater rounds between two searches for rings of dead objects: as Python
has them, but for the greatest, which goes through all objects there are. A list of names is
compiled to millions that stay (16,700 names: 5.5 s of processor time, with this 3.7 s)."""
FREE = 4 << 20
"""Bytes of free memory from which on they are given back. By itself the GNU C library keeps twice
the largest array that it met, and puts the next such between small things (8 MB of news: 210 MB at
most, with this 200, and 35 fewer when all is done)."""
_TRIM_THRESHOLD = -1
"""As `malloc.h` has it."""


def start() -> None:
    """Run the command line; the process ends with its exit code."""
    if sys.argv[1:2] == ["run"]:
        heed()
    gc.set_threshold(*COLLECT)
    give_back()
    # What comes with it is what takes long.
    from watcher.cli import main  # noqa: PLC0415

    main(prog_name="watcher")


def heed() -> None:
    """Let an order to stop end the process with 0 until a daemon takes orders itself.

    An order to read changed files is obeyed by going on: none has been read yet.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: os._exit(0))


def give_back() -> None:
    """Let the C library give free memory back soon; another than GNU's goes by its own rules."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).mallopt(_TRIM_THRESHOLD, FREE)


if __name__ == "__main__":
    start()
