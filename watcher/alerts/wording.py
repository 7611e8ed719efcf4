"""Scores and evidence in words: the one place that decides how sureness and reasons are said."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum
from typing import assert_never

from watcher.alerts.clean import isolate, shorten, tidy
from watcher.names.evidence import Equivalence, Evidence, Verdict

_LONGEST = 120
"""Code points shown of one name part or note; real ones are far shorter."""


class Sureness(StrEnum):
    """A score in the words of people."""

    CERTAIN = "certain"
    VERY_LIKELY = "very likely"
    LIKELY = "likely"
    POSSIBLE = "possible"


BANDS = ((0.95, Sureness.CERTAIN), (0.85, Sureness.VERY_LIKELY), (0.7, Sureness.LIKELY))
"""From which score upwards each word is used, best first; below all of them: possible.

Judgement: the steps are those at which an analyst acts differently (believe, glance, read,
doubt). docs and `compare` print them from here.
"""

_SHORT = "short form"
_BY = {
    Equivalence.SAME: "same",
    Equivalence.FOLDED: "same but for marks",
    Equivalence.SPELLING: "another spelling",
    Equivalence.TRANSLITERATION: "transliteration",
    Equivalence.EQUIVALENT: "form of the same name",
    Equivalence.JOINED: "joined or split",
    Equivalence.INITIAL: "initial",
}


def sureness(score: float) -> Sureness:
    """Say a score (0.0 to 1.0) in words, which always fit its `digits`."""
    return next((word for bar, word in BANDS if _cut(score) >= bar), Sureness.POSSIBLE)


def digits(score: float) -> str:
    """A score for people, cut to two digits, such as "0.94" for 0.949.

    Rounded, it would promise more than the word beside it; and 1.00 is for the same letters only.
    """
    return f"{_cut(score):.2f}"


def explain(evidence: Iterable[Evidence]) -> tuple[str, ...]:
    """Each piece of evidence as a short sentence, in the order given.

    Such as "Soleimani = سليماني (transliteration)" and "al- left out". The names in it are set
    apart by direction isolates; each sentence is one line, fit to be shown.
    """
    return tuple(_sentence(piece) for piece in evidence)


def _cut(score: float) -> float:
    # The little that is added makes up for what binary fractions lose: 0.29 * 100 is 28.99….
    return int(score * 100 + 1e-9) / 100


def _sentence(piece: Evidence) -> str:
    said = _said(piece)
    note = _shown(piece.note)
    return f"{said}; {note}" if note else said


def _said(piece: Evidence) -> str:  # noqa: PLR0911 one answer a verdict
    part, found = isolate(_shown(piece.part)), isolate(_shown(piece.found))
    match piece.verdict:
        case Verdict.MATCHED:
            by = f" ({_by(piece, piece.by)})" if piece.by else ""
            return f"{part} = {found}{by}"
        case Verdict.OMITTED:
            return f"{part} left out"
        case Verdict.EXTRA:
            return f"{found} added"
        case Verdict.CONTRADICTED:
            return f"{part} is not {found}"
        case Verdict.ASIDE:
            return f"{part or found} left aside"
        case Verdict.SHORT:
            full = found or part
            return f"short form; the full name stands in the article: {full}" if full else _SHORT
        case Verdict.CONTEXT:
            return f"context in the article: {found or part}"
        case _:
            assert_never(piece.verdict)


def _by(piece: Evidence, by: Equivalence) -> str:
    """By what two parts are one; an article may write the same word with an ending: Путина."""
    ended = by is Equivalence.SAME and piece.part != piece.found
    return "same but for the ending" if ended else _BY[by]


def _shown(text: str) -> str:
    return shorten(tidy(text).strip(), _LONGEST)
