"""What is remembered: articles, mentions, alerts, deliveries, sources, in one SQLite file."""

from watcher.store.alerts import Wanted
from watcher.store.gather import MOST, Gathering
from watcher.store.lock import LOCK, Lock
from watcher.store.outbox import HASTE, OVERTAKE
from watcher.store.record import (
    Dispatch,
    Filed,
    History,
    Matter,
    Reign,
    Standing,
    Stored,
    Suspension,
    Tally,
    Try,
)
from watcher.store.store import DATABASE, PATIENCE, Store

__all__ = [
    "DATABASE",
    "HASTE",
    "LOCK",
    "MOST",
    "OVERTAKE",
    "PATIENCE",
    "Dispatch",
    "Filed",
    "Gathering",
    "History",
    "Lock",
    "Matter",
    "Reign",
    "Standing",
    "Store",
    "Stored",
    "Suspension",
    "Tally",
    "Try",
    "Wanted",
]
