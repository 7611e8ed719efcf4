"""The road from an article to the alerts of one entity, gone step by step for who asks why.

The steps are those that every article goes, so nothing here can say otherwise than what is done.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from watcher.alerts.conditions import Answer
from watcher.alerts.decide import Limits, Past
from watcher.alerts.hear import Scene, answers
from watcher.alerts.judge import Judged, Memory, judge
from watcher.article import Article
from watcher.match import Index, Trace, trace
from watcher.watchlist.entity import Entity
from watcher.watchlist.rule import Rule
from watcher.watchlist.rulebook import Rulebook


@dataclass(frozen=True, slots=True)
class Question:
    """Why does this article alert for this entity, or not?

    Attributes:
        article: the article with its text.
        entity: the entity's id; it must be one of the rulebook.
        at: when the article was first seen, aware, in UTC.
    """

    article: Article
    entity: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Branch:
    """What one rule makes of it.

    Attributes:
        rule: the rule.
        answers: what it asks, and how that is answered.
        judged: the alert and what becomes of it; None if the rule raises none.
        earlier: the alert that the decision was measured against; None if there is none.
    """

    rule: Rule
    answers: tuple[Answer, ...]
    judged: Judged | None = None
    earlier: Past | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """The whole road.

    Attributes:
        question: what was asked.
        entity: the entity.
        trace: what of the article may be the entity, and what was found.
        branches: the rules that watch the entity, in order.
        limits: what may hold alerts back besides the rules' own cool-down.
        off: ids of rules that watch the entity and have `status: off`.
    """

    question: Question
    entity: Entity
    trace: Trace
    branches: tuple[Branch, ...]
    limits: Limits
    off: tuple[str, ...] = ()

    @property
    def raised(self) -> tuple[Branch, ...]:
        """The rules that raise an alert, sent or held."""
        return tuple(branch for branch in self.branches if branch.judged)

    @property
    def sent(self) -> tuple[Branch, ...]:
        """The rules whose alert is sent."""
        return tuple(b for b in self.branches if b.judged and b.judged.decision.reason.sends)


def walk(
    question: Question,
    rulebook: Rulebook,
    index: Index,
    memory: Memory,
    limits: Limits,
) -> Road:
    """Go the road.

    Args:
        question: see there.
        rulebook: what is in force.
        index: its watchlist, made fast to look up (`compile_rules`).
        memory: what was raised before.
        limits: the operator's age limit, and the silences.
    """
    entity = rulebook.watchlist[question.entity]
    seen = trace(question.article, entity.id, index)
    found = [(question.article, seen.mentions)]
    (dossier,) = judge(
        found,
        rulebook,
        memory,
        now=question.at,
        max_age=limits.max_age,
        silences=limits.silences,
    )
    judged = {each.alert.rule: each for each in dossier.judged}
    scene = Scene(entity, question.article, seen.mentions)
    return Road(
        question=question,
        entity=entity,
        trace=seen,
        branches=tuple(
            _branch(rule, scene, judged.get(rule.id), memory, question.at)
            for rule in rulebook.rules
            if entity.id in rule.entities
        ),
        limits=limits,
        off=tuple(rule.id for rule in rulebook.off.rules if entity.id in rule.entities),
    )


def _branch(
    rule: Rule, scene: Scene, judged: Judged | None, memory: Memory, at: datetime
) -> Branch:
    earlier = None
    if judged and judged.decision.earlier:
        past = memory.past(judged.alert, at - 2 * rule.cool_down)
        earlier = next((old for old in past if old.alert == judged.decision.earlier), None)
    return Branch(rule=rule, answers=tuple(answers(rule, scene)), judged=judged, earlier=earlier)
