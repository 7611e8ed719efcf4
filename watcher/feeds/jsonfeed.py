"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1), which feedparser does not read."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from watcher.errors import FeedError
from watcher.feeds.entry import Entry
from watcher.source import Health
from watcher.text import parse_moment, plain

VERSION = "https://jsonfeed.org/version/"


def parse_jsonfeed(text: str, items: int) -> tuple[str, list[Entry], bool]:
    """The title and the entries of a JSON Feed; strings as they are, not yet made safe.

    Args:
        text: the document; what stands before its first brace or behind its last is left out.
        items: how many entries are read at most; the newest come first by custom.

    Returns:
        Title, entries, and whether it is whole: of one that breaks off, or is broken from some
        place on, the entries before that are read.

    Raises:
        FeedError: it is JSON of another kind, or broken.
    """
    is_whole = True
    try:
        feed, _ = READER.raw_decode(text, max(0, text.find("{")))
    except (ValueError, RecursionError) as error:
        feed, is_whole = _beginning(text), False
        if not feed["items"]:
            raise FeedError(f"not a feed: broken JSON: {error}", state=Health.NOT_A_FEED) from error
    if not isinstance(feed, dict) or not _text(feed, "version").startswith(VERSION):
        raise FeedError("not a feed: JSON, but not a JSON Feed", state=Health.NOT_A_FEED)
    listed = feed.get("items")
    found = [each for each in listed if isinstance(each, dict)] if isinstance(listed, list) else []
    language = _text(feed, "language")
    return _text(feed, "title"), [_entry(each, language) for each in found[:items]], is_whole


def _beginning(text: str) -> dict[str, Any]:
    """What can be read of a JSON Feed that cannot be read to its end."""
    begun = ITEMS.search(text)
    version = SAID.search(text, 0, begun.start() if begun else 0)
    items: list[Any] = []
    at = begun.end() if begun else len(text)
    while at < len(text) and text[at] == "{":
        try:
            item, end = READER.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        items.append(item)
        between = BETWEEN.match(text, end)
        at = between.end() if between else end
    return {"version": version[1] if version else "", "items": items}


def _number(digits: str) -> int | str:
    """A whole number; as it is written if it is none that anybody counts with."""
    return int(digits) if len(digits) <= LONGEST_NUMBER else digits


LONGEST_NUMBER = 300  # digits
READER = json.JSONDecoder(strict=False, parse_int=_number)
ITEMS = re.compile(r'"items"\s*:\s*\[\s*')
SAID = re.compile(rf'"version"\s*:\s*"({re.escape(VERSION)}[^"]*)"')
BETWEEN = re.compile(r"[\s,]+")


def _entry(item: Mapping[str, Any], language: str) -> Entry:
    moment = _text(item, "date_published") or _text(item, "date_modified")
    body = plain(_text(item, "content_html")) or _text(item, "content_text")
    return Entry(
        guid=_text(item, "id"),
        link=_text(item, "url") or _text(item, "external_url"),
        title=plain(_text(item, "title")),
        text=body or plain(_text(item, "summary")),
        published=parse_moment(moment),
        language=_text(item, "language") or language,
    )


def _text(values: Mapping[str, Any], key: str) -> str:
    """A member that should be a string; ids are numbers in some feeds."""
    value = values.get(key)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""
