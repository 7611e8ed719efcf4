"""What the shape of the operator's file does not show: faults and doubts across its keys."""

from __future__ import annotations

import ipaddress
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from watcher.channels.settings import (
    AppriseSettings,
    ChannelSettings,
    MailSettings,
    SlackSettings,
    WebhookSettings,
)
from watcher.channels.signing import parse_keys
from watcher.config.crowd import crowds
from watcher.config.files import obstacle
from watcher.config.form import ConfigFile
from watcher.config.settings import Settings
from watcher.errors import ConfigError, FeedError
from watcher.feeds import read_opml
from watcher.feeds.settings import FeedSource, FolderSource, OpmlSource, SourceSettings
from watcher.net import Guard, Security
from watcher.written import (
    Block,
    Fault,
    Loaded,
    Place,
    SecretRef,
    Sound,
    did_you_mean,
    nearest,
    read_url,
)

_SOURCES: Mapping[str, type[SourceSettings]] = {
    "feed": FeedSource,
    "folder": FolderSource,
    "opml": OpmlSource,
}

_POLITE = timedelta(minutes=1)
"""Polling a public host more often than this is bad manners, and news is not that fast."""


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The operator's file, which may have faults of shape.

    Attributes:
        settings: of what is sound in it.
        sound: what that is.
        loaded: the whole file.
    """

    settings: Settings
    sound: Sound[ConfigFile]
    loaded: Loaded

    def misses(self, key: str) -> bool:
        """Whether something under a key, or under a key likely meant for it, was left out."""
        return key in {_meant(str(path[0])) for path in self.sound.dropped}

    @property
    def channels(self) -> frozenset[str] | None:
        """The names of all channels, those with faults too; None if the file cannot tell."""
        file = self.loaded.value
        written = file.get("channels") if isinstance(file, Block) else None
        named = frozenset(written if isinstance(written, Block) else ())
        lost = self.misses("channels") and not named
        return None if lost or self.loaded.faults else named | self.settings.channels.keys()


def misfits(view: View) -> Iterator[Fault]:
    """Faults: what stands twice, what does not exist, who is not there."""
    yield from _doubles(view)
    yield from _same_lists(view)
    if not view.misses("rules") and (why := obstacle(view.settings.rules)):
        yield _section(view.loaded, "rules").fault(
            f"the analysts' folder {view.settings.rules} {why}", 'make it, or write "rules: PATH"'
        )
    known = view.channels
    for spot, name in enumerate(view.settings.admin):
        if known is not None and name not in known:
            yield view.sound.loaded.place("admin", spot).fault(
                f'there is no channel "{name}"', did_you_mean(name, known)
            )


def doubts(view: View, environ: Mapping[str, str]) -> Iterator[Fault]:
    """Warnings: what works and is seldom meant."""
    settings, loaded = view.settings, view.sound.loaded
    if not settings.sources and not view.misses("sources"):
        written = isinstance(loaded.value, Block) and "sources" in loaded.value
        yield _section(loaded, "sources").warning(
            "there are no sources, so nothing is read",
            '"sources:" is empty; write "- feed: ADDRESS" below it'
            if written
            else 'add "sources:"',
        )
    if not settings.channels and not view.misses("channels"):
        yield _section(loaded, "channels").warning(
            "there are no channels, so nobody is told", 'add "channels:"'
        )
    yield from _absent(view)
    for index, source in enumerate(settings.sources):
        if isinstance(source, FeedSource) and source.every < _POLITE and _is_public(source.url):
            yield loaded.place("sources", index, "every").warning(
                "a public host is asked more than once a minute", "write 1m or more"
            )
        if isinstance(source, OpmlSource) and source.every < _POLITE:
            yield loaded.place("sources", index, "every").warning(
                "the hosts of this list are asked more than once a minute", "write 1m or more"
            )
    yield from _refused(settings, loaded)
    yield from crowds(settings, loaded)
    for index, each in enumerate(settings.lists):
        if each.every < _POLITE and any(map(_is_public, each.addresses)):
            yield loaded.place("lists", index, "every").warning(
                "a publisher is asked more than once a minute", "write 1h or more"
            )
    for name, channel in settings.channels.items():
        yield from _channel_doubts(name, channel, loaded, environ)
    if settings.heartbeat and not settings.admin and not view.misses("admin"):
        yield loaded.place("heartbeat").warning(
            "nobody is told that all is running", 'add "admin: [CHANNEL]"'
        )


def _meant(key: str) -> str:
    """The key of the file that one stands for."""
    return key if key in ConfigFile.model_fields else nearest(key, ConfigFile.model_fields)


def _doubles(view: View) -> Iterator[Fault]:
    keys: dict[str, Place] = {}
    for index, source in _bare(view):
        place = view.loaded.place("sources", index)
        first = keys.setdefault(source.key, place)
        if first is not place:
            yield place.fault(f"this source stands twice; first at {first}", "keep one of them")
    named: dict[str, tuple[str, Place]] = {}
    for index, source in enumerate(view.settings.sources):
        place = view.sound.loaded.place("sources", index)
        key, first = named.setdefault(source.name, (source.key, place))
        if key != source.key:
            yield place.fault(
                f'another source is called "{source.name}": {first}',
                'give one of them another "name:"',
            )


def _same_lists(view: View) -> Iterator[Fault]:
    """Lists that are called alike: which of them an alert speaks of could not be told."""
    named: dict[str, Place] = {}
    for index, each in enumerate(view.settings.lists):
        place = view.sound.loaded.place("lists", index)
        first = named.setdefault(each.name, place)
        if first is not place:
            yield place.fault(
                f'another list is called "{each.name}": {first}',
                'give one of them another "name:", or write the files of both into one',
            )


def _absent(view: View) -> Iterator[Fault]:
    """Sources that are not there now; the daemon tries them again, and the others go on."""
    for index, source in _bare(view):
        if isinstance(source, FolderSource) and (why := obstacle(source.path, stat.S_IFDIR)):
            place = view.loaded.place("sources", index, "folder")
            yield place.warning(f"the folder {source.path} {why}", "make it, readable for watcher")
        if isinstance(source, OpmlSource):
            yield from _unlisted(source.path, view.loaded.place("sources", index, "opml"))


def _unlisted(path: Path, place: Place) -> Iterator[Fault]:
    """Why a list of feeds cannot be read."""
    if why := obstacle(path, stat.S_IFREG):
        yield place.warning(f"the file {path} {why}", "put it there, or mend the path")
        return
    try:
        read_opml(path)
    except FeedError as error:
        yield place.warning(
            f"no feeds are known from {error}",
            "export the list again from the feed reader it comes from",
        )


def _bare(view: View) -> Iterator[tuple[int, SourceSettings]]:
    """Each source by what it reads alone, so that a fault beside that hides nothing of it."""
    for index, block in view.loaded.blocks("sources"):
        said = {kind: block[kind] for kind in block if kind in _SOURCES}
        for kind in said if len(said) == 1 else ():
            with suppress(ValueError):
                context = {"folder": view.settings.file.parent}
                yield index, _SOURCES[kind].model_validate(said, context=context)


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
    if isinstance(channel, AppriseSettings):
        place = loaded.place("channels", name, "apprise", "url")
        yield from _open_doubts(channel.url, place)
        yield from _kept_doubts(channel.url, place, environ, str)
    if isinstance(channel, MailSettings):
        yield from _mail_doubts(name, channel, loaded, environ)
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


def _mail_doubts(
    name: str, channel: MailSettings, loaded: Loaded, environ: Mapping[str, str]
) -> Iterator[Fault]:
    if (channel.user is None) is not (channel.password is None):
        yield loaded.key_place("channels", name, "mail").warning(
            "user and password go together; without both nobody is logged in",
            'write "user:" and "password: {env: NAME}", or neither',
        )
    if channel.password is not None:
        place = loaded.place("channels", name, "mail", "password")
        yield from _open_doubts(channel.password, place)
        yield from _kept_doubts(channel.password, place, environ, str)
        if channel.security is Security.NONE:
            yield place.warning(
                "this password is sent in the clear", "write security: starttls, or tls"
            )


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


def _refused(settings: Settings, loaded: Loaded) -> Iterator[Fault]:
    """Feeds and webhooks at private addresses that nobody allowed."""
    for index, source in enumerate(settings.sources):
        if isinstance(source, FeedSource):
            yield from _closed(source.url, settings, loaded.place("sources", index, "feed"))
    for name, channel in settings.channels.items():
        if isinstance(channel, WebhookSettings) and channel.url.plain:
            place = loaded.place("channels", name, "webhook", "url")
            yield from _closed(channel.url.plain.reveal(), settings, place)


def _closed(url: str, settings: Settings, place: Place) -> Iterator[Fault]:
    """An address that would be refused each time, since it is private and nobody allowed it."""
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    if Guard(settings.network.allow_private).closes(host, port):
        door = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
        yield place.warning(
            f"{host} is not a public address, so it is refused",
            f'if it is meant, write "network: {{allow_private: ["{door}"]}}"',
        )


def _is_public(url: str) -> bool:
    """Whether an address looks like one of the public internet; nothing is looked up."""
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".internal", ".localhost", ".lan"))
