"""From what was found in articles to what is recorded and sent.

The order is fixed and written once: raise, decide, route. Articles of one batch are judged in their
order, each knowing the alerts of those before it, so two copies of a story that arrive together
count as copies.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from watcher.alerts.alert import Alert
from watcher.alerts.decide import Decision, Limits, Past, Reason, decide
from watcher.alerts.mute import Silence
from watcher.alerts.raising import raise_alerts
from watcher.alerts.route import route
from watcher.alerts.story import Story, tell
from watcher.article import Article
from watcher.match.mention import Mention
from watcher.watchlist.hours import release
from watcher.watchlist.rulebook import Rulebook
from watcher.watchlist.status import Status


class Memory(Protocol):
    """What was raised before: the store's, or an empty one for rehearsals and the past."""

    def first_seen(self, article_id: str) -> datetime | None:
        """When the article was first recorded; None if it is new."""
        ...

    def past(self, alert: Alert, since: datetime) -> Sequence[Past]:
        """Alerts of this rule and entity sent since then, and this very alert if it exists."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """An alert and what becomes of it.

    Attributes:
        alert: the alert.
        decision: why it is sent or held.
        send_to: the channels that are told, in order; empty if it is held.
        release: when they are told, in UTC; None if at once.
        bundle: what it is told together with: the rule's other alerts of that time; "" if it goes
            by itself.
    """

    alert: Alert
    decision: Decision
    send_to: tuple[str, ...] = ()
    release: datetime | None = None
    bundle: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """An article with everything that was made of it: what the store records together.

    Attributes:
        article: the article with its text.
        mentions: what was found in it.
        judged: its alerts, in the order they were raised.
        story: what it is compared by later; None if it raised no alert.
        seen: when the article counts as first seen, aware; None for when it is first recorded.
    """

    article: Article
    mentions: tuple[Mention, ...] = ()
    judged: tuple[Judged, ...] = ()
    story: Story | None = None
    seen: datetime | None = None


def judge(  # noqa: PLR0913 - each says something else of what is to be told
    found: Iterable[tuple[Article, Sequence[Mention]]],
    rulebook: Rulebook,
    memory: Memory,
    *,
    now: datetime,
    max_age: timedelta | None = None,
    silences: Sequence[Silence] = (),
) -> tuple[Dossier, ...]:
    """Raise, decide and route the alerts of articles.

    Args:
        found: articles, each with its mentions, in the order they shall be told.
        rulebook: what is in force.
        memory: what was raised before.
        now: aware, in UTC.
        max_age: an article published longer before it was first seen is held; None for no limit.
        silences: what people want held back; those that are over hold nothing.

    Returns:
        One dossier an article, in order; those without an alert too, since they are seen as well.
    """
    bench = _Bench(rulebook, memory, now, Limits(max_age=max_age, silences=silences))
    return tuple(bench.hear(article, tuple(mentions)) for article, mentions in found)


def file_away(
    found: Iterable[tuple[Article, Sequence[Mention]]], rulebook: Rulebook, now: datetime
) -> tuple[Dossier, ...]:
    """Raise the alerts of articles of the past: all are held, and nobody is told.

    An article counts as first seen when it was published, if it says so, so that whoever goes
    through the past again meets it in its own time.

    Args:
        found: articles, each with its mentions.
        rulebook: what is in force.
        now: aware, in UTC.

    Returns:
        One dossier an article, in order.
    """
    return tuple(_past(article, tuple(mentions), rulebook, now) for article, mentions in found)


def _past(
    article: Article, mentions: tuple[Mention, ...], rulebook: Rulebook, now: datetime
) -> Dossier:
    held = Decision(Reason.ARCHIVE)
    alerts = raise_alerts(article, mentions, rulebook, now)
    return Dossier(
        article=article,
        mentions=mentions,
        judged=tuple(Judged(alert=alert, decision=held) for alert in alerts),
        story=tell(article) if alerts else None,
        seen=min(article.published, now) if article.published else None,
    )


class _Bench:
    """One batch in the judging: remembers what it has raised itself."""

    def __init__(self, rulebook: Rulebook, memory: Memory, now: datetime, limits: Limits) -> None:
        self._rulebook = rulebook
        self._rules = {rule.id: rule for rule in rulebook.rules}
        self._memory = memory
        self._now = now
        self._limits = limits
        self._raised: list[Past] = []

    def hear(self, article: Article, mentions: tuple[Mention, ...]) -> Dossier:
        alerts = raise_alerts(article, mentions, self._rulebook, self._now)
        if not alerts:
            return Dossier(article=article, mentions=mentions)
        story = tell(article)
        first_seen = self._memory.first_seen(article.id) or self._now
        judged = tuple(self._judge(alert, story, first_seen) for alert in alerts)
        return Dossier(article=article, mentions=mentions, judged=judged, story=story)

    def _judge(self, alert: Alert, story: Story, first_seen: datetime) -> Judged:
        rule = self._rules[alert.rule]
        # Twice the cool-down, so that a story that comes back afterwards is told as a repeat.
        past = self._memory.past(alert, self._now - 2 * rule.cool_down)
        entity = self._rulebook.watchlist[alert.entity]
        limits = replace(
            self._limits,
            cool_down=rule.cool_down,
            on_test=Status.TEST in (rule.status, entity.status),
        )
        decision = decide(
            alert, story, (*self._raised, *past), limits=limits, first_seen=first_seen
        )
        self._raised.append(remember(alert, decision, story))
        if not decision.reason.sends:
            return Judged(alert=alert, decision=decision)
        return Judged(
            alert=alert,
            decision=decision,
            send_to=route(rule),
            release=release(self._now, rule.digest, rule.quiet_hours),
            bundle=rule.id if rule.digest else "",
        )


def remember(alert: Alert, decision: Decision, story: Story) -> Past:
    """What later decisions need to know of an alert."""
    return Past(
        alert=alert.id,
        rule=alert.rule,
        entity=alert.entity,
        score=alert.score,
        raised=alert.raised,
        reason=decision.reason,
        story=story,
    )
