from watcher.article import Article
from watcher.match import Mention, find
from watcher.names import compare
from watcher.watchlist.entity import Watchlist

__all__ = ["Article", "Mention", "Watchlist", "compare", "find"]
__version__: str
