"""What is remembered about a source between two looks at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Health(StrEnum):
    """How a source is doing, in the words that logs and `watcher feeds` use."""

    NEW = "new"
    OK = "ok"
    SLOW = "slow"
    BLOCKED = "blocked"
    GONE = "gone"
    SILENT = "silent"
    GARBLED = "garbled"
    NOT_A_FEED = "not a feed"
    REFUSED = "refused"
    UNREACHABLE = "unreachable"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """The memory of one source; stored whole after every look at it.

    Attributes:
        key: what identifies the source across restarts and renames: the feed's address or the
            folder's path.
        name: what people call it.
        due: when to look next, aware, in UTC.
        because: why then, in words; "" before the first look.
        health: how it is doing since `since`, and `reason` says why in words ("" if ok).
        failures: looks in a row that failed.
        etag: the validator of the last full answer, byte for byte; "" if none.
        modified: its Last-Modified, byte for byte; "" if none.
        last_look: when it was last looked at; None before the first.
        last_ok: when a look last succeeded.
        last_full: when a full (not 304) answer was last read.
        last_new: when something new was last found.
        moved_to: an address that answers say is permanent; "" if none; `moved_since` when first so.
        digest: of the last full answer that could be read; "" if none.
        wait: the interval found by the share of news; None if it was never adapted.
        ttl: how long the last full answer said that it does not change; None if it did not say.
        rests: hours of the day, in UTC, in which the last full answer asked not to be asked.
        usual: how long it is used to bring nothing new; None if nobody can tell yet.
        decided: what was decided when it was last read in full, such as its encoding, in words.
    """

    key: str
    name: str
    due: datetime
    because: str = ""
    health: Health = Health.NEW
    reason: str = ""
    since: datetime | None = None
    failures: int = 0
    etag: str = ""
    modified: str = ""
    last_look: datetime | None = None
    last_ok: datetime | None = None
    last_full: datetime | None = None
    last_new: datetime | None = None
    moved_to: str = ""
    moved_since: datetime | None = None
    digest: str = ""
    wait: timedelta | None = None
    ttl: timedelta | None = None
    rests: frozenset[int] = frozenset()
    usual: timedelta | None = None
    decided: str = ""

    @property
    def is_partial(self) -> bool:
        """Whether it answers, and only a part of what it answered could be read."""
        return not self.failures and self.health in {Health.GARBLED, Health.SLOW}

    @property
    def complaint(self) -> str:
        """Its health and the reason in one line; where the reason begins so, it is enough."""
        named = f"{self.health}: "
        return self.reason if self.reason.startswith(named) else named + self.reason
