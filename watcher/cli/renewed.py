"""What changed in an official list, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from watcher.alerts import isolate, tidy
from watcher.watchlist.official import Change, Sort

_SHOWN = 10
"""Changes of each sort that a person is shown; programs get all."""

_MARKS = {Sort.ADDED: "+", Sort.REMOVED: "-", Sort.RENAMED: "~", Sort.CHANGED: "*"}


def renewed_lines(changes: Sequence[Change]) -> Iterator[str]:
    """The counts, then the first changes of each sort."""
    by_sort = {sort: [each for each in changes if each.sort is sort] for sort in Sort}
    yield " · ".join(f"{sort.value}: {len(found):,}" for sort, found in by_sort.items())
    for sort, found in by_sort.items():
        for change in found[:_SHOWN]:
            was = f"{isolate(tidy(change.was))} → " if change.was else ""
            yield f"{_MARKS[sort]} {change.id}  {was}{isolate(tidy(change.name))}"
        if len(found) > _SHOWN:
            yield f"  … and {len(found) - _SHOWN:,} more {sort.value}"


def renewed_data(change: Change) -> dict[str, str]:
    """A change for programs."""
    said = {"change": change.sort.value, "id": change.id, "name": change.name}
    return said | ({"was": change.was} if change.was else {})
