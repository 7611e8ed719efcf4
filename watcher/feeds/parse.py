"""A feed's bytes to our records.

Steps, in order: decode by our own rules; refuse what is no feed, or one that declares entities
which grow; read it with feedparser where it is in good order, with our own reader, which bears
anything, where not; keep text, http links and believable dates, nothing else. All this runs in a
worker process (see `worker`), so that whatever a feed does to it stays there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate
from urllib.parse import urljoin, urlsplit

from watcher.errors import FeedError
from watcher.feeds.clean import clean, one_line
from watcher.feeds.declared import declared_entities, expand
from watcher.feeds.decode import decode
from watcher.feeds.entry import Entry, Parsed, believable
from watcher.feeds.jsonfeed import parse_jsonfeed
from watcher.feeds.other import complaint, looks_like
from watcher.feeds.regular import read_regular
from watcher.feeds.sheet import Sheet, rests_of, title_of, to_entries, ttl_of
from watcher.feeds.unpack import unpack
from watcher.feeds.xmlfeed import read_sheet
from watcher.source import Health

ITEMS = 2000  # Media Cloud's bound for one document; a feed of news holds 10 to 200
HEAD = 20_000  # characters in which the root must stand, whatever junk comes first
LONGEST_LINK = 2000
LONGEST_TITLE = 1000  # characters; headlines have a tenth of it
LONGEST_TEXT = 200_000  # characters of one entry, which is a short book
LONGEST_TEXTS = 3_000_000  # of all entries of one look, which is more than a day of any publisher
SHORTENED = 1000  # characters of an entry behind that: what a teaser has
LONGEST_LANGUAGE = 35  # what RFC 5646, 4.4.1 asks everybody to bear

BROKEN_OFF = ", it breaks off before its end"

JSON = "jsonfeed.org/version/"
ROOT = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?(?:rss|feed|RDF|channel|urlset)[\s/>]", re.IGNORECASE)
COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def parse_feed(data: bytes, content_type: str = "", url: str = "", charset: str = "") -> Parsed:
    """Read RSS, RDF, Atom, a news sitemap or JSON Feed.

    Args:
        data: the body, unpacked.
        content_type: the header it came with.
        url: where it came from; relative links lead from there.
        charset: the encoding that the operator says it has, which then counts alone; "" if none.

    Raises:
        FeedError: it is not a feed, or one that may not or cannot be read; `state` says which.
    """
    decoded = decode(unpack(data), content_type, charset)
    note, is_garbled = f"{decoded.charset} ({decoded.how})", decoded.is_garbled
    text = clean(decoded.text).lstrip()
    del decoded  # it is as large as the feed
    if text.startswith(("{", "[")) or (JSON in text[:HEAD] and not ROOT.search(text[:HEAD])):
        parsed = _parse_json(text, note)
    else:
        parsed = _parse_xml(text, url, note)
    safe = tuple(_safe(entry, url) for entry in parsed.entries)
    telling = tuple(entry for entry in safe if entry.title or entry.text)
    silent = len(safe) - len(telling)
    note = f", {silent} without title and text left out" if silent else ""
    return replace(
        parsed,
        title=_title(parsed.title),
        entries=_bounded(telling),
        note=parsed.note + note,
        is_garbled=is_garbled,
    )


def _bounded(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """The entries with shorter texts from where all of them together are too long."""
    lengths = accumulate(len(entry.text) for entry in entries)
    return tuple(
        entry if length <= LONGEST_TEXTS else replace(entry, text=entry.text[:SHORTENED].rstrip())
        for entry, length in zip(entries, lengths, strict=True)
    )


def _parse_json(text: str, note: str) -> Parsed:
    try:
        title, entries, is_whole = parse_jsonfeed(text, ITEMS)
    except FeedError as error:
        raise FeedError(f"{error}{complaint(text)}", state=error.state) from error
    note += "" if is_whole else BROKEN_OFF
    return Parsed(title=title, entries=tuple(entries), note=note)


def _parse_xml(text: str, url: str, note: str) -> Parsed:
    """RSS, RDF, Atom or a sitemap; strings not yet made safe."""
    body, start = _body(text, url)
    sheet = read_regular(body[start:], ITEMS) or read_sheet(body, start, ITEMS)
    if not sheet.items and not (sheet.is_whole and sheet.root != "channel"):
        raise _no_feed(sheet)
    entries = tuple(to_entries(sheet, url))
    if sheet.root == "urlset" and not any(entry.title for entry in entries):
        raise FeedError(f"not a feed: {looks_like(text, url)}", state=Health.NOT_A_FEED)
    dropped = f", {sheet.dropped} items in the middle left out" if sheet.dropped else ""
    cut = "" if sheet.is_whole else BROKEN_OFF
    return Parsed(
        title=title_of(sheet.about),
        entries=entries,
        ttl=ttl_of(sheet.about),
        rests=rests_of(sheet.about),
        note=note + dropped + cut,
    )


def _no_feed(sheet: Sheet) -> FeedError:
    """Why a body in which a feed seemed to begin holds none."""
    if sheet.root not in {"", "channel"}:
        return FeedError("cannot be read: it breaks off before its first item", state=Health.FAULTY)
    return FeedError("not a feed: no RSS or Atom in it", state=Health.NOT_A_FEED)


def _body(text: str, url: str) -> tuple[str, int]:
    """The feed, its own entities replaced, and where its root is; what stands before is junk."""
    head = COMMENT.sub(lambda match: " " * len(match[0]), text[:HEAD])
    root = ROOT.search(head)
    if root is None:
        raise FeedError(f"not a feed: {looks_like(text, url)}", state=Health.NOT_A_FEED)
    return expand(text, declared_entities(head[: root.start()])), root.start()


def _safe(entry: Entry, url: str) -> Entry:
    """An entry with one-line title, clean text and a link that may be followed."""
    return Entry(
        guid=one_line(entry.guid)[:LONGEST_LINK],
        link=_link(entry.link, url),
        title=_title(entry.title),
        text=clean(entry.text)[:LONGEST_TEXT].strip(),
        published=believable(entry.published),
        language=_language(entry.language),
    )


def _link(link: str, url: str) -> str:
    """An absolute http or https address; "" for anything else."""
    try:
        absolute = urljoin(url, one_line(link).replace(" ", "%20"))
        parts = urlsplit(absolute)
        _ = parts.port  # read only now, which may fail
    except ValueError:
        return ""
    is_link = parts.scheme in {"http", "https"} and parts.netloc and len(absolute) <= LONGEST_LINK
    return absolute if link and is_link else ""


def _language(value: str) -> str:
    """A language tag; "" for anything else."""
    tag = value.strip().replace("_", "-")
    if not LANGUAGE.fullmatch(tag):
        return ""
    # Whole subtags go, from the end.
    return tag if len(tag) <= LONGEST_LANGUAGE else tag[: LONGEST_LANGUAGE + 1].rpartition("-")[0]


def _title(value: str) -> str:
    """One line of bearable length."""
    line = one_line(value)
    return line if len(line) <= LONGEST_TITLE else line[: LONGEST_TITLE - 1].rstrip() + "…"
