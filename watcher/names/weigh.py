"""The judgement over two whole names, from what became of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import exp

from watcher.names.align import Judge, Match, align
from watcher.names.alike import alike
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.kind import Kind
from watcher.names.parse import parse
from watcher.names.part import Name, Part, Role
from watcher.names.rarity import rarity

SAME = 0.80
"""At or above this score two names are held to be the same; about 1 % of the hardest wrong pairs
(nearest other names of the official lists) reach it."""

_ASIDE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION, Role.LEGAL, Role.PARTICLE))
_WEIGHT = {Role.GENERIC: 0.25, Role.PATRONYMIC: 0.3, Role.INITIAL: 0.1}


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names have in common.

    Attributes:
        score: 0.0 to 1.0, one scale whatever the scripts and the number of parts.
        same: whether the score reaches `SAME`.
        evidence: what became of each part: the parts of the first name in order, then what the
            second has besides.
    """

    score: float
    same: bool
    evidence: tuple[Evidence, ...]


def compare(a: str, b: str, kind: Kind = Kind.PERSON) -> Comparison:
    """Compare two names; symmetric in the score; 1.0 only for the same letters in the same order."""
    return weigh(parse(a, kind), parse(b, kind))


def weigh(listed: Name, seen: Name, judge: Judge = alike) -> Comparison:
    """Compare a listed name with one that was seen.

    Args:
        listed: the name of the watchlist; evidence is told from its side.
        seen: the other name.
        judge: says how alike two parts are; a caller who remembers answers gives its own.
    """
    left, right = _core(listed), _core(seen)
    if not left or not right:
        return Comparison(0.0, same=False, evidence=_evidence(listed, seen, (), left, right))
    matches = _aligned(left, right, judge)
    score = _score(left, right, matches)
    return Comparison(score, score >= SAME, _evidence(listed, seen, matches, left, right))


def _aligned(left: Sequence[Part], right: Sequence[Part], judge: Judge) -> tuple[Match, ...]:
    """Align in one direction whichever name came first, so that ties break alike."""
    if [p.text for p in left] <= [p.text for p in right]:
        return align(left, right, judge)
    turned = [replace(m, left=m.right, right=m.left) for m in align(right, left, judge)]
    return tuple(sorted(turned, key=lambda match: match.left))


def _core(name: Name) -> list[Part]:
    core = [part for part in name.parts if part.role not in _ASIDE]
    return core or list(name.parts)


def _score(left: Sequence[Part], right: Sequence[Part], matches: Sequence[Match]) -> float:
    if [p.folded for p in left] == [p.folded for p in right] and left[0].script is right[0].script:
        return 1.0
    if not matches:
        return 0.0
    full = [m for m in matches if m.likeness.by is not Equivalence.INITIAL]
    worst = min((m.likeness.score for m in full), default=0.0)
    alone = [
        _alone(left, {i for m in matches for i in m.left}),
        _alone(right, {j for m in matches for j in m.right}),
    ]
    against = min(len(alone[0]), len(alone[1]))
    telling = sum(rarity(left[m.left[0]].folded, left[m.left[0]].script) for m in full)
    missing = sum(
        _WEIGHT.get(p.role, 1.0) * rarity(p.folded, p.script) for side in alone for p in side
    )
    swapped = sum(b.right[0] < a.right[0] for a, b in zip(matches, matches[1:], strict=False))
    value = (
        6 * worst - 8 * against - 0.5 * missing + 1.2 * telling - 3 * swapped * (1 - worst) - 5.0
    )
    return 0.9999 / (1 + exp(-value))


def _alone(parts: Sequence[Part], taken: set[int]) -> list[Part]:
    return [part for index, part in enumerate(parts) if index not in taken]


def _evidence(
    listed: Name, seen: Name, matches: Sequence[Match], left: Sequence[Part], right: Sequence[Part]
) -> tuple[Evidence, ...]:
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
    against = min(len(missing), len(more)) if matches or len(missing) == len(more) else 0
    lines += [
        Evidence(verdict=Verdict.CONTRADICTED, part=a.text, found=b.text)
        for a, b in zip(missing[:against], more[:against], strict=True)
    ]
    lines += [Evidence(verdict=Verdict.OMITTED, part=a.text) for a in missing[against:]]
    lines += [Evidence(verdict=Verdict.EXTRA, found=b.text) for b in more[against:]]
    return tuple(lines)
