"""Send an alert or hold it, and why.

The order is fixed: an alert that exists already is nothing new; what somebody has silenced is not
told; an article too old is not news; of what is on test nobody is told; a story that was alerted
within the rule's cool-down stays silent unless the name is surer now. A held alert is recorded with
its reason, so that nobody has to guess why it was silent. What is found in an archive is not
decided about: it is always held.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from watcher.alerts.alert import Alert
from watcher.alerts.mute import Silence, mute
from watcher.alerts.story import Story, same_story

STRONGER_BY = 0.1
"""By how much a score must beat the last one in its story to break the silence.

A judgement: copies of one story differ by a few hundredths, a full name against a short one by
more."""


class Reason(StrEnum):
    """Why an alert is sent or held, in the words that logs, alerts and commands print."""

    FIRST = "first"
    STRONGER = "stronger"
    REPEAT = "repeat"
    SAME_STORY = "same story"
    TOO_OLD = "too old"
    TEST = "test"
    KNOWN = "known"
    SILENCED = "silenced"
    ARCHIVE = "archive"

    @property
    def sends(self) -> bool:
        """Whether an alert with this reason goes out; otherwise it is held."""
        return self in SENDING


SENDING = frozenset({Reason.FIRST, Reason.STRONGER, Reason.REPEAT})
"""The reasons that send; the others hold."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An alert raised earlier, as far as a decision needs it.

    Attributes:
        alert: its id.
        rule: the rule's id.
        entity: the entity's id.
        score: 0.0 to 1.0.
        raised: when, aware, in UTC.
        reason: why it was sent or held.
        story: what its article told.
    """

    alert: str
    rule: str
    entity: str
    score: float
    raised: datetime
    reason: Reason
    story: Story


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an alert.

    Attributes:
        reason: why it is sent or held.
        earlier: the id of the alert it was measured against; "" if none.
        silence: the number of the silence that holds it; 0 if none does.
    """

    reason: Reason
    earlier: str = ""
    silence: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What may hold an alert back.

    Attributes:
        cool_down: how long the same entity in the same story stays silent; zero for never.
        max_age: an article published longer before it was first seen is not news; None for no
            limit.
        on_test: the rule or the entity is on test.
        silences: made by people; those that are over hold nothing.
    """

    cool_down: timedelta = timedelta(0)
    max_age: timedelta | None = None
    on_test: bool = False
    silences: Sequence[Silence] = ()


def decide(
    alert: Alert, story: Story, past: Sequence[Past], *, limits: Limits, first_seen: datetime
) -> Decision:
    """Say whether an alert is sent.

    The silence counts from the last alert that was *sent*, so held copies never prolong it.

    Args:
        alert: the alert, raised now.
        story: what its article tells.
        past: alerts raised earlier, in any order; only those of the same rule and entity count.
        limits: the rule's cool-down, the operator's age limit, the silences, and whether this is
            but a test.
        first_seen: when its article was first seen; an edit does not make an article older.
    """
    kin = [old for old in past if (old.rule, old.entity) == (alert.rule, alert.entity)]
    if any(old.alert == alert.id for old in kin):
        return Decision(Reason.KNOWN, alert.id)
    if silence := mute(alert, limits.silences):
        return Decision(Reason.SILENCED, silence=silence.number)
    if _is_old(alert, limits.max_age, first_seen):
        return Decision(Reason.TOO_OLD)
    if limits.on_test:
        return Decision(Reason.TEST)
    last = _last_told(story, kin) if limits.cool_down else None
    if last is None:
        return Decision(Reason.FIRST)
    return Decision(_weigh(alert, last, limits.cool_down), last.alert)


def _is_old(alert: Alert, max_age: timedelta | None, first_seen: datetime) -> bool:
    published = alert.article.published
    return max_age is not None and published is not None and first_seen - published > max_age


def _last_told(story: Story, kin: Sequence[Past]) -> Past | None:
    told = (old for old in kin if old.reason.sends and same_story(story, old.story))
    # Of those raised in one moment, each was told because it was surer than the one before.
    return max(told, key=lambda old: (old.raised, old.score), default=None)


def _weigh(alert: Alert, last: Past, cool_down: timedelta) -> Reason:
    if alert.score >= last.score + STRONGER_BY:
        return Reason.STRONGER
    if alert.raised - last.raised >= cool_down:
        return Reason.REPEAT
    return Reason.SAME_STORY
