"""What would turn a decision round: the smallest changes, each of them tried before it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain, islice
from math import ceil, floor

from watcher.alerts.decide import Decision, Reason
from watcher.alerts.hear import Scene, hear
from watcher.alerts.road import Branch, Road
from watcher.alerts.span import length
from watcher.article import Article
from watcher.match import Candidate, Hurdle, Use, compile_index, find
from watcher.names.kind import Kind
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rule import Rule
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
    """A change that was not tried yet: the entity and the article as they would be."""

    change: Change
    entity: Entity
    article: Article


def flips(road: Road, crowd: int) -> tuple[Change, ...]:
    """The changes that would turn a decision round, the nearest first; at most a few.

    If an alert is sent, those that would silence it; else those that would send one.

    Args:
        road: what was decided, and how.
        crowd: how many names the whole watchlist has.
    """
    return tuple(islice(_flips(road, crowd), _SHOWN))


def _flips(road: Road, crowd: int) -> Iterator[Change]:
    if road.sent:
        yield from chain.from_iterable(map(_raise_bar, road.sent))
        yield from _tried(_weakened(road), road, crowd, found=False)
    elif road.raised:
        yield from chain.from_iterable(_released(branch, road) for branch in road.raised)
    else:
        for called in road.off:
            yield Change(scope=Scope.RULE, id=called, text="status: live")
        if not road.branches and not road.off:
            yield Change(scope=Scope.RULE, text=f"watch: [{road.entity.id}]")
        if road.trace.mentions:
            best = max(mention.score for mention in road.trace.mentions)
            yield from chain.from_iterable(_heard(branch, best) for branch in road.branches)
        else:
            works = list(_tried(_drafts(road), road, crowd, found=True))
            yield from works or _as_written(road)


def _as_written(road: Road) -> Iterator[Change]:
    """What works if the article does name the entity, unless somebody else has the words."""
    if not any(one.hurdle in (Hurdle.EXCLUDED, Hurdle.RIVAL) for one in road.trace.candidates):
        text = "aliases: [the name as the article has it]"
        yield Change(scope=Scope.ENTITY, id=road.entity.id, text=text)


def _raise_bar(branch: Branch) -> Iterator[Change]:
    """The lowest bar of two digits above what the alert scores; a score of 1.0 no bar keeps out."""
    score = branch.judged.alert.score if branch.judged else 0.0
    # As people write it, for in binary 0.29 is a little less than 29 hundredths.
    bar = next((bar for hundredths in range(1, 101) if (bar := hundredths / 100) > score), None)
    if bar is not None:
        yield Change(scope=Scope.RULE, id=branch.rule.id, text=f"min_score: {bar:g}")


def _released(branch: Branch, road: Road) -> Iterator[Change]:
    """What keeps an alert from being held."""
    decision = branch.judged.decision if branch.judged else Decision(Reason.KNOWN)
    published, at = road.question.article.published, road.question.at
    if decision.silence:
        yield Change(scope=Scope.COMMAND, text=f"watcher silence remove {decision.silence}")
    if decision.reason is Reason.TOO_OLD and published:
        days = ceil((at - published).total_seconds() / 86400)
        yield Change(scope=Scope.CONFIG, text=f"max_age: {days}d")
    if decision.reason is Reason.TEST:
        yield from _made_live(branch.rule, road)
    if decision.reason is Reason.SAME_STORY and branch.earlier:
        since = length(at - branch.earlier.raised, 1)
        yield Change(scope=Scope.RULE, id=branch.rule.id, text=f"cool_down: {since}")


def _made_live(rule: Rule, road: Road) -> Iterator[Change]:
    tested = (
        (Scope.RULE, rule.id, rule.status),
        (Scope.ENTITY, road.entity.id, road.entity.status),
    )
    for scope, called, status in tested:
        if status is Status.TEST:
            yield Change(scope=scope, id=called, text="status: live")


def _heard(branch: Branch, best: float) -> Iterator[Change]:
    """What makes a rule hear of mentions: the one thing it asks for and does not get."""
    failing = [answer for answer in branch.answers if not answer.holds]
    if len(failing) != 1:
        return
    (answer,) = failing
    if answer.key == "min_score":
        bar = _cut(best)
        yield Change(scope=Scope.RULE, id=branch.rule.id, text=f"min_score: {bar:g}", score=bar)
    else:
        yield Change(act=Act.LEAVE_OUT, scope=Scope.RULE, id=branch.rule.id, text=f"{answer.key}:")


def _weakened(road: Road) -> Iterator[_Draft]:
    """The names that were found, called weak."""
    entity = road.entity
    names = {mention.name for mention in road.trace.mentions} & set(entity.names)
    for name in sorted(names, key=entity.names.index):
        rest = tuple(each for each in entity.names if each != name)
        weaker = replace(entity, names=rest, weak=(*entity.weak, name))
        change = Change(scope=Scope.ENTITY, id=entity.id, text=f"weak: [{name}]")
        yield _Draft(change, weaker, road.question.article)


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
            yield _Draft(change, entity, longer)
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
    change = Change(
        act=Act.LEAVE_OUT, scope=Scope.ENTITY, id=entity.id, text=f"not: [{', '.join(names)}]"
    )
    rest = tuple(name for name in entity.exclude if name not in names)
    return _Draft(change, replace(entity, exclude=rest), road.question.article)


def _edit(road: Road, text: str, entity: Entity) -> _Draft:
    change = Change(scope=Scope.ENTITY, id=entity.id, text=text)
    return _Draft(change, entity, road.question.article)


def _tried(drafts: Iterable[_Draft], road: Road, crowd: int, *, found: bool) -> Iterator[Change]:
    """The changes that do what they should, each once."""
    told: set[str] = set()
    for draft in drafts:
        if draft.change.text not in told:
            told.add(draft.change.text)
            score = _score(draft, road, crowd)
            if found == (score is not None):
                yield replace(draft.change, score=score)


def _score(draft: _Draft, road: Road, crowd: int) -> float | None:
    """How sure the entity would be for the rules that watch it; None if none would hear of it."""
    rules = [branch.rule for branch in road.branches]
    bars = [rule.min_score for rule in rules if rule.min_score is not None]
    floors = {draft.entity.id: min(bars)} if bars else {}
    index = compile_index(Watchlist((draft.entity,)), floors, crowd)
    mentions = find(draft.article, index)
    if rules:
        scene = Scene(draft.entity, draft.article, mentions)
        mentions = tuple(mention for rule in rules for mention in hear(rule, scene))
    return max((mention.score for mention in mentions), default=None)


def _cut(score: float) -> float:
    """A bar that a score reaches, in two digits."""
    return floor(score * 100) / 100
