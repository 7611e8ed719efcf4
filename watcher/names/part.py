"""A name taken apart: the records that parsing gives and comparing takes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from watcher.names.kind import Kind
from watcher.text import Script


class Role(StrEnum):
    """What a part of a name does there; it decides how much its absence says."""

    NAME = "name"
    PATRONYMIC = "patronymic"
    INITIAL = "initial"
    TITLE = "title"
    HONORIFIC = "honorific"
    GENERATION = "generation"
    PARTICLE = "particle"
    LEGAL = "legal form"
    GENERIC = "generic word"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a name: a word, or words that are written together elsewhere.

    Attributes:
        text: as it stands in the name, with its particle ("bin Laden", "al-Adel").
        folded: what is compared: folded, particle taken off, compounds joined ("nasrlah").
        whole: the same with its particle, for spellings that write both as one ("binladen");
            equal to `folded` where there is none.
        script: of its first letter.
        role: what it does in the name.
        article: it follows al-, von, de or the like.
        family: the name's own writing shows it as the family name (capitals, or before a comma).
    """

    text: str
    folded: str
    whole: str
    script: Script
    role: Role = Role.NAME
    article: bool = False
    family: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A whole name.

    Attributes:
        text: as it was given.
        parts: in the order written, but the family name goes last where a comma follows it.
        kind: of a person or of an organisation.
        listed: it shows which part is the family name, so its order says nothing.
    """

    text: str
    parts: tuple[Part, ...]
    kind: Kind = Kind.PERSON
    listed: bool = False
