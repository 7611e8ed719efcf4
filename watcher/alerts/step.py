"""The road from an article to an alert, told in steps: what was asked, and what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from watcher.alerts.clean import isolate, shorten, tidy
from watcher.alerts.conditions import Answer
from watcher.alerts.data import evidence_data, stamp
from watcher.alerts.decide import Decision, Reason
from watcher.alerts.judge import Judged
from watcher.alerts.mute import Silence, mutes
from watcher.alerts.road import Branch, Road
from watcher.alerts.span import length
from watcher.alerts.wording import digits, explain, sureness
from watcher.match import Candidate, Hurdle, Near
from watcher.names.evidence import Evidence, Verdict
from watcher.watchlist.status import Status

_SHOWN = 120
"""Code points shown of a name or of words of an article."""


class Stage(StrEnum):
    """Where on the road a step is, in the order of the road."""

    WORDS = "words"
    PART = "part"
    NAME = "name"
    EVIDENCE = "evidence"
    LIKENESS = "likeness"
    COST = "cost"
    BAR = "bar"
    NOT = "not"
    SUPPORT = "support"
    ALONE = "alone"
    RIVAL = "rival"
    RULE = "rule"
    CONDITION = "condition"
    DECISION = "decision"
    SILENCE = "silence"
    AGE = "age"
    STATUS = "status"
    STORY = "story"
    CHANNELS = "channels"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step of the road.

    Attributes:
        stage: where it is.
        holds: whether the road goes on from here; None if the step decides nothing.
        says: what came of it, in one line fit to be shown.
        facts: the same for programs.
        steps: what it is made of, in order.
    """

    stage: Stage
    holds: bool | None = None
    says: str
    facts: Mapping[str, object] = field(default_factory=dict)
    steps: tuple[Step, ...] = ()


def tell_road(road: Road) -> tuple[Step, ...]:
    """The steps of a road: the words, the places that may be a name, the rules."""
    return (
        _words(road),
        *(_name(candidate) for candidate in road.trace.candidates),
        *(_rules(road)),
    )


def road_data(road: Road, steps: Sequence[Step]) -> dict[str, object]:
    """A road for programs."""
    article = road.question.article
    return {
        "entity": {"id": road.entity.id, "name": road.entity.name},
        "article": {"id": article.id, "title": article.title, "link": article.link},
        "first_seen": stamp(road.question.at),
        "found": bool(road.trace.mentions),
        "raised": [branch.rule.id for branch in road.raised],
        "sent": [branch.rule.id for branch in road.sent],
        "steps": [step_data(step) for step in steps],
    }


def step_data(step: Step) -> dict[str, object]:
    """A step for programs."""
    told: dict[str, object] = {"stage": step.stage.value, "holds": step.holds, "says": step.says}
    below = {"steps": [step_data(each) for each in step.steps]} if step.steps else {}
    return told | dict(step.facts) | below


def _words(road: Road) -> Step:
    seen = road.trace
    context = f"; context in the article: {_shown(seen.context)}" if seen.context else ""
    parts = () if seen.mentions else tuple(map(_part, seen.near))
    none = "" if seen.candidates else "; no place in them where a name of it may stand"
    return Step(
        stage=Stage.WORDS,
        holds=bool(seen.candidates),
        says=f"{seen.words} {'word' if seen.words == 1 else 'words'}{context}{none}",
        facts={"words": seen.words, "context": seen.context},
        steps=parts,
    )


def _part(near: Near) -> Step:
    facts: dict[str, object] = {"part": near.part, "found": near.quote, "score": near.score}
    if not near.quote:
        return Step(
            stage=Stage.PART, holds=False, says=f"{_shown(near.part)}: no word like it", facts=facts
        )
    skipped = f", but {near.skipped}" if near.skipped else ""
    return Step(
        stage=Stage.PART,
        holds=near.skipped is None,
        says=f"{_shown(near.part)}: nearest {_shown(near.quote)} {digits(near.score)}{skipped}",
        facts=facts | {"skipped": near.skipped or ""},
    )


def _name(one: Candidate) -> Step:
    counts = one.hurdle is None
    sure = f"{sureness(one.score)} {digits(one.score)}"
    as_what = "" if one.use == "full" else f" ({one.use.value})"
    rival = one.rival.entity if one.rival else ""
    return Step(
        stage=Stage.NAME,
        holds=counts,
        says=f"{_shown(one.quote)} may be {_shown(one.name)}{as_what} · {sure}",
        facts={
            "field": one.field.value,
            "start": one.start,
            "end": one.end,
            "quote": one.quote,
            "name": one.name,
            "use": one.use.value,
            "score": one.score,
            "bar": one.bar,
            "hurdle": one.hurdle.value if one.hurdle else "",
            "rival": rival,
        },
        steps=(*map(_evidence, one.evidence), *_costs(one), *_hurdles(one)),
    )


