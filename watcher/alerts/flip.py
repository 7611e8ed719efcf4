"""What would turn a decision round: the smallest changes, each of them tried before it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum
from itertools import chain, islice
from math import ceil, floor
from typing import Any

from watcher.alerts.decide import Decision, Limits, Reason
from watcher.alerts.judge import Memory, judge
from watcher.alerts.recall import Recall
from watcher.alerts.road import Branch, Road
from watcher.alerts.span import length
from watcher.article import Article
from watcher.match import Candidate, Hurdle, Use, compile_index, find
from watcher.names.evidence import Verdict
from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rule import Conditions, Rule
from watcher.watchlist.rulebook import Rulebook
from watcher.watchlist.status import Status

_SHOWN = 5
"""So many changes at most are told."""
_LOWEST = 0.5
"""No bar below this is proposed: too much else would reach it."""


class Act(StrEnum):
    """What is done there."""

    WRITE = "write"
    LEAVE_OUT = "leave out"
    HOLD = "hold"


class Scope(StrEnum):
    """Where a change is made; an article is not changed, but another would hold what this lacks."""

    ENTITY = "entity"
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
        id: of the entity or the rule; "" elsewhere.
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
class _Draft:
    """A change that was not tried yet, and all that counts as it would be then."""

    change: Change
    entity: Entity
    article: Article
    rules: tuple[Rule, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class _Bench:
    """Where drafts are tried: beside the names of the watchlist, after what was raised before."""

    crowd: int
    memory: Memory


def flips(road: Road, crowd: int, memory: Memory | None = None) -> tuple[Change, ...]:
    """The changes that would turn a decision round, the nearest first; at most a few.

    If an alert is sent, those that would silence it; else those that would send one.

    Args:
        road: what was decided, and how.
        crowd: how many names the whole watchlist has.
        memory: what was raised before; None for nothing.
    """
    return tuple(islice(_flips(road, _Bench(crowd, memory or Recall())), _SHOWN))


def _flips(road: Road, bench: _Bench) -> Iterator[Change]:
    if road.sent:
        yield from _tried(chain(_raised_bar(road), _weakened(road), _unbacked(road)), road, bench)
    elif road.raised:
        released = (_released(branch, road) for branch in road.raised)
        yield from _tried(chain.from_iterable(released), road, bench)
    else:
        for called in road.off:
            yield Change(scope=Scope.RULE, id=called, text="status: live")
        if not road.branches and not road.off:
            yield Change(scope=Scope.RULE, text=f"watch: [{road.entity.id}]")
        if road.trace.mentions:
            best = max(mention.score for mention in road.trace.mentions)
            heard = (_heard(branch, best, road) for branch in road.branches)
            yield from _tried(chain.from_iterable(heard), road, bench)
        else:
            works = list(_tried(_drafts(road), road, bench))
            yield from works or _as_written(road)


def _as_written(road: Road) -> Iterator[Change]:
    """What works if the article does name the entity, unless somebody else has the words."""
    if not any(one.hurdle in (Hurdle.EXCLUDED, Hurdle.RIVAL) for one in road.trace.candidates):
        text = "aliases: [the name as the article has it]"
        yield Change(scope=Scope.ENTITY, id=road.entity.id, text=text)


def bar_above(score: float) -> float | None:
    """The lowest bar of two digits that a score does not reach; None if it reaches all."""
    # As people write it, for in binary 0.29 is a little less than 29 hundredths.
    return next((bar for hundredths in range(1, 101) if (bar := hundredths / 100) > score), None)


def _raised_bar(road: Road) -> Iterator[_Draft]:
    """The lowest bar of two digits above what a rule's alert scores; above 1.0 there is none."""
    for branch in road.sent:
        score = branch.judged.alert.score if branch.judged else 0.0
        bar = bar_above(score)
        if bar is not None:
            yield _rule(road, f"min_score: {bar:g}", replace(branch.rule, min_score=bar))


