"""What the shape of the operator's file does not show: faults and doubts across its keys."""

from __future__ import annotations

import ipaddress
import stat
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial
from urllib.parse import urlsplit

from watcher.channels.settings import ChannelSettings, SlackSettings, WebhookSettings
from watcher.channels.signing import parse_keys
from watcher.config.files import obstacle
from watcher.config.settings import Settings
from watcher.errors import ConfigError
from watcher.feeds.settings import FeedSource, FolderSource, OpmlSource
from watcher.written import Fault, Loaded, Place, SecretRef, did_you_mean, read_url

_POLITE = timedelta(minutes=1)
"""Polling a public host more often than this is bad manners, and news is not that fast."""


def misfits(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    """Faults: what stands twice, what does not exist, who is not there."""
    yield from _doubles(settings, loaded)
    yield from _absent(settings, loaded)
    for spot, name in enumerate(settings.admin):
        if name not in settings.channels:
            yield loaded.place("admin", spot).fault(
                f'there is no channel "{name}"', did_you_mean(name, settings.channels)
            )


def doubts(settings: Settings, loaded: Loaded, environ: Mapping[str, str]) -> Iterator[Fault]:
    """Warnings: what works and is seldom meant."""
    if not settings.sources:
        yield _section(loaded, "sources").warning(
            "there are no sources, so nothing is read", 'add "sources:"'
        )
    if not settings.channels:
        yield _section(loaded, "channels").warning(
            "there are no channels, so nobody is told", 'add "channels:"'
        )
    for index, source in enumerate(settings.sources):
        if isinstance(source, FeedSource) and source.every < _POLITE and _is_public(source.url):
            yield loaded.place("sources", index, "every").warning(
                "a public host is asked more than once a minute", "write 1m or more"
            )
        if isinstance(source, OpmlSource) and source.every < _POLITE:
            yield loaded.place("sources", index, "every").warning(
                "the hosts of this list are asked more than once a minute", "write 1m or more"
            )
    for name, channel in settings.channels.items():
        yield from _channel_doubts(name, channel, loaded, environ)


def _doubles(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    keys: dict[str, Place] = {}
    names: dict[str, Place] = {}
    for index, source in enumerate(settings.sources):
        place = loaded.place("sources", index)
        if source.key in keys:
            yield place.fault(
                f"this source stands twice; first at {keys[source.key]}", "keep one of them"
            )
        elif source.name in names:
            yield place.fault(
                f'another source is called "{source.name}": {names[source.name]}',
                'give one of them another "name:"',
            )
        keys.setdefault(source.key, place)
        names.setdefault(source.name, place)


def _absent(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    if why := obstacle(settings.rules):
        yield _section(loaded, "rules").fault(
            f"the analysts' folder {settings.rules} {why}",
            'make it, or write "rules: PATH"',
        )
    for index, source in enumerate(settings.sources):
        if isinstance(source, FolderSource) and (why := obstacle(source.path, stat.S_IFDIR)):
            place = loaded.place("sources", index, "folder")
            yield place.fault(f"the folder {source.path} {why}", "make it, readable for watcher")
        if isinstance(source, OpmlSource) and (why := obstacle(source.path, stat.S_IFREG)):
            place = loaded.place("sources", index, "opml")
            yield place.fault(f"the file {source.path} {why}")


def _section(loaded: Loaded, key: str) -> Place:
    """Where a section stands; the file's beginning if it is not there."""
    return loaded.key_place(key)


def _channel_doubts(
    name: str, channel: ChannelSettings, loaded: Loaded, environ: Mapping[str, str]
) -> Iterator[Fault]:
    if isinstance(channel, SlackSettings):
        place = loaded.place("channels", name, "slack", "webhook")
        yield from _open_doubts(channel.webhook, place)
        yield from _kept_doubts(channel.webhook, place, environ, read_url)
    if isinstance(channel, WebhookSettings):
        place = loaded.place("channels", name, "webhook", "url")
        yield from _kept_doubts(channel.url, place, environ, read_url)
        if channel.secret is None:
            yield loaded.key_place("channels", name, "webhook").warning(
                "this webhook is sent unsigned, so its receiver cannot know who sent it",
                'add "secret: {env: NAME}"',
            )
            return
        place = loaded.place("channels", name, "webhook", "secret")
        yield from _open_doubts(channel.secret, place)
        yield from _kept_doubts(channel.secret, place, environ, partial(parse_keys, channel=name))


def _open_doubts(kept: SecretRef, place: Place) -> Iterator[Fault]:
    """A secret that everybody can read who can read the file."""
    if kept.plain is not None:
        yield place.warning(
            "this secret stands openly in the file",
            "write {env: NAME}, {file: PATH} or {credential: NAME}",
        )


def _kept_doubts(
    kept: SecretRef, place: Place, environ: Mapping[str, str], read: Callable[[str], object]
) -> Iterator[Fault]:
    """A secret that is not where it is said to be, or an address or a key that is none."""
    try:
        read(kept.resolve(environ).reveal())
    except ConfigError as error:
        yield place.warning(f"this channel cannot send: {error}")
    except ValueError:
        yield place.warning(
            "this channel cannot send: what is kept there is no http or https address"
        )


def _is_public(url: str) -> bool:
    """Whether an address looks like one of the public internet; nothing is looked up."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost", ".lan"))
