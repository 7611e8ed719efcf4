"""The guard of the tests guards."""

from __future__ import annotations

import socket

import pytest

from tests import conftest

OUTSIDE = ("192.0.2.1", 80)  # RFC 5737: an address for documentation, routed nowhere


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
    assert conftest.refused == []


def test_an_outside_address_is_refused_and_remembered() -> None:
    with socket.socket() as outside, pytest.raises(OSError, match="loopback only, not 192"):
        outside.connect(OUTSIDE)
    assert conftest.refused == ["192.0.2.1:80"]
    conftest.refused.clear()


def test_a_datagram_is_refused_too() -> None:
    with (
        socket.socket(type=socket.SOCK_DGRAM) as outside,
        pytest.raises(OSError, match="loopback only"),
    ):
        outside.sendto(b"", OUTSIDE)
    conftest.refused.clear()


def test_names_are_not_looked_up() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("example.org", 80)
    assert conftest.refused == ["the address of example.org"]
    conftest.refused.clear()


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "::1", "10.0.0.1", "2130706433"])
def test_numbers_and_localhost_resolve(host: str) -> None:
    assert socket.getaddrinfo(host, 80, type=socket.SOCK_STREAM)


def test_an_invalid_name_fails_quietly() -> None:
    with pytest.raises(socket.gaierror):
        socket.getaddrinfo("feed.invalid", 80)
    assert conftest.refused == []
