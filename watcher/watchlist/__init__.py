"""Who is watched, what is done when they are seen, and how analysts write that down."""

from typing import TYPE_CHECKING

from watcher.later import later
from watcher.watchlist.change import Change, Edit, How, Item, changes, read_items
from watcher.watchlist.check import Entry, Rate, often
from watcher.watchlist.edition import Edition, Imported
from watcher.watchlist.entity import Entity, Facts, Watchlist
from watcher.watchlist.hours import Quiet, Rhythm, release
from watcher.watchlist.listing import Listing, read_watchlist
from watcher.watchlist.phrase import Phrase, read_phrase
from watcher.watchlist.rule import Conditions, Near, Rule, RuleTest, Severity
from watcher.watchlist.rulebook import Off, Rulebook
from watcher.watchlist.status import Status

if TYPE_CHECKING:
    from watcher.watchlist.form import RuleFile
    from watcher.watchlist.read import Reading, read_rules, unknown_channels, unknown_sources
    from watcher.watchlist.resolve import resolved
else:
    __getattr__ = later(__name__, "form", "read", "resolve")

__all__ = [
    "Change",
    "Conditions",
    "Edit",
    "Edition",
    "Entity",
    "Entry",
    "Facts",
    "How",
    "Imported",
    "Item",
    "Listing",
    "Near",
    "Off",
    "Phrase",
    "Quiet",
    "Rate",
    "Reading",
    "Rhythm",
    "Rule",
    "RuleFile",
    "RuleTest",
    "Rulebook",
    "Severity",
    "Status",
    "Watchlist",
    "changes",
    "often",
    "read_items",
    "read_phrase",
    "read_rules",
    "read_watchlist",
    "release",
    "resolved",
    "unknown_channels",
    "unknown_sources",
]
