"""Which state of an official list somebody was found on: what an alert says of it for good."""

from __future__ import annotations

from dataclasses import dataclass


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