def _released(branch: Branch, road: Road) -> Iterator[_Draft]:
    """What keeps an alert from being held."""
    decision = branch.judged.decision if branch.judged else Decision(Reason.KNOWN)
    published, at = road.question.article.published, road.question.at
    if decision.silence:
        change = Change(scope=Scope.COMMAND, text=f"watcher silence remove {decision.silence}")
        left = tuple(each for each in road.limits.silences if each.number != decision.silence)
        yield replace(_as_is(road, change), limits=replace(road.limits, silences=left))
    if decision.reason is Reason.TOO_OLD and published:
        days = ceil((at - published).total_seconds() / 86400)
        change = Change(scope=Scope.CONFIG, text=f"max_age: {days}d")
        limits = replace(road.limits, max_age=timedelta(days=days))
        yield replace(_as_is(road, change), limits=limits)
    if decision.reason is Reason.TEST:
        yield from _made_live(branch.rule, road)
    if decision.reason is Reason.SAME_STORY and branch.earlier:
        since = at - branch.earlier.raised
        yield _rule(road, f"cool_down: {length(since, 1)}", replace(branch.rule, cool_down=since))


def _made_live(rule: Rule, road: Road) -> Iterator[_Draft]:
    text, live = "status: live", Status.LIVE
    if rule.status is Status.TEST:
        yield _rule(road, text, replace(rule, status=live))
    if road.entity.status is Status.TEST:
        yield _edit(road, text, replace(road.entity, status=live))


def _heard(branch: Branch, best: float, road: Road) -> Iterator[_Draft]:
    """What makes a rule hear of mentions: the one thing it asks for and does not get."""
    failing = [answer for answer in branch.answers if not answer.holds]
    if len(failing) != 1:
        return
    (answer,) = failing
    rule = branch.rule
    if answer.key == "min_score":
        bar = _cut(best)
        draft = _rule(road, f"min_score: {bar:g}", replace(rule, min_score=bar))
        yield replace(draft, change=replace(draft.change, score=bar))
    else:
        change = Change(act=Act.LEAVE_OUT, scope=Scope.RULE, id=rule.id, text=f"{answer.key}:")
        conditions = _without_key(rule.conditions, answer.key)
        yield replace(_rule(road, "", replace(rule, conditions=conditions)), change=change)


def _weakened(road: Road) -> Iterator[_Draft]:
    """The names that were found, called weak."""
    entity = road.entity
    names = {mention.name for mention in road.trace.mentions} & set(entity.names)
    for name in sorted(names, key=entity.names.index):
        rest = tuple(each for each in entity.names if each != name)
        weaker = replace(entity, names=rest, weak=(*entity.weak, name))
        change = Change(scope=Scope.ENTITY, id=entity.id, text=f"weak: [{name}]")
        yield replace(_as_is(road, change), entity=weaker)


def _unbacked(road: Road) -> Iterator[_Draft]:
    """The short forms that were found left out, and the context words that spoke for names."""
    entity = road.entity
    found = road.trace.mentions
    names = {mention.name for mention in found}
    if short := tuple(name for name in entity.short if name in names):
        rest = tuple(name for name in entity.short if name not in names)
        yield _left_out(road, "short", short, replace(entity, short=rest))
    evidence = (piece for mention in found for piece in mention.evidence)
    spoke = {piece.found for piece in evidence if piece.verdict is Verdict.CONTEXT}
    if context := tuple(words for words in entity.context if words in spoke):
        rest = tuple(words for words in entity.context if words not in spoke)
        yield _left_out(road, "context", context, replace(entity, context=rest))


def _left_out(road: Road, key: str, gone: tuple[str, ...], entity: Entity) -> _Draft:
    """The entity without what stands under one of its keys."""
    text = f"{key}: [{', '.join(gone)}]"
    change = Change(act=Act.LEAVE_OUT, scope=Scope.ENTITY, id=entity.id, text=text)
    return replace(_as_is(road, change), entity=entity)


def _drafts(road: Road) -> Iterator[_Draft]:
    """What may make a name count, the nearest places first."""
    for one in sorted(road.trace.candidates, key=lambda one: -one.score):
        yield from _of_place(one, road)
    if not road.trace.candidates:
        yield from _of_words(road)


