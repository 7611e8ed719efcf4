"""What speaks for and against two names being one, each as a number.

The judgement is a weighted sum of these, so that every part of a score can be told. The weights are
in the table `weights`, fitted by benchmarks/fit_weights.py.
"""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache
from itertools import pairwise
from math import fsum, log
from operator import mul
from typing import NamedTuple

from watcher.names.align import Match
from watcher.names.evidence import Equivalence
from watcher.names.known import spellings
from watcher.names.part import Part, Role
from watcher.names.rarity import rarity
from watcher.names.roman import consonants
from watcher.text import Script

_LOW, _HIGH = -3.0, 4.0
_WEAK = -0.5
_ENOUGH = 5.5
"""Consonants enough that chance does not make two names alike."""
_SURE = 2.0
_EVIDENT = frozenset((Equivalence.SAME, Equivalence.FOLDED, Equivalence.EQUIVALENT))
_MINOR = frozenset((Role.PATRONYMIC, Role.GENERIC))
_LITTLE = frozenset((Role.INITIAL, Role.GENERIC))


class Traits(NamedTuple):
    """What speaks for and against two names being one.

    Attributes:
        mean: the mean logit of the matched parts, each by how telling it is.
        doubt: how far matched parts fall short of a sure match, summed.
        telling: how telling the matched parts are by how alike they are, summed; at most 3, at
            most 1 if others stand against each other, since brothers share all names but one.
        weak: matches that are little better than chance.
        best: how telling the most telling matched part is.
        alone: 1 if just one part matched though both names have more.
        contradicted: full names that stand against each other, by how telling they are.
        given: 1 if the first parts of both names stand against each other.
        family: 1 if the last parts of both names stand against each other.
        patronymic: patronymics, or generic words of one script, that stand against each other.
        omitted_minor: patronymics that the other name lacks.
        omitted_family: 1 if a name lacks the other's family name.
        complete: 1 if no part is left over, none but by an initial or a weak match.
        swapped: places where the order turns round; the mean of what either name sees.
        swapped_doubt: the same where the parts are not surely alike.
        initials: initials that go with a part.
        single: 1 if both names are one part.
        thin: how little there is to agree in, where parts are not the very same: names of few
            consonants (Spike Lee) are like words of any sentence, the more so if not surely alike.
    """

    mean: float
    doubt: float
    telling: float
    weak: float
    best: float
    alone: float
    contradicted: float
    given: float
    family: float
    patronymic: float
    omitted_minor: float
    omitted_family: float
    complete: float
    swapped: float
    swapped_doubt: float
    initials: float
    single: float
    thin: float


def logit(score: float) -> float:
    """A score of 0 to 1 as a logit between -3 and 4."""
    if score >= 1.0:
        return _HIGH
    return max(_LOW, min(_HIGH, log(score / (1.0 - score)))) if score > 0.0 else _LOW


def part_rarity(part: Part) -> float:
    """How telling a part is; patronymics and generic words say less."""
    scale = 0.4 if part.role in _MINOR else 1.0
    return scale * _rarity(part.folded, part.script)


@lru_cache(maxsize=1 << 12)
def _rarity(folded: str, script: Script) -> float:
    """How telling a word is; a rare spelling of a known name tells no more than the usual one."""
    usual = [rarity(spelled, Script.LATIN) for spelled in spellings(folded)]
    return min([rarity(folded, script), *usual])


def traits(left: Sequence[Part], right: Sequence[Part], matches: Sequence[Match]) -> Traits:
    """Sum up an alignment; the same whichever name is the left one."""
    full = _telling(left, right, matches)
    sure = [logit(m.likeness.score) for m in full]
    weight = [_shared(left, right, m) * m.likeness.score for m in full]
    loose = [
        _loose(left, {i for m in matches for i in m.left}),
        _loose(right, {j for m in matches for j in m.right}),
    ]
    rest = [[left[i] for i in loose[0]], [right[j] for j in loose[1]]]
    names = [[p for p in side if p.role is Role.NAME] for side in rest]
    fathers = [sum([p.role is Role.PATRONYMIC for p in side]) for side in rest]
    minor = min(fathers) + _other_words(rest)
    against = min(map(len, names))
    turns = _turns(full)
    sizes = [sum([p.role not in _LITTLE for p in side]) for side in (left, right)]
    initials = sum([m.likeness.by is Equivalence.INITIAL for m in matches])
    least = min(sure, default=_LOW)
    total = fsum(weight)
    return Traits(
        mean=fsum(map(mul, sure, weight)) / total if weight else _LOW,
        doubt=fsum([max(0.0, _SURE - s) for s in sure]),
        telling=min(1.0 if against or minor or (sure and least < _WEAK) else 3.0, total),
        weak=float(sum([s < _WEAK for s in sure])),
        best=max(weight, default=0.0),
        alone=float(sum([s >= _WEAK for s in sure]) == 1 and min(sizes) > 1),
        contradicted=_against(names, against) if against else 0.0,
        given=float(_begins_loose(left, loose[0]) and _begins_loose(right, loose[1])),
        family=float(_ends_loose(left, loose[0]) and _ends_loose(right, loose[1])),
        patronymic=float(minor),
        omitted_minor=float(abs(fathers[0] - fathers[1])),
        omitted_family=float(_lacks(left, loose[0]) or _lacks(right, loose[1])),
        complete=float(not any(names) and not minor and not initials and least > _WEAK),
        swapped=len(turns) / 2,
        swapped_doubt=fsum([max(0.0, _SURE - logit(t)) for t in turns]) / 2,
        initials=float(initials),
        single=float(max(sizes) == 1),
        thin=_thin(left, right, full),
    )


