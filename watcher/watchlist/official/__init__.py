"""The lists of OFAC, the UN, the EU, the UK and OpenSanctions, from their own files to entities."""

from watcher.watchlist.official.about import SUFFIX, About, Origin, parse_about
from watcher.watchlist.official.diff import Change, Diff, Sort, compare_lists, mark, to_line
from watcher.watchlist.official.read import Publisher, read_official
from watcher.watchlist.official.tally import File, Tally

__all__ = [
    "SUFFIX",
    "About",
    "Change",
    "Diff",
    "File",
    "Origin",
    "Publisher",
    "Sort",
    "Tally",
    "compare_lists",
    "mark",
    "parse_about",
    "read_official",
    "to_line",
]
