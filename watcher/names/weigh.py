"""The judgement over two whole names, from what became of each part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from importlib import resources
from math import exp

from watcher.names.align import Judge, Match, align
from watcher.names.alike import alike
from watcher.names.evidence import Evidence, Verdict
from watcher.names.kind import Kind
from watcher.names.parse import parse
from watcher.names.part import Name, Part, Role
from watcher.names.traits import Traits, logit, pair_of, traits
from watcher.text.table import read_table

SAME = 0.80
"""At or above this score two names are held to be the same; about 1 % of the hardest wrong pairs
(nearest other names of the official lists) reach it."""

_ASIDE = frozenset((Role.TITLE, Role.HONORIFIC, Role.GENERATION, Role.LEGAL, Role.PARTICLE))
_MOST = 0.9999
_WORDS = 1.2
"""Names of organisations are words: nearly the same is another word (Melli, Mellat)."""
STEEP = 1.5
"""How the logit of two lone parts counts; whole names have weights of their own."""


def _weights() -> tuple[tuple[tuple[str, float], ...], dict[str, float]]:
    """The weight of each trait, and the offset of each pair of scripts."""
    names = {field.name for field in fields(Traits)}
    rows = read_table(resources.files("watcher.names"), "weights")
    table = {row["trait"]: float(row["weight"]) for row in rows}
    traits_of = tuple((name, weight) for name, weight in table.items() if name in names)
    return traits_of, {name: weight for name, weight in table.items() if name not in names}


_WEIGHTS, _OFFSETS = _weights()


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two names have in common.

    Attributes:
        score: 0.0 to 1.0, one scale whatever the scripts and the number of parts.
        same: whether the score reaches `SAME`.
        evidence: what became of each part: those that match in the order of the first name, then
            those that contradict each other, those omitted, those extra. Titles, legal forms and
            the like have no record: they are not compared.
    """

    score: float
    same: bool
    evidence: tuple[Evidence, ...]


def compare(a: str, b: str, kind: Kind = Kind.PERSON) -> Comparison:
    """Compare two names; symmetric in the score; 1.0 only for the same letters in order."""
    return weigh(parse(a, kind), parse(b, kind))


def weigh(listed: Name, seen: Name, judge: Judge = alike) -> Comparison:
    """Compare a listed name with one that was seen.

    Args:
        listed: the name of the watchlist; evidence is told from its side.
        seen: the other name.
        judge: says how alike two parts are; a caller who remembers answers gives its own.
    """
    left, right = core(listed), core(seen)
    matches = aligned(left, right, judge)
    organisation = Kind.ORGANIZATION in (listed.kind, seen.kind)
    score = _score(left, right, matches, organisation=organisation)
    return Comparison(score, score >= SAME, _evidence(matches, left, right))


def core(name: Name) -> tuple[Part, ...]:
    """The parts of a name that are compared: without titles and the like, if anything is left."""
    return tuple(part for part in name.parts if part.role not in _ASIDE) or name.parts


def aligned(left: Sequence[Part], right: Sequence[Part], judge: Judge = alike) -> tuple[Match, ...]:
    """Align in one direction whichever name came first, so that ties break alike."""
    if [p.text for p in left] <= [p.text for p in right]:
        return align(left, right, judge)
    turned = [replace(m, left=m.right, right=m.left) for m in align(right, left, judge)]
    return tuple(sorted(turned, key=lambda match: match.left))


def _score(
    left: Sequence[Part], right: Sequence[Part], matches: Sequence[Match], *, organisation: bool
) -> float:
    if not matches:
        return 0.0
    if [(p.folded, p.script) for p in left] == [(p.folded, p.script) for p in right]:
        return 1.0
    pair = pair_of(left, right)
    if len(left) == len(right) == 1:
        value = STEEP * logit(matches[0].likeness.score) + _offset(pair, " one part")
    else:
        found = traits(left, right, matches)
        value = sum(weight * getattr(found, name) for name, weight in _WEIGHTS) + _offset(pair, "")
        value -= _WORDS * found.doubt if organisation else 0.0
    return _MOST / (1.0 + exp(-value))


def _alone(parts: Sequence[Part], taken: set[int]) -> list[Part]:
    return [part for index, part in enumerate(parts) if index not in taken]


def _offset(pair: str, size: str) -> float:
    """What a pair of scripts adds; those never measured go with the like of them."""
    like = "Latn" if " " not in pair and not size else "Arab Latn"
    return _OFFSETS.get(pair + size, _OFFSETS[like + size])


def _evidence(
    matches: Sequence[Match], left: Sequence[Part], right: Sequence[Part]
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
