"""Writing to a terminal or a pipe without ever standing still behind a reader who does not read.

`watcher run | less` fills the pipe and then nobody reads for hours; a blocking write would stop
every feed and every other channel with it.
"""

from __future__ import annotations

import asyncio
import os
import select
from typing import TextIO

PATIENCE_S = 10.0
"""How long a reader may stand still before the write counts as failed."""

_PIECE = 512
"""Bytes that a pipe with any room takes whole: POSIX promises at least so many (PIPE_BUF)."""
_LOOK_S = 0.05


async def write(stream: TextIO, text: str, patience_s: float = PATIENCE_S) -> None:
    """Write the whole text; letters that the stream cannot encode become question marks.

    Args:
        stream: a file, terminal or pipe; something without a descriptor is written to directly.
        text: any text.
        patience_s: how long the reader may stand still.

    Raises:
        OSError: the reader is gone (BrokenPipeError) or stands still (TimeoutError).
    """
    coding = stream.encoding or "utf-8"
    data = text.encode(coding, "replace")
    descriptor = _descriptor(stream)
    if descriptor is None:
        stream.write(data.decode(coding))
        return
    stream.flush()
    while data:
        await _room(descriptor, patience_s)
        data = data[os.write(descriptor, data[:_PIECE]) :]


def _descriptor(stream: TextIO) -> int | None:
    try:
        return stream.fileno()
    except (OSError, AttributeError):
        return None


async def _room(descriptor: int, patience_s: float) -> None:
    """Wait until the descriptor takes a piece, or its reader is gone, which the write will tell."""
    poll = select.poll()
    poll.register(descriptor, select.POLLOUT)
    async with asyncio.timeout(patience_s):
        while not poll.poll(0):  # noqa: ASYNC110 - a loop cannot watch a file, nor one twice
            await asyncio.sleep(_LOOK_S)
