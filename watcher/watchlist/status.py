"""Whether what is written counts: in earnest, on trial, or not at all for now."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """How far an entity or a rule is in force.

    `live` is found and told; `test` is found and recorded, and nobody is told; `off` is read and
    checked, and not looked for.
    """

    LIVE = "live"
    TEST = "test"
    OFF = "off"
