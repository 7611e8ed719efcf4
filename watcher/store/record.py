"""What the store tells: alerts as they were filed, their deliveries, the state of the outbox."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from watcher.alerts import About, Alert, Decision, Silence
from watcher.article import Article
from watcher.match.mention import Mention
from watcher.watchlist import Edition
from watcher.watchlist.official import Change


class Standing(StrEnum):
    """Where an alert stands, with one channel or as a whole."""

    HELD = "held"
    WAITING = "waiting"
    DELIVERED = "delivered"
    DEAD = "dead"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One attempt to deliver.

    Attributes:
        at: when it ended, aware, in UTC.
        outcome: "delivered", "postponed" or "dead".
        answer: what the receiver said, or why there was no answer.
    """

    at: datetime
    outcome: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispatch:
    """A row of the outbox: something on its way to a channel, or at its end.

    Attributes:
        key: the `webhook-id`.
        alert: the alert's id; "" if it is none.
        notice: the notice's id; "" if it is none. What is neither is a digest.
        digest: the key of the digest that the alert goes with; "" if it goes singly.
        channel: the channel's name; it may have left the operator's file.
        standing: waiting, delivered, dead or dropped.
        due: not to be tried before; of interest while it waits.
        held: it waits for its hour, by the quiet hours or for the digest of its rule.
        attempts: tries since it was last put into the outbox, without those brought forward.
        created: when it was first put there.
        ended: when it was delivered, given up or dropped; None while it waits.
        note: the last answer or reason; "" before the first try.
        behind: the key of the delivery that holds it up; "" if none does, or it waits no more.
        next_try: when it, or the one that holds it up, is tried next; None unless it waits.
        tries: every try ever, the first one first; empty in lists.
    """

    key: str
    alert: str = ""
    notice: str = ""
    digest: str = ""
    channel: str
    standing: Standing
    due: datetime
    held: bool = False
    attempts: int
    created: datetime
    ended: datetime | None
    note: str
    behind: str = ""
    next_try: datetime | None = None
    tries: tuple[Try, ...] = ()


@dataclass(frozen=True, slots=True)
class LookBack:
    """Entities that are still to be looked for in articles on record.

    Attributes:
        number: what it is called by.
        entities: their ids.
        since: articles first seen from then on are still to come.
        until: and before that.
    """

    number: int
    entities: frozenset[str]
    since: datetime
    until: datetime


class Verdict(StrEnum):
    """What people say of an alert."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What somebody said of an alert.

    Attributes:
        alert: its id.
        verdict: whether it was right.
        why: the reason, in their words; "" for none.
        by: who said so.
        at: when, aware, in UTC.
    """

    alert: str
    verdict: Verdict
    why: str = ""
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Precision:
    """How the alerts of one entity by one rule did.

    Attributes:
        rule: the rule's id.
        entity: the entity's id.
        raised: how many there are.
        confirmed: of how many people said that they were right.
        dismissed: of how many, that they were wrong.
    """

    rule: str
    entity: str
    raised: int
    confirmed: int
    dismissed: int

    @property
    def share(self) -> float | None:
        """How many of those that people judged were right, 0.0 to 1.0; None if they judged none."""
        judged = self.confirmed + self.dismissed
        return self.confirmed / judged if judged else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """An alert as it was recorded, and where it stands.

    Attributes:
        alert: the alert, word for word.
        decision: why it was sent or held.
        dispatches: one for each channel, by its name; none if it was held.
        silence: what held it; None if no silence did.
        rulings: what people said of it, the last word last.
    """

    alert: Alert
    decision: Decision
    dispatches: tuple[Dispatch, ...]
    silence: Silence | None = None
    rulings: tuple[Ruling, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """All that is known of an alert.

    Attributes:
        filed: the alert and its deliveries with every try.
        article: its article in the latest version, with the text.
        first_seen: when the article was first recorded; of an archive, when it was published.
        last_changed: when its latest version was.
        versions: how many versions were seen.
        mentions: what was found in the latest version, of any entity.
    """

    filed: Filed
    article: Article
    first_seen: datetime
    last_changed: datetime
    versions: int
    mentions: tuple[Mention, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulse:
    """How much has happened of late.

    Attributes:
        articles: first seen.
        alerts: raised, sent or held.
        sent: messages that arrived; a digest is one.
    """

    articles: int
    alerts: int
    sent: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How a channel's outbox stands; for health, metrics and `watcher outbox`.

    Attributes:
        channel: its name; it may have left the operator's file.
        waiting: deliveries to be tried.
        held: how many of these wait for their hour, as rules want it.
        delivered: deliveries that arrived.
        dead: deliveries given up.
        dropped: deliveries an operator threw away.
        oldest: when the longest waiting delivery was put there, those held left aside; None if
            none waits.
    """

    channel: str
    waiting: int = 0
    held: int = 0
    delivered: int = 0
    dead: int = 0
    dropped: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Suspension:
    """Why a channel is not sent to.

    Attributes:
        since: when it was suspended, aware, in UTC.
        reason: what the receiver said; of a closed channel what is wrong, and what to do.
        closed: whether it could not even be opened, mostly for want of its secret: then nothing
            but another start or reload helps.
    """

    since: datetime
    reason: str
    closed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reign:
    """Which rules and which watchlist were in force, from when on.

    Attributes:
        since: aware, in UTC; until the next one's.
        rules_version: of the rules.
        list_version: of the watchlist.
        editions: the official lists in it, by their versions.
        files: what stood in the files of rules, by their paths within their folder, in order; read
            again by `read_rules`. Empty if an older release noted it, which kept no files.
        listed: what changed in each official list against the reign before, by the list's name, in
            order; without those that came or went whole, and those that changed between two runs
            of the daemon.
    """

    since: datetime
    rules_version: str
    list_version: str
    editions: tuple[Edition, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    listed: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Matter:
    """What the operator may be in trouble with.

    Attributes:
        about: what kind of trouble.
        subject: with which channel, source, list or file, by name.
    """

    about: About
    subject: str


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it was read last.

    Attributes:
        article: the article with its text.
        first_seen: when it was first recorded (of an archive: published), aware, in UTC.
    """

    article: Article
    first_seen: datetime
