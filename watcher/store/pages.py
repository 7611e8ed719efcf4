"""Articles' pages: which are wanted, what was read, and why others were not."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from watcher.article import Article
from watcher.store.articles import content
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, to_ms

WANTED, READ, LEFT = "wanted", "read", "left"

_AT_ONCE = 500  # see `articles`


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A page that is wanted, because its feed may say little of the article.

    Attributes:
        article: the id of the article.
        link: the page's address.
        tries: how often it could not be read.
        asked: when it was first wanted.
    """

    article: str
    link: str
    tries: int
    asked: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTally:
    """How the pages of one source stand.

    Attributes:
        wanted: to be fetched.
        read: fetched and read.
        left: given up.
        reason: why one could not be read last; "" if all could.
    """

    wanted: int = 0
    read: int = 0
    left: int = 0
    reason: str = ""


class Pages:
    """The queue of pages, and what was read of it; raises as `Store` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def want(self, articles: Iterable[Article], at: datetime, waived: str = "") -> None:
        """Want the pages of these articles, as their feed has them; they are recorded already.

        Of an article whose page is known only what its feed says now is noted, so that the feed's
        own text still tells whether it was edited.

        Args:
            articles: each with a link.
            at: aware, in UTC.
            waived: why these are not to be fetched; "" if they are.
        """
        with self._database.write():
            self._database.run_each(
                "INSERT INTO pages (article, link, host, own, state, asked, due, tries, reason)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)"
                " ON CONFLICT (article) DO UPDATE SET own = excluded.own",
                [
                    (
                        article.id,
                        article.link,
                        urlsplit(article.link).hostname or "",
                        content(article),
                        LEFT if waived else WANTED,
                        to_ms(at),
                        to_ms(at),
                        waived,
                    )
                    for article in articles
                ],
            )

    def next(self, now: datetime) -> tuple[Wish, ...]:
        """The page of each host that is due longest; the longest due first."""
        # From host to host along the index: a window over all that waits takes over half a second
        # for 100,000 pages, in which the store can do nothing else.
        rows = self._database.read(
            "WITH RECURSIVE hosts (host) AS ("
            " SELECT MIN(host) FROM pages WHERE state = ?1"
            " UNION ALL SELECT (SELECT MIN(host) FROM pages WHERE state = ?1 AND host > hosts.host)"
            " FROM hosts WHERE hosts.host IS NOT NULL)"
            " SELECT pages.article, link, tries, asked, due FROM hosts"
            " JOIN pages ON pages.article = (SELECT article FROM pages"
            " WHERE state = ?1 AND host = hosts.host AND due <= ?2 ORDER BY due, article LIMIT 1)"
            " ORDER BY due, pages.article",
            (WANTED, to_ms(now)),
        )
        return tuple(map(_wish, rows))

    def texts(self, articles: Sequence[str]) -> dict[str, str]:
        """The pages that were read of these articles, by the articles' ids."""
        found: dict[str, str] = {}
        for start in range(0, len(articles), _AT_ONCE):
            some = articles[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = self._database.read(
                f"SELECT article, packed FROM pages WHERE article IN ({marks}) AND state = ?",
                (*some, READ),
            )
            found |= {row["article"]: _unpack(row["packed"]) for row in rows}
        return found

    def text_at(self, link: str) -> str:
        """The text of a page that was read, for whatever article; "" if it never was."""
        rows = self._database.read(
            "SELECT packed FROM pages WHERE link = ? AND state = ? LIMIT 1", (link, READ)
        )
        return _unpack(rows[0]["packed"]) if rows else ""

    def put(self, article: str, text: str) -> None:
        """Keep the text of a wanted page."""
        self._database.run(
            "UPDATE pages SET state = ?, reason = '', packed = ? WHERE article = ?",
            (READ, zlib.compress(text.encode("utf-8", "surrogatepass")), article),
        )

    def fail(self, article: str, reason: str, until: datetime | None) -> None:
        """Note why a page could not be read, and when to try again; None for never."""
        change, value = ("state = ?", LEFT) if until is None else ("due = ?", to_ms(until))
        self._database.run(
            f"UPDATE pages SET {change}, tries = tries + 1, reason = ? WHERE article = ?",
            (value, reason, article),
        )

    def tallies(self) -> dict[str, PageTally]:
        """How the pages of each source stand, by its name; only of sources that wanted any."""
        found: dict[str, dict[str, int]] = {}
        for row in self._database.read(
            "SELECT source, state, COUNT(*) AS number FROM pages"
            " JOIN articles ON articles.id = pages.article GROUP BY source, state ORDER BY source"
        ):
            found.setdefault(row["source"], {})[row["state"]] = row["number"]
        reasons = {
            row["source"]: row["reason"]
            for row in self._database.read(
                "SELECT source, reason FROM pages JOIN articles ON articles.id = pages.article"
                " WHERE reason <> '' ORDER BY asked"
            )
        }
        return {
            source: PageTally(**states, reason=reasons.get(source, ""))
            for source, states in found.items()
        }


def _wish(row: Row) -> Wish:
    return Wish(
        article=row["article"],
        link=row["link"],
        tries=row["tries"],
        asked=from_ms(row["asked"]),
    )


def _unpack(packed: bytes) -> str:
    return zlib.decompress(packed).decode("utf-8", "surrogatepass")
