"""How letters are spelled in Latin, by hand: the table `letters` read once."""

from __future__ import annotations

from importlib import resources

from watcher.text import Script
from watcher.text.table import read_table

SILENT = "-"


def _spellings() -> dict[Script, dict[str, tuple[str, ...]]]:
    found: dict[Script, dict[str, tuple[str, ...]]] = {}
    for row in read_table(resources.files("watcher.names"), "letters"):
        found.setdefault(Script(row["script"]), {})[row["letters"]] = tuple(
            row["spellings"].split()
        )
    return found


SPELLINGS = _spellings()
"""Script, then one to four folded letters: the Latin spellings, the usual one first."""
