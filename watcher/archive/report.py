"""What came of a search: figures, and what could not be read."""

from __future__ import annotations

import json
from dataclasses import dataclass

from watcher.archive.document import Refused

TOLD = 20
"""Refusals of one part that are told one by one; the others are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How the search of an input, or of a part of it, went.

    Attributes:
        documents: how many were searched.
        size: bytes of their text in UTF-8.
        mentions: how many were found.
        entities: whose.
        refused: how many records could not be taken.
        told: the first `TOLD` of them.
        notes: what of the documents was not understood, the first `TOLD`.
    """

    documents: int = 0
    size: int = 0
    mentions: int = 0
    entities: frozenset[str] = frozenset()
    refused: int = 0
    told: tuple[Refused, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Report) -> Report:
        return Report(
            documents=self.documents + other.documents,
            size=self.size + other.size,
            mentions=self.mentions + other.mentions,
            entities=self.entities | other.entities,
            refused=self.refused + other.refused,
            told=(self.told + other.told)[:TOLD],
            notes=(self.notes + other.notes)[:TOLD],
        )

    def __str__(self) -> str:
        figures = (
            f"documents: {self.documents} · mentions: {self.mentions}"
            f" · entities: {len(self.entities)}"
        )
        return figures + (f" · unreadable: {self.refused}" if self.refused else "")

    def to_json(self) -> str:
        """As a line that `from_json` makes an equal report of."""
        return json.dumps(
            {
                "documents": self.documents,
                "size": self.size,
                "mentions": self.mentions,
                "entities": sorted(self.entities),
                "refused": self.refused,
                "told": [[each.place, each.message] for each in self.told],
                "notes": self.notes,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> Report:
        """The report that `to_json` wrote.

        Raises:
            ValueError: it is none.
        """
        value = json.loads(text)
        try:
            told = tuple(Refused(*each) for each in value["told"])
            sets = {"entities": frozenset(value["entities"]), "told": told}
            return cls(**value | sets | {"notes": tuple(value.get("notes", ()))})
        except (TypeError, KeyError) as error:
            raise ValueError(f"not a report: {text[:100]}") from error
