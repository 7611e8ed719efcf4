"""Why two names were judged alike: one record for each part of either name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What became of a part, or what else spoke for a mention.

    `ASIDE` are words that are not compared: titles, legal forms, Jr.
    """

    MATCHED = "matched"
    OMITTED = "omitted"
    EXTRA = "extra"
    CONTRADICTED = "contradicted"
    ASIDE = "left aside"
    SHORT = "short"
    CONTEXT = "context"


class Equivalence(StrEnum):
    """By what two parts are held to be one."""

    SAME = "same"
    FOLDED = "folded"
    SPELLING = "spelling"
    TRANSLITERATION = "transliteration"
    EQUIVALENT = "equivalent"
    JOINED = "joined"
    INITIAL = "initial"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One line of the account that each comparison and each mention gives of itself.

    Attributes:
        verdict: what became of the part.
        part: the part as the watchlist (or the first name) spells it; "" for an extra part.
        found: the part as the text (or the second name) spells it; "" for an omitted part.
        by: the equivalence that joins the two; None unless matched.
        score: how alike the two are, 0.0 to 1.0; 0.0 where there is nothing to compare.
        note: what a person needs besides, such as where the full name stood, or what the word is
            that was left aside; "" if nothing.
    """

    verdict: Verdict
    part: str = ""
    found: str = ""
    by: Equivalence | None = None
    score: float = 0.0
    note: str = ""
