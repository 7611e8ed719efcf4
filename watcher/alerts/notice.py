"""What the operator is told of the watch itself: a trouble, its end, a sign of life.

A trouble is told once when it begins and once when it is over, however long it lasts. Notices go
through the outbox like alerts, so none is lost, and a repeat has the same key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from watcher.alerts.clean import isolate, shorten, tidy
from watcher.alerts.data import stamp
from watcher.alerts.identity import notice_id

_LONGEST = 600
"""Code points shown of what a notice says; a line or two is enough to know where to look."""


class Event(StrEnum):
    """What a notice tells: webhooks get it behind `notice.`."""

    TROUBLE = "trouble"
    HEALED = "healed"
    HEARTBEAT = "heartbeat"


class About(StrEnum):
    """What a notice is about."""

    CHANNEL_CLOSED = "channel closed"
    CHANNEL_FAILING = "channel failing"
    CHANNEL_SUSPENDED = "channel suspended"
    DEAD_LETTERS = "dead letters"
    SOURCE_FAILING = "source failing"
    SOURCE_SILENT = "source silent"
    LIST_REFUSED = "list refused"
    RELOAD_REFUSED = "reload refused"
    WATCH = "watch"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One message to the operator.

    Attributes:
        id: made from all the rest but the words, so that the same notice has the same id.
        event: what it tells.
        about: what it is about.
        subject: of which channel, source, list or file, by name; "" for the watch as a whole.
        says: what happened and what to do, in words.
        raised: when, aware, in UTC.
        since: when the trouble began that is healed; None otherwise.
    """

    id: str
    event: Event
    about: About
    subject: str
    says: str
    raised: datetime
    since: datetime | None = None

    @property
    def headline(self) -> str:
        """What it is about, in one line that is fit to be shown."""
        subject = isolate(shorten(tidy(self.subject).strip(), 200))
        words = " ".join(filter(None, (self.about, subject)))
        match self.event:
            case Event.TROUBLE:
                return f"watcher: {words}"
            case Event.HEALED:
                return f"watcher: {words}: healed"
            case _:
                return "watcher: all is running"

    @property
    def words(self) -> str:
        """What it says, in one line that is fit to be shown."""
        return shorten(tidy(self.says).strip(), _LONGEST)


def write_notice(  # noqa: PLR0913, PLR0917 - each is one attribute
    event: Event,
    about: About,
    subject: str,
    says: str,
    raised: datetime,
    since: datetime | None = None,
) -> Notice:
    """A notice with its id."""
    return Notice(
        id=notice_id(event, about, subject, stamp(since or raised)),
        event=event,
        about=about,
        subject=subject,
        says=says,
        raised=raised,
        since=since,
    )


def notice_data(notice: Notice) -> dict[str, object]:
    """A notice as the `data` of a webhook's body; keys are added, never renamed."""
    return {
        "notice": notice.id,
        "about": notice.about.value,
        "subject": notice.subject,
        "says": notice.says,
        "since": stamp(notice.since) if notice.since else None,
    }
