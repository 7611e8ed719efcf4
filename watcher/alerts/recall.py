"""Memories that nothing is written to: for rehearsals, and for the past gone through again."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from watcher.alerts.alert import Alert
from watcher.alerts.decide import Past
from watcher.alerts.judge import Dossier, Memory, remember


class Recall:
    """What was sent in a run through articles in the order of their time; empty at first."""

    def __init__(self) -> None:
        self._sent: defaultdict[tuple[str, str], list[Past]] = defaultdict(list)

    def learn(self, dossier: Dossier) -> None:
        """Remember the alerts of an article that were sent; those that were held hold nothing."""
        if dossier.story is None:
            return
        for judged in dossier.judged:
            if judged.decision.reason.sends:
                alert = judged.alert
                past = remember(alert, judged.decision, dossier.story)
                self._sent[alert.rule, alert.entity].append(past)

    def first_seen(self, article_id: str) -> datetime | None:
        """Of no article: each comes once, when it was first seen."""
        del article_id
        return None

    def past(self, alert: Alert, since: datetime) -> tuple[Past, ...]:
        """Alerts of this rule and entity sent since then; what is older is forgotten."""
        kin = (alert.rule, alert.entity)
        self._sent[kin] = [old for old in self._sent[kin] if old.raised >= since]
        return tuple(self._sent[kin])


class AsOf:
    """Another memory as it was when an article came, before anything was raised for it."""

    def __init__(self, memory: Memory, at: datetime, article_id: str) -> None:
        self._memory = memory
        self._at = at
        self._article = article_id

    def first_seen(self, article_id: str) -> datetime | None:
        """When the article came."""
        return self._at if article_id == self._article else self._memory.first_seen(article_id)

    def past(self, alert: Alert, since: datetime) -> tuple[Past, ...]:
        """What was raised before, this very alert left out, and what was told only after it."""
        found = self._memory.past(alert, since)
        own = next((old for old in found if old.alert == alert.id), None)
        before = (old for old in found if old.raised <= self._at and old.alert != alert.id)
        return tuple(old for old in before if own is None or not _follows(old, own))


def _follows(old: Past, own: Past) -> bool:
    """Whether an alert of the very moment was told after one that was told too: it is surer."""
    return own.reason.sends and old.raised == own.raised and old.score > own.score
