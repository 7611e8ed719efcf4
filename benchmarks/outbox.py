"""What a hundred thousand waiting alerts cost: the start, the memory, the way out.

Usage: python -m benchmarks.outbox [--many 100000] [--seconds 20]

The real daemon on a desk of its own, with a loopback receiver that takes all. Prints a row of
figures for each way to send: seconds from the start of the process to the first message, messages
and alerts a second after that, memory after the first messages and how much it grew until the end,
and the shortest time between two messages.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from tests.faults.test_many import memory, multiply
from tests.servers import Reply, Server, serve
from tests.service.desk import Daemon, Desk

WAYS = {
    "webhook, one by one": "{webhook: {url: 'HOOK', secret: {env: SECRET}, digest_over: none}}",
    "webhook, digests": "{webhook: {url: 'HOOK', secret: {env: SECRET}}}",
    "Slack, one by one": "{slack: {webhook: 'HOOK', digest_over: none}}",
    "Slack, digests": "{slack: {webhook: 'HOOK'}}",
}
EARLY = 5
"""Messages after which memory is looked at first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What one way to send cost."""

    start_s: float
    messages_s: float
    alerts_s: float
    memory_mb: float
    grown_mb: float
    gap_s: float


def main() -> None:
    """Measure every way and print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--many", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=20)
    asked = parser.parse_args()
    print("| way | first after s | messages/s | alerts/s | memory MB | grown MB | least gap s |")
    print("|---|---|---|---|---|---|---|")
    for way, channel in WAYS.items():
        got = measure(channel, asked.many, asked.seconds)
        print(
            f"| {way} | {got.start_s:.1f} | {got.messages_s:.1f} | {got.alerts_s:.0f}"
            f" | {got.memory_mb:.0f} | {got.grown_mb:.1f} | {got.gap_s:.3f} |",
            flush=True,
        )


def measure(channel: str, many: int, seconds: float) -> Figures:
    """Let so many wait, start the daemon, and watch it for so long.

    Args:
        channel: its settings, in which HOOK stands for the receiver.
        many: alerts that wait.
        seconds: how long.
    """
    with tempfile.TemporaryDirectory() as folder, serve() as server:
        hook = server.script("/hook", Reply(200, body=b"ok"))
        desk = Desk(
            Path(folder), channels={"far": channel.replace("HOOK", hook)}, private=(server.netloc,)
        )
        desk.put("report.txt")
        desk.run("run", "--once")
        multiply(desk.database, many)
        before = len(server.of("/hook"))
        begun = time.monotonic()
        with desk.daemon() as daemon:
            server.wait(before + 1, 120)
            return watch(server, daemon, before, begun, seconds)


def watch(server: Server, daemon: Daemon, before: int, begun: float, seconds: float) -> Figures:
    """The figures of a daemon that has begun to send."""
    server.wait(before + EARLY, 120)
    early = memory(daemon)
    time.sleep(seconds)
    late = memory(daemon)
    posts = [asked.at for asked in server.of("/hook")[before:]]
    passed = posts[-1] - posts[0]
    sent = sum(int(line.get("alerts", 1)) for line in daemon.logged("sent")[1:])
    return Figures(
        start_s=posts[0] - begun,
        messages_s=(len(posts) - 1) / passed,
        alerts_s=sent / passed,
        memory_mb=early / 1024,
        grown_mb=(late - early) / 1024,
        gap_s=min(later - former for former, later in pairwise(posts)),
    )


if __name__ == "__main__":
    main()
