"""What holds for every test: no network but loopback, and hypothesis the same on each run.

The guard is an audit hook of the interpreter, so nothing slips past it: sockets, asyncio and every
library end there. A hook cannot be taken out again, which suits a rule that always holds.
"""

from __future__ import annotations

import ipaddress
import os
import signal
import socket
import sys
from collections.abc import Iterator

import pytest
from hypothesis import settings

settings.register_profile("watcher", derandomize=True, deadline=None, database=None)
settings.load_profile("watcher")

refused: list[str] = []


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--golden", action="store_true", help="write tests/golden anew; read the diff")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "process: starts the installed command as a process")
    sys.addaudithook(refuse)
    os.environ["XDG_CACHE_HOME"] = os.devnull  # nothing is kept in the home of whoever tests
    # A shell lets what it runs in the background ignore Ctrl-C, and the processes of tests with it.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def loopback_only() -> Iterator[None]:
    """Fail a test that reached for the network, even where its code swallowed the refusal."""
    refused.clear()
    yield
    assert not refused, f"tests reach loopback only, not {', '.join(refused)}"


def refuse(event: str, args: tuple[object, ...]) -> None:
    """Stop what would leave this machine, before the first packet."""
    if event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        address = args[1]
        if isinstance(address, tuple) and not is_loopback(str(address[0])):
            refused.append(f"{address[0]}:{address[1]}")
            raise OSError(f"tests reach loopback only, not {address[0]}")
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        check_lookup(args[0])


def check_lookup(host: object) -> None:
    """Let numbers and localhost through; `.invalid` names cannot exist, so those simply fail."""
    name = host.decode() if isinstance(host, bytes) else str(host or "localhost")
    if is_loopback(name) or is_number(name):
        return
    if not name.rstrip(".").endswith(".invalid"):
        refused.append(f"the address of {name}")
    raise socket.gaierror(socket.EAI_NONAME, "tests look up no names")


def is_loopback(host: str) -> bool:
    if host in {"", "localhost", socket.gethostname()}:
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_number(host: str) -> bool:
    """Tell whether this is an address, however it is spelled (`2130706433`)."""
    try:
        socket.inet_aton(host)
    except OSError:
        return ":" in host
    return True
