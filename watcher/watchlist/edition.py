"""An official list as it is watched, and which state of it: what alerts say of it for good."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.watchlist.entity import Entity


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of one list.

    Attributes:
        name: what the operator calls the list, such as "ofac"; its entities carry it as `origin`.
        published: the publisher's date, such as "2026-11-20"; "" if it gives none.
        version: fingerprint of the publisher's files: the same for the same bytes.
    """

    name: str
    published: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Imported:
    """A list that others made, ready to be watched beside the analysts' own entities.

    Attributes:
        edition: which state of it this is.
        entities: with the list's name as their origin, and the tags by which rules watch them.
    """

    edition: Edition
    entities: tuple[Entity, ...]
