"""What would turn a decision round: the smallest changes, each of them tried before it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import chain, islice
from math import ceil, floor
from typing import Any

from watcher.alerts.alert import Alert
from watcher.alerts.decide import Decision, Reason
from watcher.alerts.judge import Memory, judge
from watcher.alerts.mute import mutes
from watcher.alerts.part import is_half, plain
from watcher.alerts.proposal import (
    Act,
    Change,
    Draft,
    Scope,
    add_alias,
    add_short,
    as_is,
    drop_excluded,
    edit,
    edit_rule,
    is_listed,
    leave_out,
    line,
    own_text,
)
from watcher.alerts.recall import Recall
from watcher.alerts.road import Branch, Road
from watcher.alerts.span import length
from watcher.match import Candidate, Hurdle, Use, compile_index, find
from watcher.names.evidence import Verdict
from watcher.names.kind import Kind
from watcher.text import tokens
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rule import Conditions, Rule
from watcher.watchlist.rulebook import Rulebook
from watcher.watchlist.status import Status

_SHOWN = 5
"""So many changes at most are told."""
_LOWEST = 0.5
"""No bar below this is proposed: too much else would reach it."""


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
    """What works if the article does name the entity, unless the words are known already."""
    taken = (Hurdle.EXCLUDED, Hurdle.RIVAL)
    found = road.trace.candidates
    if any(one.hurdle in taken or is_listed(one.quote, road.entity) for one in found):
        return
    name = "the name as the article has it"
    if road.entity.origin:
        yield Change(scope=Scope.OWN, text=own_text(name, road.entity))
    else:
        yield Change(scope=Scope.ENTITY, id=road.entity.id, text=f"aliases: [{name}]")


def bar_above(score: float) -> float | None:
    """The lowest bar of two digits that a score does not reach; None if it reaches all."""
    # As people write it, for in binary 0.29 is a little less than 29 hundredths.
    return next((bar for hundredths in range(1, 101) if (bar := hundredths / 100) > score), None)


def _raised_bar(road: Road) -> Iterator[Draft]:
    """The lowest bar of two digits above what a rule's alert scores; above 1.0 there is none."""
    for branch in road.sent:
        score = branch.judged.alert.score if branch.judged else 0.0
        bar = bar_above(score)
        if bar is not None:
            yield edit_rule(road, f"min_score: {bar:g}", replace(branch.rule, min_score=bar))


def _released(branch: Branch, road: Road) -> Iterator[Draft]:
    """What keeps an alert from being held."""
    decision = branch.judged.decision if branch.judged else Decision(Reason.KNOWN)
    published, at = road.question.article.published, road.question.at
    if branch.judged and decision.reason is Reason.SILENCED:
        yield from _unsilenced(branch.judged.alert, road)
    if decision.reason is Reason.TOO_OLD and published:
        days = ceil((at - published).total_seconds() / 86400)
        change = Change(scope=Scope.CONFIG, text=f"max_age: {days}d")
        limits = replace(road.limits, max_age=timedelta(days=days))
        yield replace(as_is(road, change), limits=limits)
    if decision.reason is Reason.TEST:
        yield from _made_live(branch.rule, road)
    if decision.reason is Reason.SAME_STORY and branch.earlier:
        since = at - branch.earlier.raised
        yield edit_rule(
            road, f"cool_down: {length(since, 1)}", replace(branch.rule, cool_down=since)
        )


def _unsilenced(alert: Alert, road: Road) -> Iterator[Draft]:
    """What ends all silences that hold an alert, but for those that were ended since."""
    holding = mutes(alert, road.limits.silences)
    lasting = sorted(each.number for each in holding if each.ended is None)
    if lasting:
        commands = " && ".join(f"watcher silence remove {number}" for number in lasting)
        left = tuple(each for each in road.limits.silences if each not in holding)
        change = Change(scope=Scope.COMMAND, text=commands)
        yield replace(as_is(road, change), limits=replace(road.limits, silences=left))


def _made_live(rule: Rule, road: Road) -> Iterator[Draft]:
    text, live = "status: live", Status.LIVE
    if rule.status is Status.TEST:
        yield edit_rule(road, text, replace(rule, status=live))
    if road.entity.status is Status.TEST:
        yield edit(road, text, replace(road.entity, status=live))


def _heard(branch: Branch, best: float, road: Road) -> Iterator[Draft]:
    """What makes a rule hear of mentions: the one thing it asks for and does not get."""
    failing = [answer for answer in branch.answers if not answer.holds]
    if len(failing) != 1:
        return
    (answer,) = failing
    rule = branch.rule
    if answer.key == "min_score":
        bar = _cut(best)
        draft = edit_rule(road, f"min_score: {bar:g}", replace(rule, min_score=bar))
        yield replace(draft, change=replace(draft.change, score=bar))
    else:
        change = Change(act=Act.LEAVE_OUT, scope=Scope.RULE, id=rule.id, text=f"{answer.key}:")
        conditions = _without_key(rule.conditions, answer.key)
        yield replace(edit_rule(road, "", replace(rule, conditions=conditions)), change=change)


