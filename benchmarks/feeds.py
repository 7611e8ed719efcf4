"""Ten thousand feeds on one machine: are all polled in time, and what does a poll cost?

    python benchmarks/feeds.py --every 60 --rounds 5

A server in a process of its own plays all hosts: every feed has an address of 127.0.0.0/8 to
itself, so each is a host of its own to the daemon. The daemon is the real one, `watcher run` with
the default configuration but for the interval, which is shortened so that a run takes minutes.
Beside it, in the same run, plain httpx and feedparser poll the same feeds as fast as they can.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import feedparser
import httpx

ROOT = Path(__file__).parents[1]
TICKS = os.sysconf("SC_CLK_TCK")
RULES = """\
entities:
  - {id: qasem, name: Qasem Soleimani}
  - {id: esmail, name: Esmail Qaani}
rules:
  - {id: commanders, watch: [qasem, esmail], send_to: [screen]}
"""
ITEM = (
    "<item><guid>{guid}</guid><title>Report {guid}</title><link>https://news.example/{guid}</link>"
    "<description>Nothing of note happened in district {guid} on this day.</description></item>"
)


def address(number: int) -> str:
    """The host of a feed; no two have the same."""
    return f"127.{1 + number // 62500}.{number // 250 % 250}.{1 + number % 250}"


def document(number: int, version: int) -> bytes:
    """A feed of three items, one of them new with each version."""
    items = "".join(ITEM.format(guid=f"{number}-{version - back}") for back in range(3))
    head = f"<title>Feed {number}</title><link>http://{address(number)}/</link><description/>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'.encode()
    )


class Hosts:
    """The server: what it was asked, and when."""

    def __init__(self, change: float) -> None:
        self.change = change
        self.asked = self.unchanged = 0
        self.last: dict[bytes, float] = {}
        self.gaps: dict[bytes, float] = {}

    async def serve(self) -> None:
        """Answer on every address until killed; the ports are printed."""
        server = await asyncio.get_running_loop().create_server(
            lambda: Talk(self), "0.0.0.0", 0, backlog=4096
        )
        control = await asyncio.start_server(self.tell, "127.0.0.1", 0)
        ports = [each.sockets[0].getsockname()[1] for each in (server, control)]
        print(json.dumps(ports), flush=True)
        await asyncio.Event().wait()

    async def tell(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Give the figures since the last time, and begin anew."""
        if (await reader.readline()) == b"reset\n":
            self.asked = self.unchanged = 0
            self.gaps = {}
        now = time.monotonic()
        waiting = max((now - at for at in self.last.values()), default=0.0)
        told = {
            "asked": self.asked,
            "unchanged": self.unchanged,
            "feeds": len(self.last),
            "longest": max(max(self.gaps.values(), default=0.0), waiting),
        }
        writer.write(json.dumps(told).encode())
        writer.close()

    def answer(self, head: bytes) -> bytes:
        """What the feed of the host that was asked has to say."""
        lines = head.split(b"\r\n")
        host = next(line[6:] for line in lines if line.lower().startswith(b"host: "))
        _, high, middle, low = host.partition(b":")[0].split(b".")
        number = (int(high) - 1) * 62500 + int(middle) * 250 + int(low) - 1
        now = time.monotonic()
        if host in self.last:
            self.gaps[host] = max(self.gaps.get(host, 0.0), now - self.last[host])
        self.last[host] = now
        self.asked += 1
        version = int(now / self.change + number / 7919)
        tag = f'"{version}"'.encode()
        if any(line.lower() == b"if-none-match: " + tag for line in lines):
            self.unchanged += 1
            return b"HTTP/1.1 304 Not Modified\r\nETag: " + tag + b"\r\nConnection: close\r\n\r\n"
        body = document(number, version)
        return (
            b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\nConnection: close\r\nETag: "
            + tag
            + b"\r\nContent-Length: %d\r\n\r\n" % len(body)
            + body
        )


class Talk(asyncio.Protocol):
    """One connection."""

    def __init__(self, hosts: Hosts) -> None:
        self.hosts = hosts
        self.head = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Remember where to answer."""
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer once the whole head is there."""
        self.head += data
        if self.head.endswith(b"\r\n\r\n"):
            self.transport.write(self.hosts.answer(self.head))
            self.transport.close()


@contextmanager
def started(*command: str, **options) -> Iterator[subprocess.Popen]:
    """A process, ended with the block."""
    process = subprocess.Popen(command, **options)
    try:
        yield process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


async def figures(control: int, *, reset: bool = False) -> dict:
    reader, writer = await asyncio.open_connection("127.0.0.1", control)
    writer.write(b"reset\n" if reset else b"tell\n")
    told = json.loads(await reader.read())
    writer.close()
    return told


def cpu(pid: int) -> float:
    """Seconds of CPU of a process and of all that it started."""
    seconds = 0.0
    for one in family(pid):
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        seconds += (int(fields[11]) + int(fields[12])) / TICKS
    return seconds


def family(pid: int) -> list[int]:
    kids = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(each for kid in kids for each in family(int(kid)))]


def held(pid: int) -> dict[str, int]:
    """What a process holds: memory in MB (its workers' too), file descriptors, threads."""
    pages = sum(int(Path(f"/proc/{one}/statm").read_text().split()[1]) for one in family(pid))
    return {
        "MB": pages * resource.getpagesize() // 1_000_000,
        "fds": len(list(Path(f"/proc/{pid}/fd").iterdir())),
        "threads": len(list(Path(f"/proc/{pid}/task").iterdir())),
    }


