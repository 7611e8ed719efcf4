"""What is done when an entity is seen: the analysts' rules."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleTest:
    """A text and the entities for which the rule must (and must not) alert on it.

    Attributes:
        text: an article in small.
        alert: ids of exactly the entities the rule must alert for; empty for none.
        where: "file:line:column" of the test, for messages; "" if it has no file.
    """

    text: str
    alert: tuple[str, ...]
    where: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """Which entities are watched, how sure to be, and who is told.

    Attributes:
        id: unique among the rules.
        entities: ids of the watched entities (tags are resolved when the files are read).
        send_to: names of channels, in order.
        min_score: alert only at or above; None for the general bar.
        cool_down: how long the same entity in the same story stays silent; zero for never.
        tests: run by `check` and on every reload.
    """

    id: str
    entities: frozenset[str]
    send_to: tuple[str, ...]
    min_score: float | None = None
    cool_down: timedelta = timedelta(0)
    tests: tuple[RuleTest, ...] = ()
