"""One document searched and told: the step of `scan` that its processes share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from watcher.cli.documents import Document
from watcher.cli.marked import PLAIN, Marks, mention_line, passages, show
from watcher.match import Field, Index, Mention, find
from watcher.watchlist import Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What a document gave.

    Attributes:
        output: lines to print, without the last newline; "" if nothing was found.
        mentions: how many.
        entities: whose.
    """

    output: str = ""
    mentions: int = 0
    entities: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scanner:
    """How documents are searched and told.

    Attributes:
        watchlist: who is looked for, by the names that people are shown.
        index: the same, compiled.
        min_score: the bar for every mention; None for each entity's own.
        jsonl: a JSON line for each mention, not marked text.
        titles: JSON lines for mentions in titles too.
        marks: around names in marked text.
    """

    watchlist: Watchlist
    index: Index
    min_score: float | None = None
    jsonl: bool = False
    titles: bool = False
    marks: Marks = PLAIN

    def search(self, documents: Iterable[Document]) -> list[Found]:
        """What each document gave, in order."""
        return [self.search_one(document) for document in documents]

    def search_one(self, document: Document) -> Found:
        """What one document gave."""
        mentions = self._mentions(document)
        if not mentions:
            return Found()
        tell = self._lines if self.jsonl else self._text
        return Found(
            output="\n".join(tell(document, mentions)),
            mentions=len(mentions),
            entities=frozenset(mention.entity for mention in mentions),
        )

    def _mentions(self, document: Document) -> tuple[Mention, ...]:
        mentions = find(document.article, self.index, self.min_score)
        if self.titles or not self.jsonl:
            return mentions
        return tuple(mention for mention in mentions if mention.field is Field.TEXT)

    def _lines(self, document: Document, mentions: tuple[Mention, ...]) -> Iterator[str]:
        return (mention_line(document.id, each, field=self.titles) for each in mentions)

    def _text(self, document: Document, mentions: tuple[Mention, ...]) -> Iterator[str]:
        yield str(document.id)
        for passage in passages(document.article, mentions):
            yield show(passage, self.marks, self.watchlist)
        yield ""
