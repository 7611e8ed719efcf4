"""A mention: a place in an article where a name of the watchlist was recognised."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from watcher.names import Evidence


class Field(StrEnum):
    """Which part of the article a mention stands in."""

    TITLE = "title"
    TEXT = "text"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A name found in an article.

    Attributes:
        entity: the entity's id.
        name: the name of the watchlist that was recognised.
        field: where it stands; `start` and `end` count code points of that field.
        start: of the first code point.
        end: behind the last code point; `field_text[start:end] == quote`.
        quote: the words as they stand in the article.
        score: how sure, 0.0 to 1.0; one scale for all scripts and lengths.
        evidence: the account of each part of the name, and of what else spoke for it.
    """

    entity: str
    name: str
    field: Field = Field.TEXT
    start: int
    end: int
    quote: str
    score: float
    evidence: tuple[Evidence, ...] = ()
