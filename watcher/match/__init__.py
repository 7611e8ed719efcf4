"""Names of a watchlist found in running text."""

from watcher.match.find import BAR, find
from watcher.match.index import Index, compile_index
from watcher.match.mention import Field, Mention

__all__ = ["BAR", "Field", "Index", "Mention", "compile_index", "find"]
