"""From the mentions of an article to its alerts: one for each rule and entity."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from watcher.alerts.alert import Alert
from watcher.alerts.hear import Scene, hear
from watcher.alerts.identity import alert_id
from watcher.alerts.quote import quote
from watcher.article import Article
from watcher.match import Field, Index, Mention, compile_index
from watcher.watchlist.rule import Rule
from watcher.watchlist.rulebook import Rulebook


def raise_alerts(
    article: Article, mentions: Sequence[Mention], rulebook: Rulebook, now: datetime
) -> tuple[Alert, ...]:
    """The alerts that the rules raise for an article, before anything holds them back.

    One alert for each rule and each entity it watches, if at least one mention counts for the rule;
    it quotes every mention that does, the headline's first, and scores as the best of them.

    Args:
        article: the article with its text; the alerts carry it without.
        mentions: what was found in it.
        rulebook: the watchlist the mentions come from, and the rules.
        now: aware; alerts carry it cut to the millisecond, which is what the store keeps.

    Returns:
        In the order of the rules, then of each entity's first mention.
    """
    by_entity = _by_entity(mentions)
    return tuple(
        _alert(article, rulebook, rule, counted, now)
        for rule in rulebook.rules
        for entity, found in by_entity.items()
        if entity in rule.entities
        and (counted := hear(rule, Scene(rulebook.watchlist[entity], article, tuple(found))))
    )


def compile_rules(rulebook: Rulebook) -> Index:
    """The watchlist made fast to look up, with the bars that the rules ask for."""
    return compile_index(rulebook.watchlist, floors_of(rulebook))


def floors_of(rulebook: Rulebook) -> dict[str, float]:
    """By entity id, the lowest bar that a rule asks for."""
    floors: dict[str, float] = {}
    for rule in rulebook.rules:
        if rule.min_score is not None:
            for entity in rule.entities:
                floors[entity] = min(rule.min_score, floors.get(entity, rule.min_score))
    return floors


def _by_entity(mentions: Sequence[Mention]) -> dict[str, list[Mention]]:
    """The mentions of each entity in the order of the article, the headline first."""
    by_entity: dict[str, list[Mention]] = {}
    for mention in sorted(mentions, key=lambda m: (m.field is not Field.TITLE, m.start, m.end)):
        by_entity.setdefault(mention.entity, []).append(mention)
    return by_entity


def _alert(
    article: Article,
    rulebook: Rulebook,
    rule: Rule,
    mentions: tuple[Mention, ...],
    now: datetime,
) -> Alert:
    entity = rulebook.watchlist[mentions[0].entity]
    return Alert(
        id=alert_id(rule.id, entity.id, article.id),
        rule=rule.id,
        entity=entity.id,
        name=entity.name,
        kind=entity.kind,
        tags=entity.tags,
        facts=entity.facts,
        severity=rule.severity,
        score=max(mention.score for mention in mentions),
        article=replace(article, text=""),
        quotes=tuple(quote(article, mention) for mention in mentions),
        raised=now.replace(microsecond=now.microsecond // 1000 * 1000),
        list_version=rulebook.watchlist.version,
        rules_version=rulebook.version,
        edition=rulebook.edition(entity),
    )
