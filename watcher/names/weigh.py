"""The judgement over two whole names, from what became of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from importlib import resources
from math import exp
from operator import mul
from typing import TypeAlias

from watcher.names.align import Judge, Match, align
from watcher.names.alike import alike, likeness
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.kind import Kind
from watcher.names.parse import NUMBERS, parse
from watcher.names.part import Name, Part, Role
from watcher.names.roman import consonants
from watcher.names.traits import Traits, logit, pair_of, traits
from watcher.text import Script, readings
from watcher.text.table import read_table

SAME = 0.80
"""At or above this score two names are held to be the same; about 1 % of the hardest wrong pairs
(nearest other names of the official lists) reach it."""

_ASIDE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION, Role.LEGAL, Role.PARTICLE))
_MAYBE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION))
_TOLD = _ASIDE - {Role.PARTICLE}
_RECALLED = 0.6
"""So much like a name of the other name must a title be to be taken for one."""
_OTHER_NUMBER = 0.2
"""What other numbers leave of a score: Murad III is not Murad IV."""
_SURE = 0.6
"""One part at least must be as alike as this, its case ending taken off …"""
_UNSURE = 0.7
"""… or this is left of a score: Джозеф Байден is alike to Sayf al-Baydani in no part."""
_MOST = 0.9999
_HAN_ALONE = "Han is compared with Han alone: list both forms"
"""Why a part in Han was left aside."""
_WORDS = 1.6
"""Names of organisations are words: nearly the same is another word (Melli, Mellat)."""
STEEPNESS = " steepness"
STEEP = 1.5
"""How the logit of two lone parts counts; whole names have weights of their own."""


def _weights() -> tuple[tuple[float, ...], dict[str, float]]:
    """The weight of each trait; for each pair of scripts the offset and steepness of the scale."""
    rows = read_table(resources.files("watcher.names"), "weights")
    table = {row["trait"]: float(row["weight"]) for row in rows}
    return tuple(table.pop(name, 0.0) for name in Traits._fields), table


_WEIGHTS, _SCALES = _weights()


Parts: TypeAlias = tuple[Part, ...]
Matches: TypeAlias = tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names have in common.

    Attributes:
        score: 0.0 to 1.0, one scale whatever the scripts and the number of parts.
        same: whether the score reaches `SAME`.
        evidence: what became of each part: those that match in the order of the first name, then
            those that contradict each other, those omitted, those extra; then the titles, legal
            forms and the like that were left aside.
    """

    score: float
    same: bool
    evidence: tuple[Evidence, ...]


def compare(a: str, b: str, kind: Kind = Kind.PERSON) -> Comparison:
    """Compare two names; symmetric in the score; 1.0 only for the same letters in order."""
    return weigh(parse(a, kind), parse(b, kind))


def weigh(listed: Name, seen: Name, judge: Judge = alike, least: float = 0.0) -> Comparison:
    """Compare a listed name with one that was seen.

    Args:
        listed: the name of the watchlist; evidence is told from its side.
        seen: the other name.
        judge: says how alike two parts are; a caller who remembers answers gives its own.
        least: nobody asks about a lower score: any number below may come back, without evidence.
    """
    left, right, matches = paired(listed, seen, judge)
    organisation = Kind.ORGANIZATION in (listed.kind, seen.kind)
    score = _score(left, right, matches, least, organisation=organisation)
    if _numbered_apart(listed, seen):
        score *= _OTHER_NUMBER
    if score < least:
        return Comparison(score, same=False, evidence=())
    evidence = (*_evidence(matches, left, right), *_aside(listed, left, seen, right))
    return Comparison(score, score >= SAME, evidence)


def paired(listed: Name, seen: Name, judge: Judge = alike) -> tuple[Parts, Parts, Matches]:
    """The parts of two names that are compared, and which go together.

    A word that is a title in the one name may be a name in the other (Hafez Karami, Hafiz
    KARAMI): then it is one in both.
    """
    left, right = core(listed), core(seen)
    matches = aligned(left, right, judge)
    loose = [
        _alone(left, {i for m in matches for i in m.left}),
        _alone(right, {j for m in matches for j in m.right}),
    ]
    fuller = _recalled(listed, left, loose[1], judge), _recalled(seen, right, loose[0], judge)
    if fuller == (left, right):
        return left, right, matches
    return *fuller, aligned(*fuller, judge)


def _recalled(name: Name, parts: Parts, loose: Sequence[Part], judge: Judge) -> Parts:
    """The parts of a name, and of its titles those that the other name has as a name."""
    if not loose or len(parts) == len(name.parts):
        return parts
    return tuple(
        replace(p, role=Role.NAME) if p.role in _ASIDE else p
        for p in name.parts
        if p.role not in _ASIDE or _is_name(p, loose, judge)
    )


def _is_name(part: Part, loose: Sequence[Part], judge: Judge) -> bool:
    """Whether a title is a name of the other name; III, without a consonant, never is."""
    return (
        part.role in _MAYBE
        and consonants(part.folded, part.script) > 0
        and any(judge(part, other).score >= _RECALLED for other in loose)
    )


def _numbered_apart(listed: Name, seen: Name) -> bool:
    """Whether two names number their bearers, and not alike: Murad III, Murad IV."""
    one, other = _numbers(listed), _numbers(seen)
    return bool(one and other) and one.isdisjoint(other)


def _numbers(name: Name) -> set[int]:
    parts = [part.folded for part in name.parts if part.role is Role.GENERATION]
    return {NUMBERS[folded] for folded in parts if folded in NUMBERS}


