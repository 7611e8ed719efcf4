"""Names of a watchlist found in running text, and why."""

from watcher.match.bar import BAR, bar_of
from watcher.match.find import find, find_all
from watcher.match.index import Index, Use, compile_index
from watcher.match.judge import Cost
from watcher.match.laid import Laid, flat, laid_of, lay
from watcher.match.mention import Field, Mention
from watcher.match.near import Near, Skipped
from watcher.match.pack import FINGERPRINT, pack, unpack
from watcher.match.sheet import Sheet, sheet_of
from watcher.match.short import Refusal
from watcher.match.trace import Candidate, Hurdle, Trace, trace
from watcher.match.weak import Weakness

__all__ = [
    "BAR",
    "FINGERPRINT",
    "Candidate",
    "Cost",
    "Field",
    "Hurdle",
    "Index",
    "Laid",
    "Mention",
    "Near",
    "Refusal",
    "Sheet",
    "Skipped",
    "Trace",
    "Use",
    "Weakness",
    "bar_of",
    "compile_index",
    "find",
    "find_all",
    "flat",
    "laid_of",
    "lay",
    "pack",
    "sheet_of",
    "trace",
    "unpack",
]
