"""What a spot can reach at best, told before its letters are compared.

The careful look at a spot costs a hundred times as much as finding it, and nearly all spots come to
nothing for reasons that do not need it: half of an organisation's name, a doubtful part beside one
that is left out. What is said here is never less than `judge` says later.
"""

from __future__ import annotations

from watcher.match.demand import DOUBTFUL, FAINT, VAGUE, WITHOUT_FIRST
from watcher.match.index import Listed
from watcher.match.judge import (
    Find,
    coverage,
    gives_family,
    gives_first,
    is_everyday,
    opened,
)
from watcher.match.page import Page
from watcher.match.spot import Piece
from watcher.match.unit import CASED
from watcher.match.weak import is_weak
from watcher.names import Comparison, Evidence, Kind, Verdict

_HALF = Comparison(score=1.0, same=True, evidence=(Evidence(verdict=Verdict.OMITTED),))


def most(listed: Listed, pieces: tuple[Piece, ...]) -> float:
    """The most that `judge` can give, 0.0 to 1.0."""
    if listed.entity.kind == Kind.ORGANIZATION:
        return coverage(listed, pieces)
    score = 1.0 if gives_first(listed, pieces) else WITHOUT_FIRST
    score *= 1.0 if gives_family(listed, pieces) else VAGUE
    return score * (VAGUE if _is_surely_vague(listed, pieces) else 1.0)


def may_be_strong(page: Page, listed: Listed, pieces: tuple[Piece, ...], names: int) -> bool:
    """Whether a name may count without support, were it as sure as it can be.

    Args:
        page: the text.
        listed: the name.
        pieces: the words.
        names: how many names the list holds.
    """
    found = supposed(listed, (opened(page, listed, pieces[0]), *pieces[1:]))
    if not is_weak(page, found, names):
        return True
    # Of an organisation's name that lacks words other things are asked than of a whole one.
    other = len(pieces) > 1 and listed.entity.kind == Kind.ORGANIZATION
    return other and not is_weak(page, found._replace(comparison=_HALF), names)


def supposed(listed: Listed, pieces: tuple[Piece, ...]) -> Find:
    """A find that nobody has made yet, as sure as it can be."""
    first, last = pieces[0].unit.first, max(p.unit.last for p in pieces)
    score = most(listed, pieces)
    comparison = Comparison(score=score, same=True, evidence=())
    return Find(listed, first, last, 0, 0, "", comparison, score, pieces)


def _is_surely_vague(listed: Listed, pieces: tuple[Piece, ...]) -> bool:
    """Whether the words are vague, whatever becomes of parts that no piece gives."""
    if len(pieces) == 1:
        return False
    whole = _may_be_whole(listed, pieces)
    for unit, hit in pieces:
        least = DOUBTFUL if not whole else 0.0 if unit.script in CASED else FAINT
        if hit.score < least or is_everyday(unit, hit):
            return True
    return False


def _may_be_whole(listed: Listed, pieces: tuple[Piece, ...]) -> bool:
    """Whether no part may be lacking: all are given, or words between may give the others."""
    given = {i for p in pieces for i in range(p.hit.first, p.hit.last + 1)}
    words = sum(p.unit.last - p.unit.first + 1 for p in pieces)
    last = max(p.unit.last for p in pieces)
    return last - pieces[0].unit.first + 1 > words or given.issuperset(listed.core)
