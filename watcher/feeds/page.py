"""An article's page to its text: the only module that knows trafilatura.

It runs in a worker process like the parsing of feeds, for a page may be as hostile as a feed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from watcher.article import Article
from watcher.errors import FeedError
from watcher.feeds.clean import clean
from watcher.feeds.decode import decode
from watcher.source import Health

LONGEST = 200_000  # characters of one article; the longest of newspapers have half of it
SHORTEST = 40  # characters; less is the label of a button
CUT_SHORT = re.compile(r"(?:\[\s*)?(?:…|\.\.\.)(?:\s*\])?\s*$")
"""How feeds end a text that goes on on its page."""


def parse_page(data: bytes, content_type: str = "", url: str = "") -> str:
    """The text of the article on a page, one block a line, without menus and advertisements.

    Args:
        data: the body, unpacked.
        content_type: the header it came with.
        url: where it came from.

    Raises:
        FeedError: there is no article on the page.
    """
    source = clean(decode(data, content_type).text)
    text = source if content_type.startswith("text/plain") else _extract(source, url)
    lines = (" ".join(line.split()) for line in clean(text).splitlines())
    told = "\n".join(filter(None, lines))[:LONGEST]
    if len(told) < SHORTEST:
        raise FeedError("there is no article on its page", state=Health.FAULTY)
    return told


def whole(article: Article, page: str) -> Article:
    """An article with the text of its page; what only the feed says of it stands first.

    Args:
        article: as the feed has it.
        page: as `parse_page` gives it.
    """
    known = " ".join(page.split())
    own = [line for line in article.text.splitlines() if _bare(line) not in known]
    return replace(article, text="\n".join([*own, page]))


def _bare(line: str) -> str:
    """A line of a feed as its page has it: without the sign that it goes on there."""
    return " ".join(CUT_SHORT.sub("", line).split())


def _extract(source: str, url: str) -> str:
    # Imported where it is used: a daemon that fetches no pages need not hold it.
    from trafilatura import extract  # noqa: PLC0415

    found = extract(source, url=url, include_comments=False, favor_recall=True)
    return found if isinstance(found, str) else ""