def desk(folder: Path, count: int, every: int, port: int) -> Path:
    """The operator's files."""
    outlines = "".join(
        f'<outline type="rss" text="Feed {number}" xmlUrl="http://{address(number)}:{port}/rss"/>\n'
        for number in range(count)
    )
    (folder / "feeds.opml").write_text(f'<opml version="2.0"><body>{outlines}</body></opml>')
    (folder / "rules").mkdir()
    (folder / "rules" / "rules.yaml").write_text(RULES)
    config = folder / "watcher.yaml"
    config.write_text(
        f"sources:\n  - {{opml: feeds.opml, every: {every}s}}\n"
        "channels: {screen: {terminal: {}}}\nnetwork: {allow_private: [127.0.0.0/8]}\n"
    )
    return config


async def plain(port: int, count: int, rounds: int) -> dict:
    """What httpx and feedparser need for the same, sixty-four at once and without pause."""
    tags: dict[int, str] = {}
    places = asyncio.Semaphore(64)
    seen = {200: 0, 304: 0}

    async def poll(client: httpx.AsyncClient, number: int) -> None:
        headers = {"if-none-match": tags[number]} if number in tags else {}
        async with places:
            answer = await client.get(f"http://{address(number)}:{port}/rss", headers=headers)
        seen[answer.status_code] += 1
        if answer.status_code == 200:
            tags[number] = answer.headers["etag"]
            feedparser.parse(answer.content)

    spent = []
    limits = httpx.Limits(max_keepalive_connections=0)
    async with httpx.AsyncClient(limits=limits, timeout=30) as client:
        for _ in range(rounds + 1):
            before, seen[304], seen[200] = time.process_time(), 0, 0
            await asyncio.gather(*(poll(client, number) for number in range(count)))
            spent.append((time.process_time() - before, seen[304], seen[200]))
    seconds, unchanged, full = map(sum, zip(*spent[1:], strict=True))
    first = spent[0][0] / max(1, spent[0][2])
    each = (seconds - full * first) / max(1, unchanged)
    return {"ms_304": 1000 * each, "ms_200": 1000 * first, "unchanged": unchanged, "full": full}


async def run(args: argparse.Namespace) -> None:
    folder = Path(tempfile.mkdtemp(prefix="watcher-feeds-"))
    serving = (sys.executable, __file__, "--serve", "--change", str(args.change))
    try:
        with started(*serving, stdout=subprocess.PIPE, text=True) as server:
            port, control = json.loads(server.stdout.readline())
            config = desk(folder, args.feeds, args.every, port)
            command = (sys.executable, "-m", "watcher", "run", "-c", str(config))
            log = (folder / "log").open("w")
            quiet = {"stdout": subprocess.DEVNULL, "stderr": log, "cwd": ROOT}
            with started(*command, **quiet) as daemon:
                await measure(args, daemon.pid, control)
            if args.plain:
                await figures(control, reset=True)
                found = await asyncio.to_thread(compare, port, args)
                print(
                    f"httpx + feedparser  {found['ms_304']:.2f} ms of CPU a 304,"
                    f" {found['ms_200']:.1f} ms a full answer"
                )
    finally:
        shutil.rmtree(folder)


def compare(port: int, args: argparse.Namespace) -> dict:
    asked = [sys.executable, __file__, "--plain-only", str(port), "--feeds", str(args.feeds)]
    return json.loads(subprocess.run(asked, capture_output=True, text=True, check=True).stdout)


async def measure(args: argparse.Namespace, pid: int, control: int) -> None:
    begun = time.monotonic()
    while (await figures(control))["feeds"] < args.feeds:
        if time.monotonic() - begun > args.patience:
            print(f"only {(await figures(control))['feeds']} feeds were asked")
            return
        await asyncio.sleep(1)
    await asyncio.sleep(args.every)
    warm = time.monotonic() - begun
    print(
        f"all {args.feeds} feeds read for the first time after {warm - args.every:.0f} s,"
        f" {1000 * cpu(pid) / args.feeds:.1f} ms of CPU each; {held(pid)}"
    )
    for number in range(args.rounds):
        await figures(control, reset=True)
        before, at = cpu(pid), time.monotonic()
        await asyncio.sleep(args.every)
        told, took = await figures(control), time.monotonic() - at
        spent = cpu(pid) - before
        print(
            f"round {number + 1}: {told['asked']} polls in {took:.0f} s,"
            f" {100 * told['unchanged'] / max(1, told['asked']):.1f} % 304,"
            f" {1000 * spent / max(1, told['asked']):.2f} ms of CPU a poll,"
            f" longest pause of a feed {told['longest']:.0f} s; {held(pid)}",
            flush=True,
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--every", type=int, default=60, help="seconds; watcher's own: 900")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument(
        "--change", type=float, default=1500, help="seconds from version to version"
    )
    parser.add_argument("--patience", type=float, default=900)
    parser.add_argument("--no-plain", dest="plain", action="store_false")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--plain-only", type=int, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.serve:
        asyncio.run(Hosts(args.change).serve())
    elif args.plain_only:
        print(json.dumps(asyncio.run(plain(args.plain_only, args.feeds, 1))))
    else:
        asyncio.run(run(args))


if __name__ == "__main__":
    main()
