"""What a feed holds, as plain values that travel between processes as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from watcher.article import Article
from watcher.text import parse_moment

TRACKING = ("utm_", "fbclid=", "gclid=", "mc_cid=", "mc_eid=", "igshid=", "at_medium=")
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


def believable(at: datetime | None) -> datetime | None:
    """The time; None if no news can have it: it would be held as too old, and nobody would know."""
    return at if at is not None and at >= OLDEST else None


def to_articles(entries: Sequence[Entry], key: str, source: str) -> tuple[Article, ...]:
    """The entries as articles, in order, each identity once.

    The id is the same over fetches, restarts and a lost database: it comes from the source's key
    and from guid, or else link, or else content. A guid that a feed gives to several entries with
    different links tells nothing, so the link joins it; nor does a link without a guid that several
    entries with different titles have, so the title joins that.

    Args:
        entries: of one feed.
        key: what identifies the source.
        source: what people call it.
    """
    told_by: dict[str, set[str]] = {}
    for entry in entries:
        claim, mark = _claim(entry)
        told_by.setdefault(claim, set()).add(mark)
    articles: dict[str, Article] = {}
    for entry in entries:
        identity = identify(entry, is_shared=len(told_by[_claim(entry)[0]]) > 1)
        id_ = article_id(key, identity)
        articles.setdefault(id_, _article(entry, id_, source))
    return tuple(articles.values())


def identify(entry: Entry, *, is_shared: bool = False) -> str:
    """What tells an entry from all others of its feed.

    Args:
        entry: of a feed.
        is_shared: other entries of the feed have the same guid, or the same link and no guid.
    """
    claim, mark = _claim(entry)
    return f"{claim} {mark}" if is_shared else claim


def _claim(entry: Entry) -> tuple[str, str]:
    """What an entry goes by, and what tells it from others that go by the same."""
    if entry.guid:
        return f"guid {entry.guid}", _bare(entry.link)
    if entry.link:
        return f"link {_bare(entry.link)}", entry.title or entry.text
    return f"text {entry.title}\n{entry.text}", ""


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
