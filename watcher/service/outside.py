"""The ways out of the house: the guarded network, and the channels that could be opened."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from watcher.channels import Channel, TerminalSettings, open_channels
from watcher.config import Settings
from watcher.errors import ConfigError
from watcher.net import Client, Gate, Guard, open_client
from watcher.service.house import House, World
from watcher.written import SecretRef


@dataclass(frozen=True, slots=True)
class Line:
    """How the network is reached.

    Attributes:
        client: guarded; closed by whoever opened the line.
        gate: the manners towards each host.
        guard: which addresses may be reached.
    """

    client: Client
    gate: Gate
    guard: Guard = field(default_factory=Guard)


def open_line(settings: Settings) -> Line:
    """The network as the operator allows it."""
    guard = Guard(settings.network.allow_private)
    return Line(open_client(guard, settings.contact), Gate(settings.network.hosts), guard)


def same_line(one: Settings, other: Settings) -> bool:
    """Whether the line that one opens serves the other as well."""
    return (one.network, one.contact) == (other.network, other.contact)


@dataclass(frozen=True, slots=True)
class Opened:
    """What came of opening the channels.

    Attributes:
        channels: those that are open, by name.
        closed: why each of the others is not.
    """

    channels: Mapping[str, Channel]
    closed: Mapping[str, str]

    @property
    def reasons(self) -> dict[str, str]:
        """Why each channel is not open, by name; "" of those that are."""
        return {**dict.fromkeys(self.channels, ""), **self.closed}


def open_all(settings: Settings, line: Line, house: House) -> Opened:
    """Open every channel; one that cannot be opened does not stop the others.

    What is raised for a closed channel waits in the record until it can be opened.
    """
    world = house.world
    channels: dict[str, Channel] = {}
    closed: dict[str, str] = {}
    for name, kind in settings.channels.items():
        try:
            channels |= open_channels(
                {name: kind},
                client=line.client,
                environ=world.environ,
                stream=world.stdout,
                guard=line.guard,
            )
        except ConfigError as error:
            closed[name] = str(error).removeprefix(f'channel "{name}": ')
    return Opened(channels, closed)


def screens(settings: Settings, world: World) -> frozenset[str]:
    """The channels that write to the terminal on which the log is read too."""
    if not (world.stdout.isatty() and world.stderr.isatty()):
        return frozenset()
    kinds = settings.channels.items()
    return frozenset(name for name, kind in kinds if isinstance(kind, TerminalSettings))


def secrets(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    """Every secret that the channels use, as far as it is there."""
    for kind in settings.channels.values():
        for _, kept in kind:
            if isinstance(kept, SecretRef):
                try:
                    yield kept.resolve(environ).reveal()
                except ConfigError:
                    continue  # told when the channel is opened
