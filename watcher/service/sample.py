"""One sample alert through one real channel, past the store."""

from __future__ import annotations

from pathlib import Path

from watcher.alerts import sample_delivery
from watcher.channels import open_channels
from watcher.config import read_config
from watcher.errors import ConfigError, DeliveryError, UnknownError
from watcher.service.house import World
from watcher.service.outside import open_line
from watcher.written import there_is_no


async def send_sample(channel: str, path: Path, world: World) -> str:
    """Send the invented alert once; what the receiver answered.

    Args:
        channel: its name in the operator's file.
        path: the operator's file.
        world: everything from outside.

    Raises:
        ConfigError: the file cannot be taken.
        UnknownError: there is no such channel.
        DeliveryError: it did not arrive, or could not be sent for want of the channel's secret; the
            message says why.
    """
    settings = read_config(path, world.environ)
    kind = settings.channels.get(channel)
    if kind is None:
        raise UnknownError(f"{path}: {there_is_no('channel', channel, settings.channels)}")
    line = open_line(settings)
    async with line.client:
        try:
            opened = open_channels(
                {channel: kind},
                client=line.client,
                environ=world.environ,
                stream=world.stdout,
                guard=line.guard,
            )
        except ConfigError as error:
            raise DeliveryError(str(error), channel=channel) from error
        now = world.clock()
        return await opened[channel].send(sample_delivery(channel, now), now)
