"""The receiver of the manual, run as it stands there."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.alerts.samples import NOW, alert, delivery
from tests.channels.posting import attempt, failure
from tests.channels.test_signing import KEY, key
from tests.channels.test_webhook import hook
from tests.servers import unused_port
from watcher.alerts import Delivery, Digest

MANUAL = Path(__file__).parents[2] / "docs" / "alerts.md"

pytestmark = pytest.mark.process


def test_the_receiver_of_the_manual_takes_each_message_once_and_no_forged_one() -> None:
    port, now = unused_port(), datetime.now(UTC)
    address = f"http://127.0.0.1:{port}/"
    digest = Delivery(key="msg_2", channel="soc", content=Digest((alert(), alert()), NOW))
    with running(port) as receiver:
        for keys in (KEY, f"{key(32)} {KEY}"):
            assert attempt(hook(address, keys), now=now) == "204"
        assert attempt(hook(address, KEY), digest, now) == "204"
        for forged in (hook(address, key(32)), hook(address)):
            assert "answered 401" in str(failure(forged, delivery(), now))
        receiver.kill()
        shown, _ = receiver.communicate(timeout=10)
    assert [line.split()[0] for line in shown.splitlines()] == ["alert.created", "alert.digest"]


@contextmanager
def running(port: int) -> Iterator[subprocess.Popen[str]]:
    """The manual's receiver, once it listens."""
    (code,) = re.findall(r"```python\n(.*?)```", MANUAL.read_text(encoding="utf-8"), re.DOTALL)
    with subprocess.Popen(
        [sys.executable, "-c", code],
        env={"PATH": os.environ.get("PATH", ""), "SECRET": KEY, "PORT": str(port)},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as receiver:
        try:
            answers(port)
            yield receiver
        finally:
            receiver.kill()


def answers(port: int) -> None:
    """Wait until somebody listens there."""
    deadline = time.monotonic() + 15
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            assert time.monotonic() < deadline, "nobody listens"
            time.sleep(0.02)
        else:
            return
