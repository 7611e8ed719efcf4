"""What a body is that is no feed, in words that help to find the feed."""

from __future__ import annotations

import json
import re
from html import unescape
from urllib.parse import urljoin

from watcher.feeds.clean import one_line
from watcher.feeds.tags import Kind, attributes, marks
from watcher.text import parse_html

HEAD = 20_000  # characters that are looked at
SHOWN = 80  # characters of a title or of an address
PAGE = re.compile(r"<(!doctype\s+html|html|head|body)\b", re.IGNORECASE)
FEEDS = ("application/rss+xml", "application/atom+xml", "application/feed+json")
LISTS = {
    "opml": 'a list of feeds (OPML); write it as "opml:"',
    "sitemapindex": "an index of sitemaps; write the news sitemap itself",
}
COMPLAINTS = ("error", "message", "detail", "title", "errors", "error_description", "reason")


def looks_like(text: str, url: str) -> str:
    """What a body is.

    Args:
        text: the body, clean.
        url: where it came from; links that are shown lead from there.
    """
    head = text[:HEAD].strip()
    if not head:
        return "the body is empty"
    root = next((mark.name.lower() for mark in marks(head) if mark.kind is Kind.OPEN), "")
    if root in LISTS:
        return f"it is {LISTS[root]}{_first_place(head)}"
    if PAGE.search(head):
        return _page(head, url)
    if root == "urlset":
        return "it is a sitemap without titles of news"
    return f"it begins with {one_line(head[:60])!r}"


def complaint(text: str) -> str:
    """What JSON that is no feed says went wrong, behind a colon; "" if nothing."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return ""
    found = [said.get(key) for key in COMPLAINTS] if isinstance(said, dict) else []
    told = next((each for each in found if isinstance(each, str) and each.strip()), "")
    return f": {_short(told)!r}" if told else ""


def feed_links(page: str, url: str) -> list[str]:
    """The feeds that a page says it has, in its order."""
    found = []
    for mark in marks(page):
        if mark.kind is not Kind.OPEN or mark.name.lower() != "link":
            continue
        given = attributes(mark.said)
        if given.get("type", "").lower() in FEEDS and "alternate" in given.get("rel", "").lower():
            found.append(_joined(url, given.get("href", "")))
    return [link for link in dict.fromkeys(found) if link.startswith(("http://", "https://"))]


def _page(head: str, url: str) -> str:
    title = _short(parse_html(head).title)
    shown = f'it is a web page, "{title}"' if title else "it is a web page"
    links = feed_links(head, url)
    return f"{shown}; its feed is {links[0]}" if links else shown


def _first_place(head: str) -> str:
    """The first address in an index of sitemaps, as an example."""
    found = re.search(r"<loc>\s*(https?://[^\s<]{1,200})", head)
    return f", such as {unescape(found[1])}" if found else ""


def _joined(url: str, link: str) -> str:
    try:
        return one_line(urljoin(url, link))[:2000]
    except ValueError:
        return ""


def _short(text: str) -> str:
    line = one_line(text)
    return line if len(line) <= SHOWN else line[: SHOWN - 1].rstrip() + "…"
