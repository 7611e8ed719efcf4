"""An operator's desk in a folder: files to watch with, and the installed command to run there."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from email.utils import format_datetime
from pathlib import Path
from typing import Any

from tests.servers import Reply
from tests.service.scene import now

ROOT = Path(__file__).parents[2]
SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"

RULES = """\
entities:
  - {id: qasem, name: Qasem Soleimani}
  - {id: esmail, name: Esmail Qaani}
rules:
  - id: commanders
    watch: [qasem]
    send_to: [CHANNELS]
    tests:
      - {text: Qasem Soleimani was there, alert: [qasem]}
"""


def rss(*titles: str) -> bytes:
    """A feed with an item for each title, published just now."""
    items = "".join(
        f"<item><guid>{title}</guid><title>{title}</title><link>https://example.org/{number}</link>"
        f"<pubDate>{format_datetime(now())}</pubDate><description>{title}.</description></item>"
        for number, title in enumerate(titles)
    )
    head = "<title>Example</title><link>https://example.org/</link><description/>"
    feed = f'<?xml version="1.0"?><rss version="2.0"><channel>{head}{items}</channel></rss>'
    return feed.encode()


def feed(*titles: str) -> Reply:
    """The answer of a server that has this feed."""
    return Reply(200, {"Content-Type": "application/rss+xml", "ETag": '"1"'}, rss(*titles))


class Desk:
    """A folder with `watcher.yaml`, `rules/` and `articles/`.

    Args:
        folder: an empty one.
        channels: the block under `channels:`, as YAML in one line.
        sources: further sources, as YAML list items in one line each.
        private: hosts and ports that may be reached.
        send_to: what the rule sends to; every channel if empty.
    """

    def __init__(
        self,
        folder: Path,
        channels: Mapping[str, str] | None = None,
        sources: tuple[str, ...] = (),
        private: tuple[str, ...] = (),
    ) -> None:
        self.folder = folder
        self.config = folder / "watcher.yaml"
        self.rules = folder / "rules" / "rules.yaml"
        channels = channels or {"screen": "{terminal: {}}"}
        (folder / "articles").mkdir()
        (folder / "rules").mkdir()
        self.rules.write_text(RULES.replace("CHANNELS", ", ".join(channels)))
        self.config.write_text(
            "\n".join(
                [
                    "sources:",
                    "  - {folder: articles, every: 1s}",
                    *(f"  - {source}" for source in sources),
                    "channels:",
                    *(f"  {name}: {kind}" for name, kind in channels.items()),
                    "network:",
                    f"  allow_private: {json.dumps(list(private))}",
                    "  hosts: {127.0.0.1: {spacing: 0s, at_once: 8}}",
                    "",
                ]
            )
        )

    @property
    def database(self) -> Path:
        """Where the record is."""
        return self.folder / "var" / "watcher.db"

    def put(self, name: str, text: str = "Report: Qasem Soleimani was there.") -> None:
        """Put an article into the folder as a whole."""
        made = self.folder / f".{name}"
        made.write_text(text)
        made.rename(self.folder / "articles" / name)

    def command(self, *args: str) -> list[str]:
        """The installed command; the package itself where it is not installed."""
        script = Path(sys.executable).with_name("watcher")
        start = [str(script)] if script.exists() else [sys.executable, "-m", "watcher"]
        return [*start, *args]

    def environ(self, **more: str) -> dict[str, str]:
        """An environment with what the command needs and nothing of systemd's."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
        return {**kept, "PYTHONPATH": str(ROOT), "SECRET": SECRET, **more}

    def run(self, *args: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        return subprocess.run(
            self.command(*args),
            cwd=self.folder,
            env=self.environ(),
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )

    @contextmanager
    def daemon(self, **environ: str) -> Iterator[Daemon]:
        """The daemon at work, killed at the end of the block unless it has ended."""
        process = subprocess.Popen(
            self.command("run", "-c", str(self.config)),
            cwd=self.folder,
            env=self.environ(**environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        daemon = Daemon(process)
        try:
            yield daemon
        finally:
            process.kill()
            daemon.finish()


@dataclass
class Daemon:
    """A running daemon: its output, its log, and signals to it."""

    process: subprocess.Popen[str]
    shown: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    _changed: threading.Condition = field(default_factory=threading.Condition)
    _readers: list[threading.Thread] = field(default_factory=list)

    def __post_init__(self) -> None:
        for stream, lines in (
            (self.process.stdout, self.shown),
            (self.process.stderr, self.written),
        ):
            reader = threading.Thread(target=self._read, args=(stream, lines), daemon=True)
            reader.start()
            self._readers.append(reader)

    @property
    def events(self) -> list[dict[str, Any]]:
        """What was logged so far."""
        with self._changed:
            return [json.loads(line) for line in self.written if line.startswith("{")]

    def logged(self, event: str, count: int = 1, seconds: float = 15.0) -> list[dict[str, Any]]:
        """The events of this word, once there are at least so many."""

        def found() -> list[dict[str, Any]]:
            return [line for line in self.events if line["event"] == event]

        self._wait(lambda: len(found()) >= count, seconds, f"{count} × {event}")
        return found()

    def showed(self, words: str, seconds: float = 15.0) -> None:
        """Wait until these words stand on the screen."""
        self._wait(lambda: any(words in line for line in self.shown), seconds, words)

    def until(self, condition: Callable[[], bool], seconds: float = 30.0) -> None:
        """Wait for what must come true while it runs."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                told = "".join([*self.written, *self.shown])
                raise TimeoutError(f"not so within {seconds:g} s; this was:\n{told}")
            threading.Event().wait(0.01)

    def send(self, number: signal.Signals) -> None:
        """Send a signal."""
        self.process.send_signal(number)

    def stop(self, number: signal.Signals = signal.SIGTERM) -> tuple[int, float]:
        """Order it to stop; the exit code, and how many seconds it took."""
        start = time.monotonic()
        self.send(number)
        code = self.process.wait(20)
        took = time.monotonic() - start
        self.finish()
        return code, took

    def insist(self, number: signal.Signals) -> int:
        """Send a signal again and again until it ends; the exit code."""
        while True:
            self.send(number)
            with suppress(subprocess.TimeoutExpired):
                return self.process.wait(0.1)

    def finish(self) -> None:
        """Wait for its end, and read what is left of its output."""
        self.process.wait(20)
        for reader in self._readers:
            reader.join(10)
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _read(self, stream: Any, lines: list[str]) -> None:
        for line in stream:
            with self._changed:
                lines.append(line)
                self._changed.notify_all()

    def _wait(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        with self._changed:
            if self._changed.wait_for(condition, seconds):
                return
        told = "".join([*self.written, *self.shown])
        raise TimeoutError(f"{what}: not seen in {seconds:g} s; this was:\n{told}")
