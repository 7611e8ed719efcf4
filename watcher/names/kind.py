"""What an entity is; here because it decides how a name is taken apart."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """What an entity is; it decides how its name is taken apart."""

    PERSON = "person"
    ORGANIZATION = "organization"
