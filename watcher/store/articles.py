"""Articles seen, in their latest version, and what was found in them."""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime
from hashlib import sha256

from watcher.alerts import Dossier, Story, evidence_data, parse_evidence, tell
from watcher.article import Article
from watcher.match.mention import Field, Mention
from watcher.store.database import Database, Row
from watcher.store.moment import from_ms, from_ms_or_none, to_ms, to_ms_or_none

_AT_ONCE = 500  # ids asked for in one query; SQLite takes 999 values in its oldest builds

ARTICLE_COLUMNS = "id, source, title, text, link, language, published"
"""The columns that `read_article` reads."""


def unseen(database: Database, articles: Sequence[Article]) -> tuple[Article, ...]:
    """Those that are new or whose title or text has changed, in their order, each id once.

    Raises:
        ValueError: an article has no id.
    """
    first: dict[str, Article] = {}
    for article in articles:
        if not article.id:
            raise ValueError(f'an article needs an id to be remembered: "{article.title}"')
        first.setdefault(article.id, article)
    known = _contents(database, list(first))
    return tuple(a for a in first.values() if known.get(a.id) != content(a))


def content(article: Article) -> str:
    """A hash of what a reader reads: headline and text."""
    told = f"{len(article.title)}:{article.title}{article.text}"
    return sha256(told.encode("utf-8", "surrogatepass")).hexdigest()


def first_seen(database: Database, article_id: str) -> datetime | None:
    """When the article was first recorded; None if it never was."""
    rows = database.read("SELECT first_seen FROM articles WHERE id = ?", (article_id,))
    return from_ms(rows[0]["first_seen"]) if rows else None


def put_dossier(database: Database, dossier: Dossier, at: datetime) -> None:
    """Keep an article and its mentions in the place of its former version, if there is one."""
    article = dossier.article
    database.run(
        f"""
        INSERT INTO articles
            ({ARTICLE_COLUMNS}, content, first_seen, last_changed, versions, story)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
        ON CONFLICT (id) DO UPDATE SET
            source = excluded.source, title = excluded.title, text = excluded.text,
            link = excluded.link, language = excluded.language, published = excluded.published,
            last_changed = CASE WHEN articles.content = excluded.content
                THEN articles.last_changed ELSE excluded.last_changed END,
            versions = articles.versions
                + CASE WHEN articles.content = excluded.content THEN 0 ELSE 1 END,
            content = excluded.content,
            story = COALESCE(excluded.story, articles.story), forgotten = NULL
        """,
        (
            article.id,
            article.source,
            article.title,
            article.text,
            article.link,
            article.language,
            to_ms_or_none(article.published),
            content(article),
            to_ms(dossier.seen or at),
            to_ms(at),
            None if dossier.story is None else _pack(dossier.story),
        ),
    )
    _put_mentions(database, article.id, dossier.mentions)


def read_article(row: Row) -> Article:
    """The article of a row with `ARTICLE_COLUMNS`."""
    return Article(
        id=row["id"],
        source=row["source"],
        title=row["title"],
        text=row["text"],
        link=row["link"],
        language=row["language"],
        published=from_ms_or_none(row["published"]),
    )


def read_story(row: Row) -> Story:
    """The story of a row with `source`, `title`, `link` and `story`."""
    article = Article(text="", title=row["title"], link=row["link"], source=row["source"])
    packed: bytes = row["story"] or b""
    return tell(article, frozenset(struct.unpack(f">{len(packed) // 4}I", packed)))


def mentions(database: Database, article_id: str) -> tuple[Mention, ...]:
    """What was found in the latest version of an article, in the order it was recorded."""
    rows = database.read(
        "SELECT entity, name, field, starts, ends, quote, score, evidence_json"
        " FROM mentions WHERE article = ? ORDER BY number",
        (article_id,),
    )
    return tuple(_mention(row) for row in rows)


def _contents(database: Database, ids: Sequence[str]) -> dict[str, str]:
    known: dict[str, str] = {}
    for some in _cut(ids):
        marks = ", ".join("?" * len(some))
        rows = database.read(
            "SELECT id, COALESCE(own, content) AS content FROM articles"
            f" LEFT JOIN pages ON pages.article = articles.id WHERE id IN ({marks})",
            some,
        )
        known |= {row["id"]: row["content"] for row in rows}
    return known


def _cut(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    for at in range(0, len(ids), _AT_ONCE):
        yield ids[at : at + _AT_ONCE]


def _put_mentions(database: Database, article_id: str, found: Sequence[Mention]) -> None:
    database.run("DELETE FROM mentions WHERE article = ?", (article_id,))
    database.run_each(
        "INSERT INTO mentions"
        " (article, number, entity, name, field, starts, ends, quote, score, evidence_json)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                article_id,
                number,
                mention.entity,
                mention.name,
                mention.field.value,
                mention.start,
                mention.end,
                mention.quote,
                mention.score,
                json.dumps(evidence_data(mention.evidence), ensure_ascii=False),
            )
            for number, mention in enumerate(found, start=1)
        ],
    )


def _mention(row: Row) -> Mention:
    return Mention(
        entity=row["entity"],
        name=row["name"],
        field=Field(row["field"]),
        start=row["starts"],
        end=row["ends"],
        quote=row["quote"],
        score=row["score"],
        evidence=parse_evidence(json.loads(row["evidence_json"])),
    )


def _pack(story: Story) -> bytes:
    return struct.pack(f">{len(story.runs)}I", *sorted(story.runs))
