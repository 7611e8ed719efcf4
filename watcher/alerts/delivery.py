"""What goes to a channel: one alert, many in a digest, or a notice to the operator."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from watcher.alerts.alert import Alert
from watcher.alerts.notice import Notice


@dataclass(frozen=True, slots=True)
class Digest:
    """Alerts that go to a channel together, because many waited for it.

    Attributes:
        alerts: at least two, in the order in which they would have gone singly.
        made: when the last of them was raised, aware, in UTC: the same whenever and however often
            these are put together.
    """

    alerts: tuple[Alert, ...]
    made: datetime


Content: TypeAlias = Alert | Digest | Notice
"""What a delivery carries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """Something on its way to one channel: a row of the outbox.

    Attributes:
        key: the idempotency key (`webhook-id`), made from content and channel, the same for ever.
        channel: the channel's name.
        content: what is sent.
        attempts: tries so far that count; see `planned`.
        planned: when the schedule wants the next try, if this one comes before its time; its
            failure then counts for nothing. None if this is the one that the schedule wants.
    """

    key: str
    channel: str
    content: Content
    attempts: int = 0
    planned: datetime | None = None
