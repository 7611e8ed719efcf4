"""What was found in a document, as marked text for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from watcher.alerts import digits, explain, isolate, sureness, tidy
from watcher.archive import Document
from watcher.article import Article
from watcher.match import Field, Mention
from watcher.text import sentence_around
from watcher.watchlist import Watchlist


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands before and behind a name in its sentence."""

    start: str
    end: str


PLAIN = Marks("«", "»")
COLOUR = Marks("\x1b[1;33m", "\x1b[0m")


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one field that hold mentions and hang together.

    Attributes:
        text: of the whole field; `text[start:end]` is the passage.
        mentions: in the order of their start.
    """

    text: str
    start: int
    end: int
    mentions: tuple[Mention, ...]


def passages(article: Article, mentions: Iterable[Mention]) -> Iterator[Passage]:
    """The sentences that hold mentions, title first, each once.

    Args:
        article: where the mentions were found.
        mentions: sorted by field, then start.
    """
    for field, found in groupby(mentions, key=lambda mention: mention.field):
        yield from _join(article.title if field is Field.TITLE else article.text, found)


def mark(
    document: Document, mentions: Iterable[Mention], *, marks: Marks, watchlist: Watchlist
) -> str:
    """A document by its name, the passages that hold mentions, and an empty line."""
    told = (show(passage, marks, watchlist) for passage in passages(document.article, mentions))
    return "\n".join([tidy(str(document.id)), *told, "", ""])


def show(passage: Passage, marks: Marks, watchlist: Watchlist) -> str:
    """A passage in one line with its names marked, then a line for each name and why."""
    lines = [f"  {isolate(_marked(passage, marks))}"]
    lines += [f"    {account(mention, watchlist)}" for mention in passage.mentions]
    return "\n".join(lines)


def account(mention: Mention, watchlist: Watchlist) -> str:
    """Who was recognised, by which name, how sure that is in words, and why, in one line.

    Args:
        mention: a place where a name stands.
        watchlist: holds its entity.
    """
    why = ", ".join(explain(mention.evidence))
    known_as = watchlist[mention.entity].name
    name = isolate(tidy(known_as))
    if mention.name != known_as:
        name += f" ({isolate(tidy(mention.name))})"
    return " · ".join(
        filter(None, (name, f"{sureness(mention.score)} {digits(mention.score)}", why))
    )


def _join(text: str, mentions: Iterable[Mention]) -> Iterator[Passage]:
    """Put mentions (at least one) whose sentences overlap into one passage."""
    held: list[Mention] = []
    first = last = 0
    for mention in mentions:
        start, end = sentence_around(text, mention.start, mention.end)
        if held and start < last:
            last = max(last, end)
        else:
            if held:
                yield Passage(text, first, last, tuple(held))
            held, first, last = [], start, end
        held.append(mention)
    yield Passage(text, first, last, tuple(held))


def _marked(passage: Passage, marks: Marks) -> str:
    pieces, at = [], passage.start
    for start, end in _spans(passage.mentions):
        pieces += [tidy(passage.text[at:start]), marks.start]
        pieces += [tidy(passage.text[start:end]), marks.end]
        at = end
    return "".join([*pieces, tidy(passage.text[at : passage.end])])


def _spans(mentions: Sequence[Mention]) -> list[tuple[int, int]]:
    """The places to mark: where two mentions overlap, one place."""
    spans: list[tuple[int, int]] = []
    for mention in mentions:
        if spans and mention.start < spans[-1][1]:
            spans[-1] = (spans[-1][0], max(spans[-1][1], mention.end))
        else:
            spans.append((mention.start, mention.end))
    return spans
