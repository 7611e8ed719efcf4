"""What reading a publisher's file brings besides its entities: date, what is left out, faults."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import BinaryIO, NamedTuple

from watcher.errors import ListError

SHOWN = 20
"""Entries that could not be read are told one by one up to here; the rest is counted."""


LONGEST_LINE = 50_000_000
"""Bytes of a line; the longest of the lists have some hundred thousand."""


class File(NamedTuple):
    """One file of a list.

    Attributes:
        name: its path or address as people know it.
        open: the file from its beginning, as bytes that can be sought in; called again for a second
            look at it.
    """

    name: str
    open: Callable[[], BinaryIO]


@dataclass(slots=True)
class Tally:
    """What is known when every entity has been read.

    Attributes:
        published: the publisher's date of the list, such as "2026-11-20"; "" if no file says.
        left_out: how many entries of each kind are no names to watch: vessels, aircraft.
        unread: how many entries could not be read.
        faults: the first of them, each with its place and what is wrong.
        advice: what is missing besides.
    """

    published: str = ""
    left_out: Counter[str] = field(default_factory=Counter)
    unread: int = 0
    faults: list[str] = field(default_factory=list)
    advice: list[str] = field(default_factory=list)

    def miss(self, place: str, why: str) -> None:
        """Count an entry that cannot be read."""
        self.unread += 1
        if len(self.faults) < SHOWN:
            self.faults.append(f"{place}: {why}")

    def date(self, published: str) -> None:
        """Note a date as ISO 8601 writes it, anything else not; the latest of several counts."""
        with suppress(ValueError):
            self.published = max(self.published, date.fromisoformat(published).isoformat())


def lines_of(name: str, stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, each with its end.

    Raises:
        ListError: one is too long to be held in memory.
    """
    while raw := stream.readline(LONGEST_LINE + 1):
        if len(raw) > LONGEST_LINE:
            raise ListError(f"{name}: a line is over {LONGEST_LINE // 10**6:,} MB, as in no list")
        yield raw
