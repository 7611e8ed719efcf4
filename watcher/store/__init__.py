"""What is remembered: articles, mentions, alerts, deliveries, sources, in one SQLite file."""

from watcher.store.alerts import Wanted
from watcher.store.attic import Forgotten
from watcher.store.errands import Errands
from watcher.store.gather import MOST, Gathering
from watcher.store.lock import LOCK, Lock
from watcher.store.outbox import HASTE, OVERTAKE
from watcher.store.pages import Pages, PageTally, Wish
from watcher.store.record import (
    Dispatch,
    Filed,
    History,
    LookBack,
    Matter,
    Precision,
    Reign,
    Ruling,
    Standing,
    Stored,
    Suspension,
    Tally,
    Try,
    Verdict,
)
from watcher.store.reigns import Reigns
from watcher.store.silences import Silences
from watcher.store.store import DATABASE, PATIENCE, Store
from watcher.store.verdicts import Verdicts

__all__ = [
    "DATABASE",
    "HASTE",
    "LOCK",
    "MOST",
    "OVERTAKE",
    "PATIENCE",
    "Dispatch",
    "Errands",
    "Filed",
    "Forgotten",
    "Gathering",
    "History",
    "Lock",
    "LookBack",
    "Matter",
    "PageTally",
    "Pages",
    "Precision",
    "Reign",
    "Reigns",
    "Ruling",
    "Silences",
    "Standing",
    "Store",
    "Stored",
    "Suspension",
    "Tally",
    "Try",
    "Verdict",
    "Verdicts",
    "Wanted",
    "Wish",
]
