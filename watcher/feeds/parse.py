"""A feed's bytes to our records: the only module that knows feedparser.

Steps, in order: decode by our own rules; refuse what is no feed before it costs anything; refuse
entities; cut a feed of a hundred thousand items; read with feedparser; keep text, http links and
believable dates, nothing else. It runs in a worker process (see `worker`), as a hostile feed can
take half a minute of feedparser in half a megabyte.
"""

from __future__ import annotations

import calendar
import re
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urljoin, urlsplit

import feedparser

from watcher.errors import FeedError
from watcher.feeds.clean import clean, one_line
from watcher.feeds.decode import decode
from watcher.feeds.entry import Entry, Parsed, believable
from watcher.feeds.jsonfeed import parse_jsonfeed
from watcher.source import Health
from watcher.text import parse_html, plain

ITEMS = 2000  # Media Cloud's bound for one document; a feed of news holds 10 to 200
HEAD = 20_000  # characters in which the root must stand, whatever junk comes first
LONGEST_LINK = 2000
LONGEST_TITLE = 1000  # characters; headlines have a tenth of it
LONGEST_LANGUAGE = 35  # what RFC 5646, 4.4.1 asks everybody to bear

ROOT = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?(?:rss|feed|RDF|channel)[\s/>]", re.IGNORECASE)
ITEM = re.compile(r"<(?:[A-Za-z]\w{0,20}:)?(?:item|entry)[\s/>]", re.IGNORECASE)
ITEM_END = re.compile(r"</(?:[A-Za-z]\w{0,20}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
ENTITY = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]*\[", re.IGNORECASE)
REFERENCE = re.compile(r"&#(?:(\d{1,40})|[xX]([0-9a-fA-F]{1,40}));?")
MARKUP = re.compile(r"<[A-Za-z/!]|&[#A-Za-z]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
PERIODS = {"hourly": 1, "daily": 24, "weekly": 168}


def parse_feed(data: bytes, content_type: str = "", url: str = "") -> Parsed:
    """Read RSS, RDF, Atom or JSON Feed.

    Args:
        data: the body, unpacked.
        content_type: the header it came with.
        url: where it came from; relative links lead from there.

    Raises:
        FeedError: it is not a feed, or one that may not or cannot be read; `state` says which.
    """
    decoded = decode(data, content_type)
    text = clean(decoded.text).lstrip()
    note = f"{decoded.charset} ({decoded.how})"
    if text.startswith("{"):
        title, entries = parse_jsonfeed(text, ITEMS)
        parsed = Parsed(title=title, entries=tuple(entries), note=note)
    else:
        parsed = _parse_xml(text, note)
    safe = tuple(_safe(entry, url) for entry in parsed.entries)
    telling = tuple(entry for entry in safe if entry.title or entry.text)
    silent = len(safe) - len(telling)
    note = f", {silent} without title and text left out" if silent else ""
    return replace(
        parsed,
        title=_title(parsed.title),
        entries=telling,
        note=parsed.note + note,
        is_garbled=decoded.is_garbled,
    )


def _parse_xml(text: str, note: str) -> Parsed:
    """RSS, RDF or Atom as feedparser finds it; strings not yet made safe."""
    body, dropped = _cut(_body(text))
    if dropped:
        note += f", {dropped} items in the middle left out"
    found = _read(REFERENCE.sub(_valid, body))
    if not found.get("version") and not found.get("entries"):
        raise FeedError("not a feed: no RSS or Atom in it", state=Health.NOT_A_FEED)
    about: Mapping[str, Any] = found.get("feed") or {}
    language = str(about.get("language") or "")
    entries = tuple(_entry(item, language) for item in found["entries"][:ITEMS])
    return Parsed(title=_words(about, "title"), entries=entries, ttl=_ttl(about), note=note)


def _body(text: str) -> str:
    """The feed from its root on; what stands before is junk or declarations."""
    if not text:
        raise FeedError("not a feed: the body is empty", state=Health.NOT_A_FEED)
    root = ROOT.search(text, 0, HEAD)
    if root is None:
        raise FeedError(f"not a feed: {_looks_like(text)}", state=Health.NOT_A_FEED)
    first = ITEM.search(text, root.end())
    if ENTITY.search(text, 0, first.start() if first else len(text)):
        message = "refused: it declares entities, which no feed needs and attacks are made of"
        raise FeedError(message, state=Health.REFUSED)
    return text[root.start() :]


def _looks_like(text: str) -> str:
    """What a body is, if it is not a feed."""
    head = text[:HEAD]
    if not re.search(r"<(!doctype\s+html|html|head|body)\b", head, re.IGNORECASE):
        return f"it begins with {one_line(head[:60])!r}"
    title = parse_html(head).title[:80]
    return f'it is a web page, "{one_line(title)}"' if title else "it is a web page"


def _cut(body: str) -> tuple[str, int]:
    """At most so many items, from both ends, as publishers put the newest at either."""
    ends = [match.end() for match in ITEM_END.finditer(body)]
    if len(ends) <= ITEMS:
        return body, 0
    half = ITEMS // 2
    return body[: ends[half - 1]] + body[ends[-half - 1] :], len(ends) - ITEMS


def _valid(reference: re.Match[str]) -> str:
    """A character reference, unless there is no such character, on which parsers stumble."""
    decimal, hexadecimal = reference.groups()
    number = int(decimal) if decimal else int(hexadecimal, 16)
    is_character = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return reference[0] if is_character else "\ufffd"


def _read(body: str) -> Mapping[str, Any]:
    """A feed as feedparser sees it; from str it would guess files and addresses."""
    headers = {"content-type": "application/xml; charset=utf-8"}
    stream = BytesIO(body.encode("utf-8"))
    try:
        found: Mapping[str, Any] = feedparser.parse(
            stream, response_headers=headers, sanitize_html=False, resolve_relative_uris=False
        )
    except MemoryError:
        raise
    except Exception as error:  # one source; feedparser lets through whatever its parsers raise
        message = f"cannot be read: {type(error).__name__}: {one_line(str(error))[:200]}"
        raise FeedError(message, state=Health.FAULTY) from error
    return found


def _entry(item: Mapping[str, Any], language: str) -> Entry:
    """One of feedparser's entries as ours; strings not yet made safe."""
    spoken = next((part.get("language") for part in item.get("content") or ()), None)
    return Entry(
        guid=str(item.get("id") or ""),
        link=str(item.get("link") or ""),
        title=_words(item, "title"),
        text=max(_bodies(item), key=len, default="") or _words(item, "summary"),
        published=_published(item),
        language=str(spoken or language),
    )


def _safe(entry: Entry, url: str) -> Entry:
    """An entry with one-line title, clean text and a link that may be followed."""
    return Entry(
        guid=one_line(entry.guid)[:LONGEST_LINK],
        link=_link(entry.link, url),
        title=_title(entry.title),
        text=clean(entry.text).strip(),
        published=believable(entry.published),
        language=_language(entry.language),
    )


def _bodies(item: Mapping[str, Any]) -> Iterator[str]:
    """The texts that an entry gives as its content."""
    for part in item.get("content") or ():
        yield _plain(str(part.get("value") or ""), str(part.get("type") or ""))


def _words(item: Mapping[str, Any], key: str) -> str:
    """A title or summary as plain text."""
    detail = item.get(f"{key}_detail") or {}
    return _plain(str(item.get(key) or ""), str(detail.get("type") or ""))


def _plain(value: str, type_: str) -> str:
    """Text of a declared type; what is called plain but holds markup is not plain."""
    if type_ == "text/plain" and not MARKUP.search(value):
        return value.strip()
    return plain(value)


def _link(link: str, url: str) -> str:
    """An absolute http or https address; "" for anything else."""
    try:
        absolute = urljoin(url, one_line(link).replace(" ", "%20"))
        parts = urlsplit(absolute)
    except ValueError:
        return ""
    is_link = parts.scheme in {"http", "https"} and parts.netloc and len(absolute) <= LONGEST_LINK
    return absolute if link and is_link else ""


def _published(item: Mapping[str, Any]) -> datetime | None:
    """When an entry appeared, or else changed; what no news can be dated is not believed."""
    for key in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = dict.get(item, key) if isinstance(item, dict) else None  # its own get() guesses
        if isinstance(moment, time.struct_time):
            try:
                at = datetime.fromtimestamp(calendar.timegm(moment), UTC)
            except (ValueError, OverflowError, OSError):
                continue
            if believable(at):
                return at
    return None


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


def _ttl(about: Mapping[str, Any]) -> timedelta | None:
    """How long a feed says that it does not change: `ttl` in minutes, or `sy:updatePeriod`."""
    ttl = str(about.get("ttl") or "").strip()
    if ttl.isascii() and ttl.isdigit() and len(ttl) <= 6:
        return timedelta(minutes=int(ttl))
    hours = PERIODS.get(str(about.get("sy_updateperiod") or "").strip().lower())
    if hours is None:
        return None
    times = str(about.get("sy_updatefrequency") or "").strip()
    count = int(times) if times.isascii() and times.isdigit() and len(times) <= 4 else 1
    return timedelta(hours=hours) / max(1, count)
