"""From the operator's settings to channels that are ready to send."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TextIO, assert_never

from watcher.channels.apprise import AppriseChannel
from watcher.channels.channel import Channel
from watcher.channels.mail import MailChannel
from watcher.channels.settings import (
    AppriseSettings,
    ChannelSettings,
    MailSettings,
    SlackSettings,
    TerminalSettings,
    WebhookSettings,
)
from watcher.channels.signing import parse_keys
from watcher.channels.slack import SlackChannel
from watcher.channels.terminal import TerminalChannel, wants_colour
from watcher.channels.webhook import WebhookChannel
from watcher.errors import ConfigError
from watcher.net import Client, Guard, Relay, trusted
from watcher.written import Secret, SecretRef, read_url


def open_channels(
    settings: Mapping[str, ChannelSettings],
    *,
    client: Client,
    environ: Mapping[str, str],
    stream: TextIO,
    guard: Guard,
) -> dict[str, Channel]:
    """The channels by name, in the order of the settings; secrets are read here, once.

    Args:
        settings: by the channel's name.
        client: from `watcher.net.open_client`; the caller closes it, after the last send.
        environ: the process's environment, for secrets and for colours.
        stream: where terminal channels write.
        guard: which addresses mail may be handed to.

    Raises:
        ConfigError: secrets are missing or wrong; the message lists every one, one a line.
    """
    channels: dict[str, Channel] = {}
    faults: list[str] = []
    for name, kind in settings.items():
        try:
            channels[name] = _open(name, kind, client, environ, stream, guard)
        except ConfigError as error:
            faults.append(str(error))
    if faults:
        raise ConfigError("\n".join(faults))
    return channels


def _open(  # noqa: PLR0913, PLR0917 - what any of the kinds needs
    name: str,
    kind: ChannelSettings,
    client: Client,
    environ: Mapping[str, str],
    stream: TextIO,
    guard: Guard,
) -> Channel:
    match kind:
        case TerminalSettings():
            colour = wants_colour(stream, environ)
            return TerminalChannel(
                name=name, stream=stream, colour=colour, digest_over=kind.digest_over
            )
        case SlackSettings():
            url = _address(name, kind.webhook, environ)
            return SlackChannel(name=name, url=url, client=client, digest_over=kind.digest_over)
        case WebhookSettings():
            url = _address(name, kind.url, environ)
            secret = _resolve(name, kind.secret, environ).reveal() if kind.secret else None
            keys = parse_keys(secret, name) if secret is not None else ()
            return WebhookChannel(
                name=name, url=url, keys=keys, client=client, digest_over=kind.digest_over
            )
        case MailSettings():
            return _mail(name, kind, guard, environ)
        case AppriseSettings():
            _require_apprise(name)
            return AppriseChannel(
                name=name,
                url=_resolve(name, kind.url, environ),
                allow_private=guard.allow_private,
                digest_over=kind.digest_over,
            )
        case _:
            assert_never(kind)


def _require_apprise(name: str) -> None:
    if find_spec("apprise") is None:
        raise ConfigError(
            f'channel "{name}": Apprise is not installed;'
            ' run: pip install "entity-watcher[apprise]"'
        )


def _mail(name: str, kind: MailSettings, guard: Guard, environ: Mapping[str, str]) -> MailChannel:
    host, _, port = kind.server.rpartition(":")
    password = _resolve(name, kind.password, environ) if kind.password else None
    relay = Relay(
        host=host.strip("[]"),
        port=int(port),
        security=kind.security,
        user=kind.user or "",
        password=password,
    )
    return MailChannel(
        name=name,
        relay=relay,
        sender=kind.sender,
        to=kind.to,
        guard=guard,
        trust=trusted(),
        digest_over=kind.digest_over,
    )


def _address(name: str, kept: SecretRef, environ: Mapping[str, str]) -> Secret:
    address = _resolve(name, kept, environ)
    try:
        read_url(address.reveal())
    except ValueError:
        # The cause would show the address, which may be the secret.
        raise ConfigError(
            f'channel "{name}": its address is not http or https; write the whole of it, https://…'
        ) from None
    return address


def _resolve(name: str, kept: SecretRef, environ: Mapping[str, str]) -> Secret:
    try:
        return kept.resolve(environ)
    except ConfigError as error:
        raise ConfigError(f'channel "{name}": {error}') from error
