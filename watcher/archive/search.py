"""Pieces searched and told: the step that processes share."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from watcher.archive.document import Document, Refused
from watcher.archive.piece import Piece
from watcher.archive.report import TOLD, Report
from watcher.archive.stored import Origin
from watcher.archive.told import Tell
from watcher.article import Article
from watcher.match import Field, Index, Mention
from watcher.match.find import find_all
from watcher.watchlist import Watchlist

Found = tuple[Document, tuple[Mention, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What pieces gave.

    Attributes:
        output: what is written of it; "" if nothing was found.
        report: the figures.
        kept: every article, with an id to be stored by, and its mentions, if they are to be kept;
            else none.
    """

    output: str = ""
    report: Report = field(default_factory=Report)
    kept: tuple[tuple[Article, tuple[Mention, ...]], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """How pieces are searched and told.

    Attributes:
        watchlist: who is looked for; compiled before processes are made, or each would do so.
        tell: how mentions are written; None to keep documents and mentions as they are.
        min_score: the bar for every mention; None for each entity's own.
        titles: whether mentions in titles count; titles are read in any case, since they introduce
            people whom the text calls by their surname.
    """

    watchlist: Watchlist | Index
    tell: Tell | None
    min_score: float | None = None
    titles: bool = False

    def __call__(self, pieces: Sequence[Piece]) -> Answer:
        """What pieces gave, in their order."""
        read = [each for piece in pieces for each in self._read(piece)]
        documents = [each for each in read if isinstance(each, Document)]
        refused = [each for each in read if isinstance(each, Refused)]
        found = self._find(documents)
        return Answer(
            output="".join(self.tell(*each) for each in found if each[1]) if self.tell else "",
            report=_report(found, refused),
            kept=() if self.tell else tuple((each.article, mentions) for each, mentions in found),
        )

    def _read(self, piece: Piece) -> Iterator[Document | Refused]:
        """What a piece holds, ready to be stored if it is to be kept."""
        if self.tell:
            yield from piece.documents()
            return
        origin = Origin(piece.name)
        for each in piece.documents():
            yield origin.store(each) if isinstance(each, Document) else each

    def _find(self, documents: Sequence[Document]) -> list[Found]:
        found = find_all((each.article for each in documents), self.watchlist, self.min_score)
        return [
            (document, mentions if self.titles else _in_text(mentions))
            for document, mentions in zip(documents, found, strict=True)
        ]


def _in_text(mentions: tuple[Mention, ...]) -> tuple[Mention, ...]:
    return tuple(mention for mention in mentions if mention.field is Field.TEXT)


def _report(found: Sequence[Found], refused: Sequence[Refused]) -> Report:
    mentions = [mention for _, several in found for mention in several]
    return Report(
        documents=len(found),
        size=sum(_size(document.article) for document, _ in found),
        mentions=len(mentions),
        entities=frozenset(mention.entity for mention in mentions),
        refused=len(refused),
        told=tuple(refused[:TOLD]),
        notes=tuple(note for document, _ in found for note in document.notes)[:TOLD],
    )


def _size(article: Article) -> int:
    return len(article.text.encode("utf-8", "surrogatepass"))
