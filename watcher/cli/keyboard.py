"""What is typed or pasted into a terminal, as it comes, without waiting for more."""

from __future__ import annotations

import codecs
import os
import select
import sys

_MOMENT = 0.3
"""Seconds without a key after which a paste is over, and it is time to look at other things."""
_AT_ONCE = 1 << 16


def is_terminal() -> bool:
    """Whether a person types what is read from standard input."""
    return sys.stdin.isatty()


class Keyboard:
    """Reads from a file descriptor.

    Not from `sys.stdin`, which keeps lines back that the system has given already.
    """

    def __init__(self, descriptor: int, moment: float = _MOMENT) -> None:
        self._descriptor = descriptor
        self._moment = moment
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def __call__(self) -> str | None:
        """What was typed; None if nothing was for a moment, "" at the end."""
        ready, _, _ = select.select([self._descriptor], [], [], self._moment)
        if not ready:
            return None
        typed = os.read(self._descriptor, _AT_ONCE)
        # Half a letter is nothing yet, and not the end.
        return (self._decoder.decode(typed) or None) if typed else ""
