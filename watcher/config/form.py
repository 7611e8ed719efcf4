"""The shape of the operator's file: its keys, and what may stand behind each."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from watcher.channels.settings import (
    AppriseSettings,
    ChannelSettings,
    MailSettings,
    SlackSettings,
    TerminalSettings,
    WebhookSettings,
)
from watcher.config.lists import ListForm
from watcher.config.settings import (
    MAX_AGE,
    KeepSettings,
    LogSettings,
    NetworkSettings,
    Settings,
)
from watcher.feeds.settings import AnySource
from watcher.net import Guard, Manners
from watcher.written import (
    OR_EMPTY,
    OR_ONE,
    Closed,
    Count,
    Duration,
    DurationOrNone,
    FilePath,
    Id,
    Ids,
    Line,
    listed,
)

STATE = Path("var")
"""The folder of the record, unless somebody says else."""


def _check_opening(entry: str) -> str:
    """Refuse what the guard cannot read, in its own words."""
    try:
        Guard((entry,))
    except ValueError as error:
        advice = "write host:port, an address such as 10.1.2.3, or a block such as 10.0.0.0/8"
        raise ValueError(f"{error}; {advice}") from None
    return entry


Opening = Annotated[Line, AfterValidator(_check_opening)]
"""A private place that may be reached."""


def _check_host(host: str) -> str:
    """The name or address of a host as the network knows it: lower case, no scheme, no port."""
    bare = host.lower().removeprefix("[").removesuffix("]").rstrip(".")
    try:
        return str(ip_address(bare))
    except ValueError:
        if re.fullmatch(r"[^\s/:@?#\[\]]+", bare):
            return bare
    raise ValueError(f'"{host}" is not the name of a host; write it without scheme, path and port')


Host = Annotated[Line, AfterValidator(_check_host)]
"""The name or address of a host, by itself."""


def _check_heartbeat(every: timedelta | None) -> timedelta | None:
    """Refuse signs of life by the minute, which nobody reads."""
    if every is not None and every < timedelta(hours=1):
        raise ValueError("this is too short; write 1h or more, such as 1d")
    return every


HeartbeatOrNone = Annotated[DurationOrNone, AfterValidator(_check_heartbeat)]
"""How often a sign of life is given, or `none`."""


def _no_keys(value: Any) -> Any:
    """A key that is left without a value holds an empty block."""
    return {} if value is None else value


def _no_twins(value: Any) -> Any:
    """Refuse a host that stands twice in two spellings, of which one would count unseen."""
    known: dict[str, str] = {}
    for written in value if isinstance(value, Mapping) else ():
        first = known.setdefault(_spelt(written), written)
        if first != written:
            raise ValueError(f'"{first}" and "{written}" are the same host; keep one of them')
    return value


def _spelt(written: str) -> str:
    """A host as the network knows it; what is none, as it is."""
    try:
        return _check_host(written)
    except ValueError:
        return written


class ChannelForm(Closed):
    """One channel: its only key says which kind it is.

    Attributes:
        terminal: alerts on standard output; `{}` is enough.
        slack: alerts through an incoming webhook of Slack.
        webhook: alerts as Standard Webhooks 1.0.0, for programs.
        mail: alerts by mail.
        apprise: alerts through a service that Apprise knows.
    """

    terminal: Annotated[TerminalSettings | None, BeforeValidator(_no_keys), OR_EMPTY] = None
    slack: SlackSettings | None = None
    webhook: WebhookSettings | None = None
    mail: MailSettings | None = None
    apprise: AppriseSettings | None = None

    @model_validator(mode="after")
    def _is_one(self) -> ChannelForm:
        if self._kinds().count(None) != 4:
            raise ValueError(
                "a channel is one of terminal, slack, webhook, mail and apprise; write"
                " {terminal: {}}, {slack: {webhook: …}}, {webhook: {url: …}},"
                " {mail: {server: …, from: …, to: …}} or {apprise: {url: …}}"
            )
        return self

    def settings(self) -> ChannelSettings:
        """The settings of whichever kind it is."""
        return next(kind for kind in self._kinds() if kind is not None)

    def _kinds(self) -> list[ChannelSettings | None]:
        return [self.terminal, self.slack, self.webhook, self.mail, self.apprise]


class HostForm(Closed):
    """Manners towards one host.

    Attributes:
        spacing: the least time between two requests.
        at_once: requests at the same time.
    """

    spacing: Duration = timedelta(seconds=5)
    at_once: Count = 1


class NetworkForm(Closed):
    """How the network may be used.

    Attributes:
        allow_private: `host:port`, addresses and blocks of addresses that may be reached although
            they are private.
        hosts: manners for single hosts, by name.
    """

    allow_private: Annotated[tuple[Opening, ...], BeforeValidator(listed), OR_ONE] = ()
    hosts: Annotated[
        dict[Host, HostForm], BeforeValidator(_no_twins), BeforeValidator(_no_keys), OR_EMPTY
    ] = Field(default_factory=dict)

    def settings(self) -> NetworkSettings:
        """The block as the daemon uses it."""
        hosts = {
            host: Manners(spacing=form.spacing, at_once=form.at_once)
            for host, form in self.hosts.items()
        }
        return NetworkSettings(self.allow_private, hosts)


class ConfigFile(Closed):
    """The operator's file. Paths count from the folder it stands in.

    Attributes:
        state: the folder of the database and of what is fetched.
        rules: the analysts' folder, or one file of rules.
        sources: what is read.
        lists: official lists that are watched besides the rules' own entities.
        channels: who is told, by the names that rules use.
        max_age: an article published longer ago when first seen is recorded, not alerted; `none`
            for no limit.
        look_back: how far back new entities are looked for in the articles on record; `none` for
            not at all.
        admin: channels that are told of trouble.
        heartbeat: how often these are told that all is running, `1h` or more; `none` for never.
        network: how the network may be used.
        contact: what publishers find in the user agent: an address or a page.
        log: how the daemon logs.
        keep: how long the record keeps what is old.
    """

    state: FilePath = Field(default=STATE, validate_default=True)
    rules: FilePath = Field(default=Path("rules"), validate_default=True)
    sources: Annotated[tuple[AnySource, ...], BeforeValidator(listed), OR_EMPTY] = ()
    lists: Annotated[tuple[ListForm, ...], BeforeValidator(listed), OR_EMPTY] = ()
    channels: Annotated[dict[Id, ChannelForm], BeforeValidator(_no_keys), OR_EMPTY] = Field(
        default_factory=dict
    )
    max_age: DurationOrNone = MAX_AGE
    look_back: DurationOrNone = None
    admin: Ids = ()
    heartbeat: HeartbeatOrNone = None
    network: Annotated[NetworkForm, BeforeValidator(_no_keys), OR_EMPTY] = NetworkForm()
    contact: Line | None = None
    log: Annotated[LogSettings, BeforeValidator(_no_keys), OR_EMPTY] = LogSettings()
    keep: Annotated[KeepSettings, BeforeValidator(_no_keys), OR_EMPTY] = KeepSettings()

    def settings(self, file: Path) -> Settings:
        """The file as the daemon uses it."""
        return Settings(
            file=file,
            state=self.state,
            rules=self.rules,
            sources=self.sources,
            lists=tuple(form.settings(self.state) for form in self.lists),
            channels={name: form.settings() for name, form in self.channels.items()},
            max_age=self.max_age,
            look_back=self.look_back,
            admin=self.admin,
            heartbeat=self.heartbeat,
            network=self.network.settings(),
            contact=self.contact or "",
            log=self.log,
            keep=self.keep,
        )
