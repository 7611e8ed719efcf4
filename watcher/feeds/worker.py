"""The process that parses, and is killed when a feed takes more than its share.

It runs `serve`: requests come by standard input, answers go by standard output, framed by lengths.
It holds no secret and no state, has limits on CPU and memory set by the kernel, and ends when its
input does, so nothing outlives the daemon. Signals meant for the daemon's group pass it by.
"""

from __future__ import annotations

import contextlib
import json
import math
import resource
import signal
import sys
from pathlib import Path
from typing import Any, BinaryIO

from watcher.errors import FeedError
from watcher.feeds.frame import PAGE, REPLY, REQUEST
from watcher.feeds.page import parse_page
from watcher.feeds.parse import parse_feed
from watcher.source import Health


def main(cpu_s: int, memory: int) -> None:
    """Serve the parent until it closes our input.

    Args:
        cpu_s: seconds of CPU that one feed may take; the kernel kills what takes more.
        memory: bytes of address space.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    with contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.buffer, sys.stdout.buffer, cpu_s)


def serve(source: BinaryIO, target: BinaryIO, cpu_s: int = 0) -> None:
    """Answer requests until there are no more.

    Args:
        source: frames of description and body.
        target: takes one frame for each.
        cpu_s: seconds of CPU for each; 0 for no limit.
    """
    while len(head := source.read(REQUEST.size)) == REQUEST.size:
        described, length = REQUEST.unpack(head)
        about = json.loads(source.read(described))
        body = source.read(length)
        if cpu_s:
            _allow(cpu_s)
        reply = json.dumps(answer(body, about), ensure_ascii=False).encode()
        target.write(REPLY.pack(len(reply)) + reply)
        target.flush()


def answer(body: bytes, about: dict[str, str]) -> dict[str, Any]:
    """One feed or page as plain values, or why it could not be read; with the memory held."""
    try:
        if about.get("task") == PAGE:
            page = parse_page(body, about["content_type"], about["url"])
            return {"page": page, "resident": _resident()}
        parsed = parse_feed(body, about["content_type"], about["url"], about.get("charset", ""))
        reply: dict[str, Any] = {"parsed": parsed.to_json()}
    except FeedError as error:
        reply = {"fault": str(error), "state": error.state}
    except MemoryError:
        reply = {"fault": "cannot be read: it takes too much memory", "state": Health.FAULTY}
    except Exception as error:  # noqa: BLE001 - one source; the next has nothing to do with it
        reply = {"fault": f"cannot be read: {type(error).__name__}", "state": Health.FAULTY}
    return {**reply, "resident": _resident()}


def _resident() -> int:
    """Bytes of memory that this process holds; 0 where the kernel does not tell.

    The peak that getrusage gives is no use: it begins with that of the parent.
    """
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _allow(cpu_s: int) -> None:
    """Let this process use so many seconds more."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = usage.ru_utime + usage.ru_stime
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(used) + cpu_s, hard))