_UNASKED = (Reason.TOO_OLD, Reason.SILENCED, Reason.TEST)
"""With these an alert is held before anybody asks what was told of the story."""
_SPEAKS_FOR = {Verdict.MATCHED: True, Verdict.SHORT: True, Verdict.CONTEXT: True}


def _evidence(piece: Evidence) -> Step:
    (said,) = explain((piece,))
    (told,) = evidence_data((piece,))
    score = f" {digits(piece.score)}" if piece.verdict is Verdict.MATCHED else ""
    against = None if piece.verdict is Verdict.ASIDE else False
    return Step(
        stage=Stage.EVIDENCE,
        holds=_SPEAKS_FOR.get(piece.verdict, against),
        says=said + score,
        facts=told,
    )


def _costs(one: Candidate) -> Iterator[Step]:
    """What the comparison of the two names came to, and what the article takes off."""
    if one.costs:
        yield Step(
            stage=Stage.LIKENESS,
            says=f"compared, the two names score {digits(one.likeness)}",
            facts={"score": one.likeness},
        )
    for why, leaves in one.costs:
        yield Step(
            stage=Stage.COST,
            holds=False,
            says=f"{why}: {digits(leaves)} of that is left",
            facts={"leaves": leaves},
        )


def _hurdles(one: Candidate) -> Iterator[Step]:
    """What was asked of a place, as far as the road went."""
    if one.refusal:
        yield Step(stage=Stage.ALONE, holds=False, says=f"a part that stands alone: {one.refusal}")
        return
    yield _bar(one)
    if one.exclusion:
        says = f"the words are as much like {_shown(one.exclusion)}, which stands under not:"
        yield Step(stage=Stage.NOT, holds=False, says=says, facts={"name": one.exclusion})
    if one.weakness:
        backed = f"which is {_shown(one.support)}" if one.support else "and there is none"
        yield Step(
            stage=Stage.SUPPORT,
            holds=bool(one.support),
            says=f"{one.weakness}, so it needs support in the article, {backed}",
            facts={"why": one.weakness.value, "support": one.support},
        )
    if one.rival and one.hurdle is Hurdle.RIVAL:
        says = f"the words were taken for {one.rival.entity}: {_shown(one.rival.name)}"
        yield Step(
            stage=Stage.RIVAL,
            holds=False,
            says=f"{says} {digits(one.rival.score)}",
            facts={"entity": one.rival.entity, "score": one.rival.score},
        )


def _bar(one: Candidate) -> Step:
    reaches = one.score >= one.bar
    verb = "reaches" if reaches else "does not reach"
    return Step(
        stage=Stage.BAR,
        holds=reaches,
        says=f"{digits(one.score)} {verb} the bar of {one.bar:g}",
        facts={"score": one.score, "bar": one.bar},
    )


def _rules(road: Road) -> Iterator[Step]:
    if not road.branches and not road.off:
        tags = f" ({', '.join(map(_shown, road.entity.tags))})" if road.entity.tags else ""
        yield Step(
            stage=Stage.RULE,
            holds=False,
            says=f"no rule watches {_shown(road.entity.id)} or a tag of it{tags}",
        )
    for branch in road.branches:
        yield _rule(branch, road)
    for called in road.off:
        yield Step(
            stage=Stage.RULE,
            holds=False,
            says=f"rule {_shown(called)} watches it, but has status: off",
            facts={"rule": called},
        )


def _rule(branch: Branch, road: Road) -> Step:
    if not road.trace.mentions:
        return Step(
            stage=Stage.RULE,
            says=f"rule {_shown(branch.rule.id)} watches it",
            facts={"rule": branch.rule.id},
        )
    conditions = tuple(map(_answer, branch.answers))
    if branch.judged is None:
        says = f"rule {_shown(branch.rule.id)} raises no alert"
        steps = conditions
    else:
        steps = (*conditions, *_decision(branch, branch.judged, road))
        says = f"rule {_shown(branch.rule.id)} raises an alert"
    return Step(
        stage=Stage.RULE,
        holds=branch.judged is not None,
        says=says,
        facts={"rule": branch.rule.id},
        steps=steps,
    )


