"""Names of a watchlist found in running text, and why."""

from watcher.match.bar import BAR, bar_of
from watcher.match.find import find, find_all
from watcher.match.index import Index, Use, compile_index
from watcher.match.judge import Cost
from watcher.match.mention import Field, Mention
from watcher.match.near import Near, Skipped
from watcher.match.sheet import Sheet, sheet_of
from watcher.match.short import Refusal
from watcher.match.trace import Candidate, Hurdle, Trace, trace
from watcher.match.weak import Weakness

__all__ = [
    "BAR",
    "Candidate",
    "Cost",
    "Field",
    "Hurdle",
    "Index",
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
    "sheet_of",
    "trace",
]
