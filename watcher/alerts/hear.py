"""What a rule asks of an entity that was found in an article, and how the article answers.

The questions are asked in a fixed order, that of the rule's keys. The first that is not answered as
the rule wants ends it; who asks why is given the answers to all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watcher.alerts.conditions import Answer, answer_near, met, near
from watcher.alerts.wording import digits
from watcher.article import Article
from watcher.match.bar import bar_of
from watcher.match.mention import Mention
from watcher.watchlist.entity import Entity
from watcher.watchlist.rule import Rule

__all__ = ["Answer", "Scene", "answers", "bar_for", "hear", "reaching"]


@dataclass(frozen=True, slots=True)
class Scene:
    """An entity and the article it was found in.

    Attributes:
        entity: the entity.
        article: the article with its text.
        mentions: its mentions of the entity, in their order.
    """

    entity: Entity
    article: Article
    mentions: tuple[Mention, ...]


def hear(rule: Rule, scene: Scene) -> tuple[Mention, ...]:
    """The mentions that count for a rule, in their order; none if a question of it is not met."""
    sure = reaching(rule, scene.entity, scene.mentions)
    if not sure or not all(answer.holds for answer in answers(rule, scene)):
        return ()
    return near(rule.conditions, scene.article, sure)


def answers(rule: Rule, scene: Scene) -> Iterator[Answer]:
    """The answers to all questions of a rule, in their order."""
    entity = scene.entity
    yield Answer(key="watch", holds=entity.id in rule.entities, wanted=entity.id)
    best = max((mention.score for mention in scene.mentions), default=0.0)
    bar = bar_for(rule, entity)
    sure = reaching(rule, entity, scene.mentions)
    yield Answer(key="min_score", holds=bool(sure), wanted=f"{bar:g}", found=digits(best))
    yield from met(rule.conditions, scene.article)
    yield from answer_near(rule.conditions, near(rule.conditions, scene.article, sure))


def bar_for(rule: Rule, entity: Entity) -> float:
    """From which score on a mention of an entity counts for a rule."""
    return bar_of(entity) if rule.min_score is None else rule.min_score


def reaching(rule: Rule, entity: Entity, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
    """The mentions of an entity that are sure enough for the rule, in their order."""
    bar = bar_for(rule, entity)
    return tuple(m for m in mentions if m.entity == entity.id and m.score >= bar)
