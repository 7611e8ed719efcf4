"""Where the command `watcher` begins, also as `python -m watcher`.

What a command needs takes most of a second to be read. An order to stop that comes meanwhile finds
nothing opened, written or sent yet, so it is obeyed at once, as the orderly end that it is.
"""

from __future__ import annotations

import gc
import os
import signal
import sys

COLLECT = (700, 10, 1_000)
"""New objects, rounds, and greater rounds between two searches for rings of dead objects: as Python
has them, but for the greatest, which goes through all objects there are. A list of names is
compiled to millions that stay (16,700 names: 5.5 s of processor time, with this 3.7 s)."""


def start() -> None:
    """Run the command line; the process ends with its exit code."""
    if sys.argv[1:2] == ["run"]:
        heed()
    gc.set_threshold(*COLLECT)
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


if __name__ == "__main__":
    start()
