"""What a feed holds, as plain values that travel between processes as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from watcher.article import Article
from watcher.text import parse_moment

TRACKING = ("utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "igshid=", "at_medium=")
AHEAD = timedelta(days=2)  # more than any zone, or a clock that goes before
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  # what claims more is another calendar or a zero


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed: text only, links http or https only.

    Attributes:
        guid: what the publisher calls it; "" if nothing.
        link: its page; "" if none.
        title: one line of at most 1,000 characters; "" if none.
        text: plain text, one block a line; "" if none.
        published: in UTC; None if not said or not believable.
        language: a BCP 47 tag of at most 35 characters; "" if not said.
    """

    guid: str = ""
    link: str = ""
    title: str = ""
    text: str = ""
    published: datetime | None = None
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parsed:
    """A feed that was read.

    Attributes:
        title: what it calls itself, one line.
        entries: in the feed's order.
        ttl: how long it says that it does not change; None if it says nothing.
        rests: hours of the day, in UTC, in which it asks not to be asked (`skipHours`).
        note: what was decided on the way, in words for a log.
        is_garbled: more than one in a hundred characters could not be read.
    """

    title: str
    entries: tuple[Entry, ...]
    ttl: timedelta | None = None
    rests: frozenset[int] = frozenset()
    note: str = ""
    is_garbled: bool = False

    def to_json(self) -> dict[str, Any]:
        """As plain values; `from_json` makes an equal record of them."""
        return {
            "title": self.title,
            "entries": [_plain(entry) for entry in self.entries],
            "ttl": None if self.ttl is None else self.ttl.total_seconds(),
            "rests": sorted(self.rests),
            "note": self.note,
            "is_garbled": self.is_garbled,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Parsed:
        """The record that `to_json` took apart."""
        ttl = values["ttl"]
        return cls(
            title=values["title"],
            entries=tuple(_entry(each) for each in values["entries"]),
            ttl=None if ttl is None else timedelta(seconds=ttl),
            rests=frozenset(values["rests"]),
            note=values["note"],
            is_garbled=values["is_garbled"],
        )


def _plain(entry: Entry) -> dict[str, Any]:
    published = entry.published
    return {**asdict(entry), "published": published and published.isoformat()}


def _entry(values: dict[str, Any]) -> Entry:
    published = values["published"]
    return Entry(**{**values, "published": published and parse_moment(published)})


def believable(at: datetime | None, now: datetime | None = None) -> datetime | None:
    """The time; None if no news can have it.

    That is one before `OLDEST`, as the article would be held as too old and nobody would know; and,
    where `now` is known, one that is to come.
    """
    if at is None or at < OLDEST:
        return None
    return None if now and at > now + AHEAD else at


def to_articles(entries: Sequence[Entry], key: str, source: str) -> tuple[Article, ...]:
    """The entries as articles, in order, each identity once.

    The id is the same over fetches, restarts and a lost database: it comes from the source's key
    and from guid, or else link, or else content. A guid that a feed gives to several entries with
    different links tells nothing, so the link joins it; nor does a guid or link that several
    entries with different titles have, so the title joins that.

    Args:
        entries: of one feed.
        key: what identifies the source.
        source: what people call it.
    """
    seen: dict[tuple[str, ...], set[str]] = {}
    for entry in entries:
        marks = _marks(entry)
        for number in range(1, len(marks)):
            seen.setdefault(marks[:number], set()).add(marks[number])
    articles: dict[str, Article] = {}
    for entry in entries:
        id_ = article_id(key, identify(entry, seen))
        articles.setdefault(id_, _article(entry, id_, source))
    return tuple(articles.values())


def identify(entry: Entry, seen: Mapping[tuple[str, ...], Collection[str]]) -> str:
    """What tells an entry from all others of its feed.

    Args:
        entry: of a feed.
        seen: by the first marks of an entry, the next marks of all entries that have these.
    """
    first, *others = marks = _marks(entry)
    telling = (
        mark
        for number, mark in enumerate(others, 1)
        if len(seen.get(tuple(marks[:number]), ())) > 1
    )
    return " ".join((first, *telling))


def _marks(entry: Entry) -> tuple[str, ...]:
    """What an entry goes by, and what tells it from others that go by the same, in this order."""
    words = entry.title or entry.text
    if entry.guid:
        return f"guid {entry.guid}", _bare(entry.link), words
    if entry.link:
        return f"link {_bare(entry.link)}", words
    return (f"text {entry.title}\n{entry.text}",)


def article_id(key: str, identity: str) -> str:
    """A short hash of a source's key and of what identifies an article within it."""
    text = f"{key}\n{identity}".encode("utf-8", "surrogatepass")
    return hashlib.sha256(text).hexdigest()[:20]


def _article(entry: Entry, id_: str, source: str) -> Article:
    return Article(
        id=id_,
        text=entry.text,
        title=entry.title,
        link=entry.link,
        source=source,
        published=entry.published,
        language=entry.language,
    )


def _bare(link: str) -> str:
    """A link without what trackers add to it, which changes from day to day."""
    parts = urlsplit(link)
    kept = [part for part in parts.query.split("&") if not part.lower().startswith(TRACKING)]
    return parts._replace(query="&".join(kept), fragment="").geturl()
