"""Find the names of a watchlist in text of any script.

The public surface: pure functions over frozen records, no input or output.
"""

from watcher.article import Article
from watcher.match import Mention, find
from watcher.names import compare
from watcher.watchlist.entity import Watchlist

__all__ = ["Article", "Mention", "Watchlist", "compare", "find"]
__version__ = "0.1.0"