def _answer(answer: Answer) -> Step:
    found = f"; there is {_shown(answer.found)}" if answer.found else ""
    return Step(
        stage=Stage.CONDITION,
        holds=answer.holds,
        says=f"{answer.key}: {_shown(answer.wanted)}{found}",
        facts={"key": answer.key, "wanted": answer.wanted, "found": answer.found},
    )


def _decision(branch: Branch, judged: Judged, road: Road) -> Iterator[Step]:
    decision = judged.decision
    sends = decision.reason.sends
    yield Step(
        stage=Stage.DECISION,
        holds=sends,
        says=f"{'sent' if sends else 'held'}: {decision.reason}",
        facts={
            "alert": judged.alert.id,
            "reason": decision.reason.value,
            "earlier": decision.earlier,
        },
        steps=(
            *_silence(judged, road),
            *_age(road),
            *_test(branch, road),
            *_story(branch, decision, road),
        ),
    )
    if sends:
        channels, release = judged.send_to, judged.release
        later = f", not before {release:%Y-%m-%d %H:%M:%S} UTC" if release else ""
        yield Step(
            stage=Stage.CHANNELS,
            holds=bool(channels),
            says=f"to {', '.join(map(_shown, channels))}{later}",
            facts={"send_to": list(channels), "release": stamp(release) if release else None},
        )


def _silence(judged: Judged, road: Road) -> Iterator[Step]:
    """The silences that hold it back, each as it stands now: one may have been ended since."""
    if judged.decision.reason is not Reason.SILENCED:
        return
    for silence in mutes(judged.alert, road.limits.silences):
        end, ended = silence.until, silence.ended
        says = f"{silence.target} {_shown(silence.subject)} {_lasts(silence)}"
        facts = {
            "silence": silence.number,
            "until": stamp(end),
            "ended": stamp(ended) if ended else None,
        }
        yield Step(stage=Stage.SILENCE, holds=False, says=says, facts=facts)


def _lasts(silence: Silence) -> str:
    """Until when somebody is silenced, by whom and why."""
    made = f"by {_shown(silence.by)}: {_shown(silence.why)}"
    if silence.ended is None:
        return f"is silenced until {silence.until:%Y-%m-%d %H:%M:%S} UTC {made}"
    ended = f"{silence.ended:%Y-%m-%d %H:%M:%S} UTC"
    return f"was silenced {made}; {_shown(silence.ended_by)} ended it {ended}"


def _age(road: Road) -> Iterator[Step]:
    """How old the article was, where that is asked and known."""
    published, most = road.question.article.published, road.limits.max_age
    if most is None or published is None:
        return
    age = road.question.at - published
    yield Step(
        stage=Stage.AGE,
        holds=age <= most,
        says=f"{_aged(published, age)}; max_age is {length(most)}",
        facts={"published": stamp(published), "max_age": most.total_seconds()},
    )


def _aged(published: datetime, age: timedelta) -> str:
    """How old an article was when it was first seen; one of an archive is news of its day."""
    if not age:
        return f"published {published:%Y-%m-%d}, which counts as first seen, as of an archive"
    if age < timedelta(0):
        return f"published {length(-age)} after it was first seen, by its publisher's clock"
    return f"published {length(age)} before it was first seen"


def _test(branch: Branch, road: Road) -> Iterator[Step]:
    """What is on test: of that nobody is told."""
    for what, status in (("rule", branch.rule.status), ("entity", road.entity.status)):
        if status is Status.TEST:
            yield Step(stage=Stage.STATUS, holds=False, says=f"the {what} has status: test")


def _story(branch: Branch, decision: Decision, road: Road) -> Iterator[Step]:
    """What was told of the story before, where that was asked."""
    cool_down = branch.rule.cool_down
    if not cool_down or decision.reason in _UNASKED:
        return
    old = branch.earlier
    if old is None:
        says = f"no alert for this story within twice the cool_down of {length(cool_down)}"
    else:
        ago = length(road.question.at - old.raised)
        says = (
            f"{old.alert} told the story {ago} before, with {digits(old.score)};"
            f" cool_down is {length(cool_down)}"
        )
    yield Step(
        stage=Stage.STORY,
        holds=decision.reason.sends,
        says=says,
        facts={
            "earlier": old.alert if old else "",
            "cool_down": cool_down.total_seconds(),
        },
    )


def _shown(text: str) -> str:
    return isolate(shorten(tidy(text).strip(), _SHOWN))