def _of_place(one: Candidate, road: Road) -> Iterator[_Draft]:
    """What may make one place count."""
    entity, article = road.entity, road.question.article
    hurdle = one.hurdle
    bar = _cut(one.score)
    if hurdle is Hurdle.BAR and bar >= _LOWEST:
        yield _edit(road, f"min_score: {bar:g}", replace(entity, min_score=bar))
    if hurdle is Hurdle.EXCLUDED:
        yield _without(road, (one.exclusion,))
        yield _without(road, entity.exclude)
    if hurdle in (Hurdle.SUPPORT, Hurdle.SHORT):
        for words in entity.context[:2]:
            change = Change(act=Act.HOLD, scope=Scope.ARTICLE, text=words)
            longer = replace(article, text=f"{article.text}\n{words}")
            yield replace(_as_is(road, change), article=longer)
    if one.use is Use.WEAK:
        stronger = replace(entity, names=(*entity.names, one.name), weak=())
        yield _edit(road, f"aliases: [{one.name}]", stronger)
    if hurdle is not Hurdle.EXCLUDED:
        yield _alias(road, one.quote)


def _of_words(road: Road) -> Iterator[_Draft]:
    """Where no name was seen: the words most like one, as an alias, or as a short form."""
    found = [near for near in road.trace.near if near.quote]
    person = road.entity.kind is Kind.PERSON
    for near in sorted(found, key=lambda near: -near.score):
        yield _short(road, near.quote) if person else _alias(road, near.quote)


def _alias(road: Road, quote: str) -> _Draft:
    entity = road.entity
    return _edit(road, f"aliases: [{quote}]", replace(entity, names=(*entity.names, quote)))


def _short(road: Road, quote: str) -> _Draft:
    entity = road.entity
    return _edit(road, f"short: [{quote}]", replace(entity, short=(*entity.short, quote)))


def _without(road: Road, names: tuple[str, ...]) -> _Draft:
    """The entity without some of the names under `not:`."""
    entity = road.entity
    rest = tuple(name for name in entity.exclude if name not in names)
    return _left_out(road, "not", names, replace(entity, exclude=rest))


def _edit(road: Road, text: str, entity: Entity) -> _Draft:
    change = Change(scope=Scope.ENTITY, id=entity.id, text=text)
    return replace(_as_is(road, change), entity=entity)


def _rule(road: Road, text: str, rule: Rule) -> _Draft:
    draft = _as_is(road, Change(scope=Scope.RULE, id=rule.id, text=text))
    return replace(draft, rules=tuple(rule if e.id == rule.id else e for e in draft.rules))


def _as_is(road: Road, change: Change) -> _Draft:
    """A draft in which nothing is changed yet."""
    rules = tuple(branch.rule for branch in road.branches)
    return _Draft(change, road.entity, road.question.article, rules, road.limits)


def _tried(drafts: Iterable[_Draft], road: Road, bench: _Bench) -> Iterator[Change]:
    """The changes that turn the decision round, each once."""
    told: set[str] = set()
    for draft in drafts:
        called = str(draft.change)
        if called not in told:
            told.add(called)
            score = _score(draft, road, bench)
            if bool(road.sent) == (score is None):
                yield replace(draft.change, score=_told_score(draft, road, score))


def _told_score(draft: _Draft, road: Road, score: float | None) -> float | None:
    """How sure the entity is then; None where the name was found before."""
    return draft.change.score if road.trace.mentions else score


def _score(draft: _Draft, road: Road, bench: _Bench) -> float | None:
    """How sure the entity would be in what is sent; None if nothing would be.

    If no rule watches it, how sure it would be where it is found.
    """
    bars = [rule.min_score for rule in draft.rules if rule.min_score is not None]
    floors = {draft.entity.id: min(bars)} if bars else {}
    watchlist = Watchlist((draft.entity,))
    mentions = find(draft.article, compile_index(watchlist, floors, bench.crowd))
    if not draft.rules:
        return max((mention.score for mention in mentions), default=None)
    (dossier,) = judge(
        [(draft.article, mentions)],
        Rulebook(watchlist=watchlist, rules=draft.rules),
        bench.memory,
        now=road.question.at,
        max_age=draft.limits.max_age,
        silences=draft.limits.silences,
    )
    sent = (each.alert.score for each in dossier.judged if each.decision.reason.sends)
    return max(sent, default=None)


def _cut(score: float) -> float:
    """A bar that a score reaches, in two digits."""
    return floor(score * 100) / 100


def _without_key(conditions: Conditions, key: str) -> Conditions:
    """The conditions without what is asked under a key of the file."""
    if key == "near":
        return replace(conditions, near=None)
    asked = {"all": "every", "any": "some"}.get(key, key)
    without: dict[str, Any] = {asked: ()}
    return replace(conditions, **without)
