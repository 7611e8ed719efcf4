"""Which addresses may be reached: the door that no feed, redirect or webhook gets around.

A feed decides where its redirects lead, and a name server decides what a name means this second.
So the check stands where the connection is made: the name is resolved, every address it has must
belong to the public internet, and the connection goes to an address that was checked.
"""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
    ip_network,
)

from watcher.net.error import NetworkError, Trouble

Resolve = Callable[[str, int], Awaitable[tuple[str, ...]]]

# What `ipaddress` calls global although nothing public lives there.
UNPUBLIC = (
    ip_network("192.0.0.0/24"),  # protocol assignments, RFC 6890; older Pythons let some by
    ip_network("192.88.99.0/24"),  # 6to4 relays, RFC 7526
    ip_network("3fff::/20"),  # documentation, RFC 9637
)
PUBLIC_6 = ip_network("2000::/3")  # all that IANA has opened for global unicast
NAT64 = ip_network("64:ff9b::/96")  # RFC 6052: the last 32 bits are an IPv4 address
ISATAP = frozenset({0x00005EFE, 0x02005EFE})  # RFC 5214: before an IPv4 address at the end
COMPATIBLE = ip_network("::/96")  # RFC 4291: IPv4 in IPv6, long deprecated, still understood


async def resolve(host: str, port: int) -> tuple[str, ...]:
    """Ask the system for every address of a host, in the system's order of preference.

    Numbers in any spelling (`127.1`, `0x7f000001`, `2130706433`) are read as connect() reads them.
    A name is looked up in a daemon thread: a hanging name server then delays one exchange, never
    the end of the program.

    Raises:
        OSError: the host has no address.
    """
    try:
        return _look_up(host, port, socket.AI_NUMERICHOST)
    except OSError:
        return await _in_thread(host, port)


def _look_up(host: str, port: int, flags: int = 0) -> tuple[str, ...]:
    """Every address of a host; labels that no name may have count as unknown names."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=flags)
    except UnicodeError as error:
        raise socket.gaierror(socket.EAI_NONAME, "not a host name") from error
    return tuple(dict.fromkeys(str(address[0]) for *_, address in found))


async def _in_thread(host: str, port: int) -> tuple[str, ...]:
    """The same look-up off the event loop."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[tuple[str, ...]] = loop.create_future()

    def settle(found: tuple[str, ...], error: OSError | None) -> None:
        if answer.done():
            return
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)

    def work() -> None:
        found: tuple[str, ...] = ()
        fault: OSError | None = None
        try:
            found = _look_up(host, port)
        except OSError as error:
            fault = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(settle, found, fault)

    threading.Thread(target=work, name="resolve", daemon=True).start()
    return await answer


def is_public(address: IPv4Address | IPv6Address) -> bool:
    """Whether an address belongs to the public internet, and so does any IPv4 address inside it."""
    if any(address in network for network in UNPUBLIC):
        return False
    if isinstance(address, IPv4Address):
        return address.is_global and not address.is_multicast
    inner = embedded(address)
    if inner is not None:
        return is_public(inner)
    return address in PUBLIC_6 and address.is_global


def embedded(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address carries to its goal; None if it carries none."""
    if address.ipv4_mapped is not None:
        return address.ipv4_mapped
    if address.sixtofour is not None:
        return address.sixtofour
    is_tunnel = int(address) >> 32 & 0xFFFFFFFF in ISATAP
    if address in NAT64 or is_tunnel or (address in COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@dataclass(frozen=True, slots=True)
class Guard:
    """The doors that stand open: the public internet, and what the operator named.

    Attributes:
        allow_private: the setting `network.allow_private`; each is `host:port`, an address or a
            CIDR block.
        opening: how somebody opens a door, with {} in the place of its `host:port`.
        resolve: finds the addresses of a host; a test may bring its own.

    Raises:
        ValueError: an entry is none of these; the message says so.
    """

    allow_private: tuple[str, ...] = ()
    opening: str = "add {} to network.allow_private"
    resolve: Resolve = field(default=resolve, repr=False)
    _networks: tuple[IPv4Network | IPv6Network, ...] = field(default=(), init=False, repr=False)
    _doors: frozenset[tuple[str, int]] = field(default=frozenset(), init=False, repr=False)

    def __post_init__(self) -> None:
        networks, doors = [], set()
        for entry in self.allow_private:
            opened = _read_entry(entry)
            if isinstance(opened, tuple):
                doors.add(opened)
            else:
                networks.append(opened)
        object.__setattr__(self, "_networks", tuple(networks))
        object.__setattr__(self, "_doors", frozenset(doors))

    async def admit(self, host: str, port: int) -> tuple[str, ...]:
        """The addresses of a host that may be connected to, each checked.

        Raises:
            NetworkError: the host cannot be resolved, or one of its addresses is closed to us.
        """
        try:
            found = await self.resolve(host, port)
        except OSError as error:
            message = f"cannot resolve {host}: {error.strerror or error}"
            raise NetworkError(message, trouble=Trouble.UNRESOLVED) from error
        for text in found:
            self._check(host, port, text)
        return found

    def closes(self, host: str, port: int) -> bool:
        """Whether a host that is written as an address is closed to us; nothing is looked up."""
        try:
            address = ip_address(host)
        except ValueError:
            return False
        return not is_public(address) and not self._is_opened(host, port, address)

    def _check(self, host: str, port: int, text: str) -> None:
        """Raise unless this address of the host is public or opened by name."""
        address = ip_address(text)
        if is_public(address) or self._is_opened(host, port, address):
            return
        known_as = host if host == text else f"{host} ({text})"
        shown = f"[{host}]" if ":" in host else host
        raise NetworkError(
            f"refused: {known_as} is not a public address; "
            f"if it is meant, {self.opening.format(f'{shown}:{port}')}",
            trouble=Trouble.REFUSED,
        )

    def _is_opened(self, host: str, port: int, address: IPv4Address | IPv6Address) -> bool:
        """Whether the operator opened this door, by the host's name or by its address."""
        real = (embedded(address) if isinstance(address, IPv6Address) else None) or address
        names = {host.lower().rstrip("."), str(address), str(real)}
        if any((name, port) in self._doors for name in names):
            return True
        return any(real in network for network in self._networks)


def _read_entry(entry: str) -> IPv4Network | IPv6Network | tuple[str, int]:
    """One entry of the setting as a block of addresses or as a host with its port."""
    try:
        return ip_network(entry, strict=False)
    except ValueError:
        host, colon, port = entry.rpartition(":")
    number = int(port) if port.isascii() and port.isdigit() and len(port) <= 5 else 0
    if not colon or not host or not 1 <= number <= 65535:
        message = f"{entry!r} is neither host:port nor an address nor a CIDR block"
        raise ValueError(message)
    return host.strip("[]").lower().rstrip("."), number
