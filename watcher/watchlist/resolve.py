"""The analysts' decisions written out: every key with its value, tags and defaults resolved.

It is the shape of the files themselves, so what comes out can be read again and means the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from watcher.watchlist.entity import Entity
from watcher.watchlist.hours import DAYS, Quiet, Rhythm
from watcher.watchlist.rule import Conditions, Near, Rule, RuleTest
from watcher.watchlist.rulebook import Rulebook
from watcher.written import spell


def resolved(rulebook: Rulebook, bar: float) -> dict[str, object]:
    """All entities and rules of the analysts, those that are off among them.

    Entities of official lists are left out: they are not written here. Exclusions that several
    entities share stand with each of them.

    Args:
        rulebook: what was read.
        bar: the general bar, for entities that have none of their own.
    """
    entities = (*rulebook.watchlist, *rulebook.off.entities)
    return {
        "entities": [_entity(each, bar) for each in entities if not each.origin],
        "rules": [_rule(each) for each in (*rulebook.rules, *rulebook.off.rules)],
    }


def _entity(entity: Entity, bar: float) -> Mapping[str, object]:
    named = {"name": entity.names[0], "aliases": list(entity.names[1:])} if entity.names else {}
    facts = entity.facts
    return {
        "id": entity.id,
        **named,
        "kind": entity.kind.value,
        "weak": list(entity.weak),
        "short": list(entity.short),
        "context": list(entity.context),
        "not": list(entity.exclude),
        "tags": list(entity.tags),
        "min_score": bar if entity.min_score is None else entity.min_score,
        "status": entity.status.value,
        "born": facts.born or None,
        "nationality": list(facts.nationality),
        "references": list(facts.references),
        "owner": facts.owner or None,
        "note": facts.note or None,
    }


def _rule(rule: Rule) -> Mapping[str, object]:
    return {
        "id": rule.id,
        "watch": sorted(rule.entities),
        "send_to": list(rule.send_to),
        "min_score": rule.min_score,
        **_conditions(rule.conditions),
        "severity": rule.severity.value,
        "cool_down": spell(rule.cool_down),
        "digest": _rhythm(rule.digest) if rule.digest else None,
        "quiet_hours": [_quiet(each) for each in rule.quiet_hours],
        "status": rule.status.value,
        "owner": rule.owner or None,
        "note": rule.note or None,
        "tests": [_test(each) for each in rule.tests],
    }


def _conditions(conditions: Conditions) -> Mapping[str, object]:
    return {
        "all": list(conditions.every),
        "any": list(conditions.some),
        "near": _near(conditions.near) if conditions.near else None,
        "unless": list(conditions.unless),
        "sources": list(conditions.sources),
        "languages": list(conditions.languages),
    }


def _near(near: Near) -> dict[str, Any]:
    return {"words": list(near.words), "within": near.within}


def _rhythm(rhythm: Rhythm) -> object:
    if rhythm.every is not None:
        return spell(rhythm.every)
    return {"at": [f"{at:%H:%M}" for at in rhythm.at], "zone": rhythm.zone}


def _quiet(quiet: Quiet) -> dict[str, object]:
    return {
        "from": f"{quiet.start:%H:%M}",
        "to": f"{quiet.end:%H:%M}",
        "zone": quiet.zone,
        "days": [DAYS[day] for day in sorted(quiet.days)],
    }


def _test(test: RuleTest) -> dict[str, object]:
    more = {"title": test.title, "source": test.source, "language": test.language}
    told = {key: value for key, value in more.items() if value}
    return {"text": test.text, "alert": list(test.alert), **told}
