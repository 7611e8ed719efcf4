"""Where the feed of a page may be: what the page says, then where most programs put it."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit

from watcher.feeds.clean import clean
from watcher.feeds.decode import decode
from watcher.feeds.other import feed_links

USUAL = ("feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feeds/all.atom.xml")
"""WordPress, Ghost and Drupal; static sites; Django and Pelican."""

MOST = 12


def guess_feeds(page: bytes, content_type: str, url: str) -> tuple[str, ...]:
    """Addresses that may be the feed of a page, the best first; at most a dozen.

    Args:
        page: its bytes.
        content_type: the header it came with.
        url: its address.
    """
    told = feed_links(clean(decode(page, content_type).text), url)
    folder = url if urlsplit(url).path.endswith("/") else f"{url.partition('?')[0]}/"
    usual = [urljoin(base, name) for base in (folder, urljoin(url, "/")) for name in USUAL]
    return tuple(dict.fromkeys([*told, *usual]))[:MOST]