def _weakened(road: Road) -> Iterator[Draft]:
    """The names that were found, called weak."""
    entity = road.entity
    names = {mention.name for mention in road.trace.mentions} & set(entity.names)
    for name in sorted(names, key=entity.names.index):
        rest = tuple(each for each in entity.names if each != name)
        weaker = replace(entity, names=rest, weak=(*entity.weak, name))
        change = Change(scope=Scope.ENTITY, id=entity.id, text=line("weak", name))
        yield replace(as_is(road, change), entity=weaker)


def _unbacked(road: Road) -> Iterator[Draft]:
    """The short forms that were found left out, and the context words that spoke for names."""
    entity = road.entity
    found = road.trace.mentions
    names = {mention.name for mention in found}
    if short := tuple(name for name in entity.short if name in names):
        rest = tuple(name for name in entity.short if name not in names)
        yield leave_out(road, "short", short, replace(entity, short=rest))
    evidence = (piece for mention in found for piece in mention.evidence)
    spoke = {piece.found for piece in evidence if piece.verdict is Verdict.CONTEXT}
    if context := tuple(words for words in entity.context if words in spoke):
        rest = tuple(words for words in entity.context if words not in spoke)
        yield leave_out(road, "context", context, replace(entity, context=rest))


def _drafts(road: Road) -> Iterator[Draft]:
    """What may make a name count, the nearest places first."""
    for one in sorted(road.trace.candidates, key=lambda one: -one.score):
        yield from _of_place(one, road)
    if not road.trace.candidates:
        yield from _of_words(road)


def _of_place(one: Candidate, road: Road) -> Iterator[Draft]:
    """What may make one place count."""
    entity, article = road.entity, road.question.article
    hurdle = one.hurdle
    bar = _cut(one.score)
    if hurdle is Hurdle.BAR and bar >= _LOWEST:
        yield edit(road, f"min_score: {bar:g}", replace(entity, min_score=bar))
        yield from _lower_bars(bar, road)
    if hurdle is Hurdle.EXCLUDED:
        yield drop_excluded(road, (one.exclusion,))
        yield drop_excluded(road, entity.exclude)
    if hurdle in (Hurdle.SUPPORT, Hurdle.SHORT):
        for words in entity.context[:2]:
            change = Change(act=Act.HOLD, scope=Scope.ARTICLE, text=words)
            longer = replace(article, text=f"{article.text}\n{words}")
            yield replace(as_is(road, change), article=longer)
    if one.use is Use.WEAK:
        stronger = replace(entity, names=(*entity.names, one.name), weak=())
        yield edit(road, line("aliases", one.name), stronger)
    if hurdle is not Hurdle.EXCLUDED and _is_alias(one.quote, one.name, entity):
        yield add_alias(road, one.quote)
    if hurdle in (Hurdle.SUPPORT, Hurdle.SHORT):
        yield from _backed(one, road)


def _lower_bars(bar: float, road: Road) -> Iterator[Draft]:
    """The rules that let an entity of an official list count, which has no bar to be changed."""
    if road.entity.origin:
        rules = (branch.rule for branch in road.branches)
        yield from (
            edit_rule(road, f"min_score: {bar:g}", replace(e, min_score=bar)) for e in rules
        )


def _backed(one: Candidate, road: Road) -> Iterator[Draft]:
    """Context words, where the entity has none; tried with a word of the article."""
    text = road.question.article.text
    others = (token for token in tokens(text) if not one.start <= token.start < one.end)
    if road.entity.context or not (word := next(others, None)):
        return
    entity = replace(road.entity, context=(text[word.start : word.end],))
    yield edit(road, "context: [words that speak for it in such articles]", entity)


def _of_words(road: Road) -> Iterator[Draft]:
    """Where no name was seen: the words most like one, as an alias, or as a short form."""
    entity = road.entity
    for near in sorted(road.trace.near, key=lambda near: -near.score):
        words = plain(near, entity.kind) if near.quote else ""
        if words and entity.kind is Kind.PERSON:
            yield add_short(road, words)
        elif words and _is_alias(words, near.name, entity):
            yield add_alias(road, words)


def _is_alias(words: str, name: str, entity: Entity) -> bool:
    """Whether words may be another name of an entity: neither one it has, nor a part of one."""
    return not is_listed(words, entity) and not is_half(words, name, entity.kind)


def _tried(drafts: Iterable[Draft], road: Road, bench: _Bench) -> Iterator[Change]:
    """The changes that turn the decision round, each once, and none of what others publish."""
    told: set[str] = set()
    for draft in drafts:
        called = str(draft.change)
        is_published = draft.change.scope is Scope.ENTITY and road.entity.origin
        if called not in told and not is_published:
            told.add(called)
            score = _score(draft, road, bench)
            if bool(road.sent) == (score is None):
                yield replace(draft.change, score=_told_score(draft, road, score))


def _told_score(draft: Draft, road: Road, score: float | None) -> float | None:
    """How sure the entity is then; None where the name was found before."""
    return draft.change.score if road.trace.mentions else score


def _score(draft: Draft, road: Road, bench: _Bench) -> float | None:
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
