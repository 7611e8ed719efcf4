"""A watchlist with its rules: what the analysts' folder says, as one value."""

from __future__ import annotations

from dataclasses import dataclass

from watcher.watchlist.entity import Watchlist
from watcher.watchlist.rule import Rule


@dataclass(frozen=True, slots=True)
class Rulebook:
    """What is in force: replaced whole on a reload, never changed.

    Attributes:
        watchlist: who is watched.
        rules: what is done when one is seen, in the order of the files; ids are unique.
        version: says which state of the rules this is; alerts carry it. "" if nobody gave one.
    """

    watchlist: Watchlist
    rules: tuple[Rule, ...]
    version: str = ""
