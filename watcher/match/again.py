"""A headline that the text says again, as texts of files and many summaries do."""

from __future__ import annotations

import re

from watcher.article import Article

_CUT = "…"
"""What a headline ends with of which the rest was left out."""


def said_again(article: Article) -> range:
    """Where the text says the headline again as a line of its own: its code points.

    Returns:
        The first such line, as far as the headline goes; an empty range if there is none.
    """
    # Signs of a heading are no part of one, on either side.
    words = article.title.removesuffix(_CUT).lstrip("# ").split()
    line = r"[^\S\n]+".join(map(re.escape, words))
    end = "" if article.title.endswith(_CUT) else r"[^\S\n]*$"
    again = re.compile(rf"^(?:[^\S\n]|\#)*+({line}){end}", re.MULTILINE)
    found = again.search(article.text) if words else None
    return range(*found.span(1)) if found else range(0)
