"""Who is silenced, until when, and by whom: a silence holds alerts back that would be sent.

Nobody is silenced for good: a silence has an end and a reason, so that what was switched off on a
bad day does not stay off unseen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import assert_never

from watcher.alerts.alert import Alert


class Target(StrEnum):
    """What a silence is about."""

    ENTITY = "entity"
    RULE = "rule"
    FEED = "feed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Alerts of one entity, rule or feed are held back for a time.

    Attributes:
        number: its id; 0 before it is recorded.
        target: what it is about.
        subject: the id of the entity or rule, the name of the source.
        until: its end, aware, in UTC.
        why: the reason, in the words of whoever made it.
        by: who that was.
        made: when.
        ended: when somebody ended it before its time; None if nobody did.
        ended_by: who that was; "" if nobody did.
    """

    number: int = 0
    target: Target
    subject: str
    until: datetime
    why: str
    by: str
    made: datetime
    ended: datetime | None = None
    ended_by: str = ""

    def lasts(self, at: datetime) -> bool:
        """Whether it holds alerts back at a time."""
        return self.made <= at < self.until and (self.ended is None or at < self.ended)


def mute(alert: Alert, silences: Iterable[Silence]) -> Silence | None:
    """The silence that holds an alert back, of several the one that ends last; None if none does.

    Args:
        alert: raised now.
        silences: all there are; those that are over hold nothing.
    """
    return next(iter(mutes(alert, silences)), None)


def mutes(alert: Alert, silences: Iterable[Silence]) -> tuple[Silence, ...]:
    """The silences that hold an alert back, the one that ends last first; as for `mute`."""
    holding = (s for s in silences if s.subject == _subject(alert, s) and s.lasts(alert.raised))
    return tuple(sorted(holding, key=lambda silence: silence.until, reverse=True))


def _subject(alert: Alert, silence: Silence) -> str:
    match silence.target:
        case Target.ENTITY:
            return alert.entity
        case Target.RULE:
            return alert.rule
        case Target.FEED:
            return alert.article.source
        case _:
            assert_never(silence.target)
