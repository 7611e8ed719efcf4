"""What the operator decided, as one value; each floor's own settings live with that floor."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator

from watcher.channels.settings import ChannelSettings
from watcher.config.lists import ListSettings
from watcher.feeds.settings import SourceSettings
from watcher.net import Manners
from watcher.written import Closed, DurationOrNone

MAX_AGE = timedelta(days=3)
"""How old an article may be when first seen and still be alerted, unless the operator says else."""


class LogFormat(StrEnum):
    """How the log is written; `auto` is text on a terminal and JSON elsewhere."""

    AUTO = "auto"
    JSON = "json"
    TEXT = "text"


class LogLevel(StrEnum):
    """The least important events that are logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogSettings(Closed):
    """How the daemon logs.

    Attributes:
        format: `auto` (text on a terminal, JSON elsewhere), `json` or `text`.
        level: the least that is logged: `debug`, `info`, `warning` or `error`.
    """

    format: LogFormat = LogFormat.AUTO
    level: LogLevel = LogLevel.INFO


def _check_keep(span: timedelta | None) -> timedelta | None:
    """Refuse to forget what came yesterday."""
    if span is not None and span < timedelta(days=7):
        raise ValueError("this is too short; write 7d or more, such as 180d, or none")
    return span


KeepOrNone = Annotated[DurationOrNone, AfterValidator(_check_keep)]
"""How long something is kept, or `none` for ever."""


class KeepSettings(Closed):
    """How long the record keeps what is old.

    Attributes:
        articles: the texts of articles that raised no alert, `7d` or more; `none` for ever.
        alerts: alerts with their articles, deliveries and every try, `7d` or more; `none` for ever.
            What waits or was given up is always kept.
    """

    articles: KeepOrNone = timedelta(days=180)
    alerts: KeepOrNone = timedelta(days=1095)


@dataclass(frozen=True, slots=True)
class NetworkSettings:
    """How the network may be used.

    Attributes:
        allow_private: `host:port`, addresses and CIDR blocks that may be reached although private.
        hosts: manners for single hosts, by lower-case name without port.
    """

    allow_private: tuple[str, ...] = ()
    hosts: Mapping[str, Manners] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The operator's file.

    Attributes:
        file: the file itself; absolute, like all paths here.
        state: the folder of the database and the caches; it need not exist.
        rules: the analysts' folder, or one file.
        sources: in the order of the file; keys and names are unique.
        lists: official lists that are watched besides; names are unique.
        channels: by name, in the order of the file.
        max_age: an article published longer ago when first seen is recorded, not alerted; None for
            no limit.
        look_back: how far back new entities are looked for in the articles on record; None for not
            at all.
        admin: channels for the operator, who is told of trouble and of its end.
        heartbeat: how often the operator is told that all is running; None for never.
        network: how the network may be used.
        contact: what publishers find in the user agent; "" for nothing.
        log: how the daemon logs.
        keep: how long the record keeps what is old.
    """

    file: Path
    state: Path
    rules: Path
    sources: tuple[SourceSettings, ...] = ()
    lists: tuple[ListSettings, ...] = ()
    channels: Mapping[str, ChannelSettings] = field(default_factory=dict)
    max_age: timedelta | None = MAX_AGE
    look_back: timedelta | None = None
    admin: tuple[str, ...] = ()
    heartbeat: timedelta | None = None
    network: NetworkSettings = NetworkSettings()
    contact: str = ""
    log: LogSettings = field(default_factory=LogSettings)
    keep: KeepSettings = field(default_factory=KeepSettings)
