"""Only the public internet is reached, and what the operator opened by name."""

from __future__ import annotations

import asyncio
import socket
import threading
from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.net import Guard, NetworkError, Trouble
from watcher.net import guard as module
from watcher.net.guard import embedded, is_public, resolve

# fmt: off
PRIVATE = [
    "0.0.0.0", "0.1.2.3", "10.0.0.1", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.8.8.8",
    "169.254.169.254", "172.16.0.1", "192.0.0.8", "192.0.2.1", "192.88.99.1", "192.168.1.1",
    "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "::", "::1", "::2", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:10.0.0.1",
    "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:db8::1",
    "2002:7f00:1::", "2002:a00:1::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1",
    "fe80::1", "fec0::1", "ff02::1", "ff0e::1", "fe80::1%lo", "::1%1", "2001:0:7f00:1::1",
    "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a9fe:a9fe", "64:ff9b:1:7f00:1::",
    "fd00:ec2::254", "100.100.100.200", "192.0.0.192",
]
# fmt: on
# fmt: off
PUBLIC = [
    "1.1.1.1", "8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::1",
    "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]
# fmt: on


async def names(host: str, port: int) -> tuple[str, ...]:
    """A name server of our own."""
    known = {
        "public.example": ("93.184.215.14",),
        "inside.example": ("192.168.7.7",),
        "mixed.example": ("93.184.215.14", "10.1.1.1"),
    }
    if host not in known:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    return known[host]


def admit(host: str, port: int = 80, allow: tuple[str, ...] = ()) -> tuple[str, ...]:
    return asyncio.run(Guard(allow, resolve=names).admit(host, port))


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_public_is_closed(address):
    assert not is_public(ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_public_is_open(address):
    assert is_public(ip_address(address))


@given(st.ip_addresses(v=4))
def test_an_ipv4_address_in_an_ipv6_coat_is_judged_as_itself(inner):
    for coat in (f"::ffff:{inner}", f"64:ff9b::{inner}"):
        outer = ip_address(coat)
        assert embedded(outer) == inner
        assert is_public(outer) == is_public(inner)


def test_a_plain_ipv6_address_carries_none():
    assert embedded(ip_address("2606:4700::1")) is None
    assert embedded(ip_address("::1")) is None


def test_a_public_host_gives_its_addresses():
    assert admit("public.example") == ("93.184.215.14",)


def test_every_address_of_a_host_must_be_public():
    with pytest.raises(NetworkError) as caught:
        admit("mixed.example", 8080)
    assert caught.value.trouble is Trouble.REFUSED
    assert str(caught.value) == (
        "refused: mixed.example (10.1.1.1) is not a public address; "
        "if it is meant, add mixed.example:8080 to network.allow_private"
    )


def test_an_unknown_name_is_said_so():
    with pytest.raises(NetworkError, match=r"cannot resolve gone\.example: Name or service") as it:
        admit("gone.example")
    assert it.value.trouble is Trouble.UNRESOLVED


@pytest.mark.parametrize(
    "allow",
    [
        "inside.example:80",
        "INSIDE.example.:80",
        "192.168.7.7:80",
        "192.168.7.7",
        "192.168.0.0/16",
        "192.168.7.9/24",
    ],
)
def test_the_operator_opens_a_door(allow):
    assert admit("inside.example", 80, (allow,)) == ("192.168.7.7",)


@pytest.mark.parametrize("allow", ["inside.example:81", "10.0.0.0/8", "other.example:80"])
def test_an_opened_door_is_only_that_door(allow):
    with pytest.raises(NetworkError):
        admit("inside.example", 80, (allow,))


def test_a_door_opened_by_address_is_open_in_every_spelling_of_it():
    guard = Guard(("127.0.0.1:80",))
    for spelling in ("127.0.0.1", "127.1", "0x7f000001", "2130706433", "::ffff:127.0.0.1"):
        assert asyncio.run(guard.admit(spelling, 80))


@pytest.mark.parametrize(
    "spelling",
    [
        "127.1", "0", "0x7f.1", "0177.0.0.1", "2130706433", "0x7f000001", "017700000001",
        "0300.0250.1.1", "0xa9fea9fe", "169.254.43518", "10.1", "::1", "::ffff:127.0.0.1",
        "::ffff:7f00:1", "0:0:0:0:0:ffff:127.0.0.1", "::ffff:0:127.0.0.1", "::1%1", "fe80::1%1",
        "64:ff9b::127.0.0.1", "0.0.0.0", "localhost",
    ],
)  # fmt: skip
def test_no_spelling_of_a_private_address_gets_by(spelling):
    with pytest.raises(NetworkError) as caught:
        asyncio.run(Guard().admit(spelling, 80))
    assert caught.value.trouble in {Trouble.REFUSED, Trouble.UNRESOLVED}


def test_an_ipv6_host_is_shown_in_brackets_and_taken_in_brackets():
    with pytest.raises(NetworkError, match=r"refused: ::1 is not .* add \[::1\]:80 to"):
        asyncio.run(Guard().admit("::1", 80))
    assert asyncio.run(Guard(("[::1]:80",)).admit("::1", 80)) == ("::1",)


@pytest.mark.parametrize("entry", ["", "host", "host:", ":80", "host:0", "host:65536", "host:http"])
def test_an_entry_that_opens_nothing_is_refused_at_birth(entry):
    with pytest.raises(ValueError, match="neither host:port nor an address nor a CIDR block"):
        Guard((entry,))


def test_the_system_resolves_names():
    assert asyncio.run(resolve("localhost", 80))


def test_a_label_that_no_name_may_have_is_an_unknown_name():
    with pytest.raises(OSError, match="not a host name"):
        asyncio.run(resolve("a" * 70 + ".example", 80))


@pytest.mark.parametrize("fault", [None, socket.gaierror(socket.EAI_AGAIN, "later")])
def test_nobody_waits_for_a_name_server_that_hangs(monkeypatch, fault):
    late = threading.Event()
    done = threading.Event()

    def hang(host, port, flags=0):
        if flags:
            raise socket.gaierror(socket.EAI_NONAME, "not a number")
        late.wait(10)
        done.set()
        if fault:
            raise fault
        return ("1.1.1.1",)

    monkeypatch.setattr(module, "_look_up", hang)

    async def give_up() -> None:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01):
                await resolve("slow.example", 80)

    async def give_up_and_hear_of_it_later() -> None:
        await give_up()
        late.set()
        assert await asyncio.to_thread(done.wait, 10)
        for thread in threading.enumerate():
            if thread.name == "resolve":
                await asyncio.to_thread(thread.join)

    asyncio.run(give_up_and_hear_of_it_later())
    late.clear()
    done.clear()
    asyncio.run(give_up())
    late.set()
    assert done.wait(10)
