"""What the operator may set for each kind of channel."""

from __future__ import annotations

import re
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BeforeValidator, Field

from watcher.channels.signing import read_keys
from watcher.net import Security
from watcher.written import OR_ONE, Closed, CountOrNone, Line, SecretRef, listed, read_url

DIGEST_OVER = 50
"""Waiting alerts above which a channel sends digests: so many a person still reads singly."""


def _check_address(kept: SecretRef) -> SecretRef:
    """Refuse an openly written address that is none, without repeating it."""
    if kept.plain is not None:
        try:
            read_url(kept.plain.reveal())
        except ValueError:
            raise ValueError("this is not an http or https address; write https://…") from None
    return kept


def _check_key(kept: SecretRef) -> SecretRef:
    """Refuse an openly written key that cannot sign, without repeating it."""
    if kept.plain is not None:
        read_keys(kept.plain.reveal())
    return kept


Address = Annotated[SecretRef, AfterValidator(_check_address)]
"""An http or https address, written openly or kept like a secret."""


Key = Annotated[SecretRef, AfterValidator(_check_key)]
"""A webhook's signing key, written openly or kept."""


class TerminalSettings(Closed):
    """Alerts on the terminal (standard output) of the daemon.

    Attributes:
        digest_over: more waiting alerts than this go as one digest; `none` for never.
    """

    digest_over: CountOrNone = DIGEST_OVER


class SlackSettings(Closed):
    """Alerts through an incoming webhook of Slack.

    Attributes:
        webhook: where the address of the webhook is kept; whoever has it can post.
        digest_over: more waiting alerts than this go as one digest; `none` for never.
    """

    webhook: Address
    digest_over: CountOrNone = DIGEST_OVER


class WebhookSettings(Closed):
    """Alerts as Standard Webhooks 1.0.0.

    Attributes:
        url: the receiver's address; it may be kept like a secret.
        secret: where the signing key is kept; without it, messages are sent unsigned.
        digest_over: more waiting alerts than this go as one digest; `none` for never.
    """

    url: Address
    secret: Key | None = None
    digest_over: CountOrNone = DIGEST_OVER


def _check_server(value: str) -> str:
    """Refuse what is no `host:port`."""
    host, colon, port = value.rpartition(":")
    if not colon or not host or not port.isdigit() or not 1 <= int(port) <= 65535:
        raise ValueError(f'"{value}" is no mail server; write host:port, as mail.example:587')
    return value


def _check_mailbox(value: str) -> str:
    """Refuse what is no bare address of mail."""
    if not re.fullmatch(r"[!-;=?A-~]+@[\w.-]+", value, re.ASCII):
        raise ValueError(f'"{value}" is no address of mail; write desk@example.org')
    return value


Server = Annotated[Line, AfterValidator(_check_server)]
"""A mail server: `host:port`."""

Mailbox = Annotated[Line, AfterValidator(_check_mailbox)]
"""An address of mail, by itself."""


class MailSettings(Closed):
    """Alerts by mail.

    Attributes:
        server: the mail server, `host:port`.
        security: of the line to it: `starttls`, `tls` or `none`.
        sender: whom the mail is from.
        to: whom it goes to.
        user: to log in as; without it, nobody is logged in.
        password: where the password for that is kept.
        digest_over: more waiting alerts than this go as one digest; `none` for never.
    """

    server: Server
    security: Security = Security.STARTTLS
    sender: Mailbox = Field(alias="from")
    to: Annotated[tuple[Mailbox, ...], BeforeValidator(listed), OR_ONE, Field(min_length=1)]
    user: Line | None = None
    password: SecretRef | None = None
    digest_over: CountOrNone = DIGEST_OVER


class AppriseSettings(Closed):
    """Alerts through a service that Apprise knows.

    Attributes:
        url: where its address is kept; it holds the secrets.
        digest_over: more waiting alerts than this go as one digest; `none` for never.
    """

    url: SecretRef
    digest_over: CountOrNone = 10


ChannelSettings: TypeAlias = (
    TerminalSettings | SlackSettings | WebhookSettings | MailSettings | AppriseSettings
)
