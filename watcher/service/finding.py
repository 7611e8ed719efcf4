"""What the doctor finds: how something stands, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How good or bad a finding is, the worst last."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"


FILES = "files"
"""The topic of the finding that is bad if the files cannot be taken as they are."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        topic: what it is, in a word or two.
        grade: how it stands.
        says: what was found, in words.
        advice: what to do; "" if nothing needs to be done.
    """

    topic: str
    grade: Grade
    says: str
    advice: str = ""


def ok(topic: str, says: str) -> Finding:
    """All is well with it."""
    return Finding(topic, Grade.OK, says)


def warn(topic: str, says: str, advice: str) -> Finding:
    """Somebody should look at it when there is time."""
    return Finding(topic, Grade.WARN, says, advice)


def bad(topic: str, says: str, advice: str) -> Finding:
    """It does not work, or will not much longer."""
    return Finding(topic, Grade.BAD, says, advice)
