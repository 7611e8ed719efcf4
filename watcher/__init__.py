"""Find the names of a watchlist in text of any script.

The public surface: pure functions over frozen records, no input or output. Each is read from its
floor when it is first asked for, so that the commands do not wait for what they do not use. What
each is, type checkers read in the stub beside this file.
"""

from importlib import import_module

__all__ = ["Article", "Mention", "Watchlist", "compare", "find"]
__version__ = "0.1.0"

_FLOORS = {
    "Article": "watcher.article",
    "Mention": "watcher.match",
    "Watchlist": "watcher.watchlist.entity",
    "compare": "watcher.names",
    "find": "watcher.match",
}


def __getattr__(name: str) -> object:
    if name not in _FLOORS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_FLOORS[name]), name)
