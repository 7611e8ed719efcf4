"""What is done when an entity is seen: the analysts' rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from watcher.watchlist.hours import Quiet, Rhythm
from watcher.watchlist.status import Status


class Severity(StrEnum):
    """How much an alert matters, in the analysts' judgement; the least first."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A text and the entities for which the rule must (and must not) alert on it.

    Attributes:
        text: an article in small.
        alert: ids of exactly the entities the rule must alert for; empty for none.
        where: "file:line:column" of the test, for messages; "" if it has no file.
        title: its headline; "" for none.
        source: the source it is from; "" for whichever the rule asks for.
        language: its language; "" for whichever the rule asks for.
    """

    text: str
    alert: tuple[str, ...]
    where: str = ""
    title: str = ""
    source: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Near:
    """Words of which one must stand near a mention for the mention to count.

    Attributes:
        words: words and phrases.
        within: how many words may stand between; None for "in the same sentence".
    """

    words: tuple[str, ...]
    within: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conditions:
    """What else must be so of an article for a rule to alert; empty conditions hold always.

    Words and phrases are compared folded and without affixes; `*` at the end of a word stands for
    any ending.

    Attributes:
        every: each of these must stand in it (`all:`).
        some: one of these must stand in it (`any:`).
        unless: none of these may stand in it.
        near: one of these must stand near the mention.
        sources: it must be from one of these, by name.
        languages: it must be in one of these; an article that does not say its language may be.
    """

    every: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    near: Near | None = None
    sources: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which entities are watched, how sure to be, and who is told.

    Attributes:
        id: unique among the rules.
        entities: ids of the watched entities (tags are resolved when the files are read).
        send_to: names of channels, in order.
        min_score: alert only at or above; None for the general bar.
        conditions: what else must be so of the article.
        cool_down: how long the same entity in the same story stays silent; zero for never.
        severity: how much its alerts matter.
        digest: its alerts go together at these times; None if each goes by itself.
        quiet_hours: when nobody is told; what is raised then is told afterwards.
        status: live; on test, its alerts are recorded and nobody is told.
        owner: whom to ask about it.
        note: why it is there; for people only.
        tests: run by `check` and on every reload.
    """

    id: str
    entities: frozenset[str]
    send_to: tuple[str, ...]
    min_score: float | None = None
    conditions: Conditions = Conditions()
    cool_down: timedelta = timedelta(0)
    severity: Severity = Severity.NORMAL
    digest: Rhythm | None = None
    quiet_hours: tuple[Quiet, ...] = ()
    status: Status = Status.LIVE
    owner: str = ""
    note: str = ""
    tests: tuple[RuleTest, ...] = ()
