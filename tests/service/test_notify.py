"""What is told to systemd, against a real datagram socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from watcher.service.notify import Notifier, open_notifier


@contextmanager
def manager(address: str) -> Iterator[socket.socket]:
    """A service manager that listens."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as ear:
        ear.bind(address)
        ear.settimeout(5)
        yield ear


def test_messages_arrive_as_sd_notify_defines_them(tmp_path: Path) -> None:
    path = str(tmp_path / "notify")
    with manager(path) as ear:
        notifier = open_notifier({"NOTIFY_SOCKET": path})
        notifier.ready("watching 2 sources\nREADY=0")
        notifier.reloading(5_000_999)
        notifier.alive()
        notifier.stopping()
        assert [ear.recv(4096).decode() for _ in range(4)] == [
            "READY=1\nSTATUS=watching 2 sources READY=0",
            "RELOADING=1\nMONOTONIC_USEC=5000",
            "WATCHDOG=1",
            "STOPPING=1\nSTATUS=stopping",
        ]


def test_an_abstract_socket_is_reached() -> None:
    name = f"watcher-test-{uuid4().hex}"
    with manager(f"\0{name}") as ear:
        open_notifier({"NOTIFY_SOCKET": f"@{name}"}).alive()
        assert ear.recv(4096) == b"WATCHDOG=1"


@pytest.mark.parametrize("address", ["", "vsock:2:1234", "relative/path"])
def test_without_a_unix_socket_nothing_is_said(address: str) -> None:
    notifier = open_notifier({"NOTIFY_SOCKET": address, "WATCHDOG_USEC": "1000"})
    notifier.ready("nobody hears this")
    assert notifier == Notifier()


def test_a_manager_that_has_gone_is_no_trouble(tmp_path: Path) -> None:
    open_notifier({"NOTIFY_SOCKET": str(tmp_path / "gone")}).stopping()


@pytest.mark.parametrize(
    ("environ", "interval"),
    [
        ({"WATCHDOG_USEC": "30000000"}, timedelta(seconds=30)),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "77"}, timedelta(seconds=30)),
        ({"WATCHDOG_USEC": "30000000", "WATCHDOG_PID": "78"}, None),
        ({"WATCHDOG_USEC": "0"}, None),
        ({"WATCHDOG_USEC": "soon"}, None),
        ({}, None),
    ],
)
def test_the_watchdog_is_fed_only_if_it_is_ours(
    environ: dict[str, str], interval: timedelta | None
) -> None:
    given = {"NOTIFY_SOCKET": "/run/nobody", **environ}
    assert open_notifier(given, pid=77).interval == interval
