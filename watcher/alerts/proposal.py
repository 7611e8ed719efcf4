"""Changes that may turn a decision round, and all that would count with one of them.

An entity of an official list stands in no file of the analysts: what is changed instead is a rule,
the exclusions, or an entity of their own beside it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from watcher.alerts.decide import Limits
from watcher.alerts.road import Road
from watcher.article import Article
from watcher.watchlist.entity import Entity
from watcher.watchlist.hide import squeezed
from watcher.watchlist.rule import Rule
from watcher.written import write_line


class Act(StrEnum):
    """What is done there."""

    WRITE = "write"
    LEAVE_OUT = "leave out"
    HOLD = "hold"


class Scope(StrEnum):
    """Where a change is made; an article is not changed, but another would hold what this lacks."""

    ENTITY = "entity"
    OWN = "an entity of your own"
    EXCLUSIONS = "exclusions"
    RULE = "rule"
    CONFIG = "watcher.yaml"
    COMMAND = "command"
    ARTICLE = "article"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change that would turn the decision round.

    Attributes:
        act: what is done.
        scope: where.
        id: of the entity or the rule; "" elsewhere, also for an entity that is still to be written.
        text: what is written or left out, as the file has it; the words an article would hold; the
            command that is given.
        score: how sure the entity is then; None where that does not change.
    """

    act: Act = Act.WRITE
    scope: Scope
    id: str = ""
    text: str
    score: float | None = None

    def __str__(self) -> str:
        if self.scope is Scope.ARTICLE:
            return f"the article would hold: {self.text}"
        if self.scope is Scope.COMMAND:
            return f"run: {self.text}"
        return f"{self.scope} {self.id}".rstrip() + f": {self.act} {self.text}"


@dataclass(frozen=True, slots=True)
class Draft:
    """A change that was not tried yet, and all that counts as it would be then.

    Attributes:
        change: what is told if it works.
        entity: whom the article is searched for.
        article: the article.
        rules: those that watch the entity.
        limits: what may hold alerts back besides.
    """

    change: Change
    entity: Entity
    article: Article
    rules: tuple[Rule, ...]
    limits: Limits


def is_listed(name: str, entity: Entity) -> bool:
    """Whether an entity has a name already, in whatever letters of its script."""
    return squeezed(name) in map(squeezed, (*entity.names, *entity.weak))


def own_text(name: str, entity: Entity) -> str:
    """An entity as the file has it that is watched as one of an official list is."""
    return f"name: {write_line(name)}, tags: {write_line(entity.tags)}"


def line(key: str, *names: str) -> str:
    """A key with names as the file has it, whatever stands in them: "SOLEIMANI, Qasem" is one."""
    return f"{key}: {write_line(names)}"


def add_alias(road: Road, quote: str) -> Draft:
    """The entity with one more name."""
    entity, name = road.entity, " ".join(quote.split())
    if entity.origin:
        return _add_own(road, name)
    return edit(road, line("aliases", name), replace(entity, names=(*entity.names, name)))


def _add_own(road: Road, name: str) -> Draft:
    """Another entity with the name, beside one of an official list, watched by the same rules."""
    tags = road.entity.tags
    own = Entity(id=f"{road.entity.id} too", names=(name,), kind=road.entity.kind, tags=tags)
    draft = as_is(road, Change(scope=Scope.OWN, text=own_text(name, road.entity)))
    rules = (replace(rule, entities=rule.entities | {own.id}) for rule in draft.rules)
    return replace(draft, entity=own, rules=tuple(rules))


def add_short(road: Road, quote: str) -> Draft:
    """The entity with one more part that counts beside support."""
    entity, name = road.entity, " ".join(quote.split())
    return edit(road, line("short", name), replace(entity, short=(*entity.short, name)))


def drop_excluded(road: Road, names: tuple[str, ...]) -> Draft:
    """The entity without some of the names under `not:`."""
    entity = road.entity
    rest = tuple(name for name in entity.exclude if name not in names)
    draft = leave_out(road, "not", names, replace(entity, exclude=rest))
    if not entity.origin:
        return draft
    change = Change(act=Act.LEAVE_OUT, scope=Scope.EXCLUSIONS, text=line("names", *names))
    return replace(draft, change=change)


def leave_out(road: Road, key: str, gone: tuple[str, ...], entity: Entity) -> Draft:
    """The entity without what stands under one of its keys."""
    change = Change(act=Act.LEAVE_OUT, scope=Scope.ENTITY, id=entity.id, text=line(key, *gone))
    return replace(as_is(road, change), entity=entity)


def edit(road: Road, text: str, entity: Entity) -> Draft:
    """The entity as given; the text says what is written for that."""
    change = Change(scope=Scope.ENTITY, id=entity.id, text=text)
    return replace(as_is(road, change), entity=entity)


def edit_rule(road: Road, text: str, rule: Rule) -> Draft:
    """The rule of that id as given, likewise."""
    draft = as_is(road, Change(scope=Scope.RULE, id=rule.id, text=text))
    return replace(draft, rules=tuple(rule if e.id == rule.id else e for e in draft.rules))


def as_is(road: Road, change: Change) -> Draft:
    """A draft in which nothing is changed yet."""
    rules = tuple(branch.rule for branch in road.branches)
    return Draft(change, road.entity, road.question.article, rules, road.limits)
