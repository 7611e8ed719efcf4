"""Names of a watchlist found in running text."""

from watcher.match.bar import BAR, bar_of
from watcher.match.find import find, find_all
from watcher.match.index import Index, compile_index
from watcher.match.mention import Field, Mention

__all__ = ["BAR", "Field", "Index", "Mention", "bar_of", "compile_index", "find", "find_all"]