def core(name: Name) -> tuple[Part, ...]:
    """The parts of a name that are compared: without titles and the like, if anything is left."""
    return tuple(part for part in name.parts if part.role not in _ASIDE) or name.parts


def aligned(left: Sequence[Part], right: Sequence[Part], judge: Judge = alike) -> tuple[Match, ...]:
    """Align in one direction whichever name came first, so that ties break alike."""
    if [p.text for p in left] <= [p.text for p in right]:
        return align(left, right, judge)
    turned = [Match(m.right, m.left, m.likeness) for m in align(right, left, judge)]
    return tuple(sorted(turned, key=lambda match: match.left))


def _score(
    left: Parts, right: Parts, matches: Matches, least: float, *, organisation: bool
) -> float:
    if [(p.folded, p.script) for p in left] == [(p.folded, p.script) for p in right]:
        return 1.0 if left else 0.0
    if all(m.likeness.by is Equivalence.INITIAL for m in matches):
        return 0.0
    single = len(left) == len(right) == 1
    sure = 1.0 if single or _has_sure(left, right, matches) else _UNSURE
    if sure * _MOST < least:
        return 0.0
    pair = pair_of(left, right)
    if single:
        value = _scaled(STEEP * logit(matches[0].likeness.score), pair, " one part")
    else:
        found = traits(left, right, matches)
        value = sum(map(mul, _WEIGHTS, found))
        value -= _WORDS * found.doubt if organisation else 0.0
        value = _scaled(value, pair, "")
    return sure * (_MOST / (1.0 + exp(-value)))


def _has_sure(left: Parts, right: Parts, matches: Matches) -> bool:
    """Whether any part is surely alike, as it stands or without its ending (Касема, Qasem)."""
    full = [m for m in matches if m.likeness.by is not Equivalence.INITIAL]
    if any(m.likeness.score >= _SURE for m in full):
        return True
    pairs = [(left[m.left[0]], right[m.right[0]]) for m in full if len(m.left) == len(m.right) == 1]
    return any(
        likeness(one, a.script, other, b.script) >= _SURE
        for a, b in pairs
        for one in _bare(a)
        for other in _bare(b)
    )


def _bare(part: Part) -> set[str]:
    """A word without its case endings, in the script whose lists decline names too."""
    if part.script is not Script.CYRILLIC:
        return {part.folded}
    return {reading.form for reading in readings(part.folded, part.script) if not reading.front}


def _alone(parts: Sequence[Part], taken: set[int]) -> list[Part]:
    return [part for index, part in enumerate(parts) if index not in taken]


def _scaled(value: float, pair: str, size: str) -> float:
    """A value on the one scale; pairs of scripts never measured go with the like of them."""
    like = "Latn" if " " not in pair and not size else "Arab Latn"
    told = pair + size if pair + size in _SCALES else like + size
    return _SCALES[told + STEEPNESS] * value + _SCALES[told]


def _evidence(matches: Matches, left: Parts, right: Parts) -> tuple[Evidence, ...]:
    """One record for each part: the first name's in order, then the second's that are left."""
    lines = [
        Evidence(
            verdict=Verdict.MATCHED,
            part=" ".join(left[i].text for i in m.left),
            found=" ".join(right[j].text for j in m.right),
            by=m.likeness.by,
            score=m.likeness.score,
        )
        for m in matches
    ]
    missing = _alone(left, {i for m in matches for i in m.left})
    more = _alone(right, {j for m in matches for j in m.right})
    if not matches and _is_unread(left, right):
        return _unread(missing, more)
    against = min(len(missing), len(more)) if matches or len(missing) == len(more) else 0
    lines += [
        Evidence(verdict=Verdict.CONTRADICTED, part=a.text, found=b.text)
        for a, b in zip(missing[:against], more[:against], strict=True)
    ]
    lines += [Evidence(verdict=Verdict.OMITTED, part=a.text) for a in missing[against:]]
    lines += [Evidence(verdict=Verdict.EXTRA, found=b.text) for b in more[against:]]
    return tuple(lines)


def _is_unread(left: Parts, right: Parts) -> bool:
    """Whether one name is in Han and the other is not, so that nothing can be said."""
    return len({any(p.script is Script.HAN for p in side) for side in (left, right)}) > 1


def _unread(missing: Sequence[Part], more: Sequence[Part]) -> tuple[Evidence, ...]:
    """The account of two such names: Han is left aside, and why."""
    aside, note = Verdict.ASIDE, _HAN_ALONE
    return tuple(
        Evidence(verdict=aside, part=p.text, note=note)
        if p.script is Script.HAN
        else Evidence(verdict=Verdict.OMITTED, part=p.text)
        for p in missing
    ) + tuple(
        Evidence(verdict=aside, found=p.text, note=note)
        if p.script is Script.HAN
        else Evidence(verdict=Verdict.EXTRA, found=p.text)
        for p in more
    )


def _aside(listed: Name, left: Parts, seen: Name, right: Parts) -> tuple[Evidence, ...]:
    """One record for each word of either name that was not compared; particles need none."""
    return tuple(
        Evidence(verdict=Verdict.ASIDE, part=part.text, note=part.role.value)
        for part in _spared(listed, left)
    ) + tuple(
        Evidence(verdict=Verdict.ASIDE, found=part.text, note=part.role.value)
        for part in _spared(seen, right)
    )


def _spared(name: Name, parts: Parts) -> list[Part]:
    """The words of a name that tell something but are not among the parts compared."""
    if len(parts) == len(name.parts):
        return []
    kept = {part.text for part in parts}
    return [part for part in name.parts if part.role in _TOLD and part.text not in kept]