def _telling(left: Sequence[Part], right: Sequence[Part], matches: Sequence[Match]) -> list[Match]:
    """Matches of more than an initial; generic words count only where there is nothing else."""
    full = [m for m in matches if m.likeness.by is not Equivalence.INITIAL]
    if Role.GENERIC not in [p.role for p in (*left, *right)]:
        return full
    named = [
        m
        for m in full
        if all(left[i].role is not Role.GENERIC for i in m.left)
        and all(right[j].role is not Role.GENERIC for j in m.right)
    ]
    return named or full


def _turns(matches: Sequence[Match]) -> list[float]:
    """Where the order turns round, as either name sees it: how alike the less alike part is.

    Of three parts and more the two may see different places, so both are heard.
    """
    if len(matches) <= 1:
        return []
    sides = [
        [(m.left, m.right, m.likeness.score) for m in matches],
        sorted((m.right, m.left, m.likeness.score) for m in matches),
    ]
    return [min(one[2], two[2]) for side in sides for one, two in pairwise(side) if two[1] < one[1]]


def _other_words(rest: Sequence[Sequence[Part]]) -> int:
    """Generic words that stand against each other: an army is no front.

    Words of two scripts may be one another's translation.
    """
    one, other = ([p for p in side if p.role is Role.GENERIC] for side in rest)
    scripts = {p.script for p in one} & {p.script for p in other}
    return min(len(one), len(other)) if scripts else 0


def pair_of(left: Sequence[Part], right: Sequence[Part]) -> str:
    """The two scripts of a comparison as the table `weights` names them, such as "Arab Latn"."""
    scripts = {p.script for p in (*left, *right)} - {Script.OTHER}
    return " ".join(sorted(s.value for s in scripts))


def _shared(left: Sequence[Part], right: Sequence[Part], match: Match) -> float:
    """How telling a match is: as telling as the commoner of its two sides."""
    return min(
        max([part_rarity(left[i]) for i in match.left]),
        max([part_rarity(right[j]) for j in match.right]),
    )


def _against(names: Sequence[Sequence[Part]], many: int) -> float:
    """How telling so many names are that stand against each other: the most telling of each."""
    spare = [sorted(map(part_rarity, side)) for side in names]
    return sum(sum(side[-many:]) for side in spare) / 2


def _thin(left: Sequence[Part], right: Sequence[Part], matches: Sequence[Match]) -> float:
    """What matched names of few consonants lack, by how unsure the matches are."""
    lack = 1.0 - fsum(_substance(left, right, m) for m in matches) / _ENOUGH
    doubts = [
        max(0.0, _SURE - logit(m.likeness.score)) for m in matches if m.likeness.by not in _EVIDENT
    ]
    return max(0.0, lack) * (0.5 * len(doubts) + fsum(doubts))


def _substance(left: Sequence[Part], right: Sequence[Part], match: Match) -> float:
    """The consonants that two parts have to agree in: those of the shorter side."""
    return min(
        sum([consonants(left[i].folded, left[i].script) for i in match.left]),
        sum([consonants(right[j].folded, right[j].script) for j in match.right]),
    )


def _loose(parts: Sequence[Part], taken: Container[int]) -> list[int]:
    """The places of the parts that went with nothing."""
    return [place for place in range(len(parts)) if place not in taken]


def _begins_loose(parts: Sequence[Part], loose: Sequence[int]) -> bool:
    """Whether the first part is a name and went with nothing."""
    return 0 in loose and parts[0].role is Role.NAME


def _ends_loose(parts: Sequence[Part], loose: Sequence[int]) -> bool:
    """Whether the last part is a name and went with nothing."""
    return len(parts) - 1 in loose and parts[-1].role is Role.NAME


def _lacks(parts: Sequence[Part], loose: Sequence[int]) -> bool:
    """Whether the family name, as far as it can be told, went with nothing."""
    if not loose:
        return False
    family = [place for place, p in enumerate(parts) if p.family and p.role is Role.NAME]
    return (family[-1] if family else len(parts) - 1) in loose
