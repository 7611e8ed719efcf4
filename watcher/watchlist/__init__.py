"""Who is watched, what is done when they are seen, and how analysts write that down."""

from watcher.watchlist.edition import Edition, Imported
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.form import RuleFile
from watcher.watchlist.listing import Listing, read_watchlist
from watcher.watchlist.read import Reading, read_rules, unknown_channels
from watcher.watchlist.rule import Rule, RuleTest
from watcher.watchlist.rulebook import Rulebook

__all__ = [
    "Edition",
    "Entity",
    "Imported",
    "Listing",
    "Reading",
    "Rule",
    "RuleFile",
    "RuleTest",
    "Rulebook",
    "Watchlist",
    "read_rules",
    "read_watchlist",
    "unknown_channels",
]
