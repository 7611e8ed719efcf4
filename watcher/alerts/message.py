"""An alert as neutral pieces of text, which every channel for people puts together its own way.

Everything in a message is one line, bounded, and fit to be shown (see `watcher.alerts.clean`);
a channel adds only its own escaping and its own limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import NamedTuple

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.clean import isolate, shorten, shorten_start, tidy
from watcher.alerts.wording import Sureness, digits, explain, sureness
from watcher.match.mention import Field
from watcher.text import tokens
from watcher.watchlist.entity import Facts
from watcher.watchlist.rule import Severity

_NAME = 200
_TITLE = 300
_AROUND = 400
"""Code points shown of a name, of a title, and of a sentence on either side of the mention:
a long sentence of news has about 300."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Excerpt:
    """One mention for a reader.

    Attributes:
        before: the sentence up to the mention; begins with "…" if it was shortened.
        match: the mention.
        after: the sentence behind it; ends with "…" if it was shortened.
        name: the name of the watchlist that was recognised.
        sureness: how sure, in words.
        why: a short sentence for each piece of evidence; empty if there is none.
    """

    before: str
    match: str
    after: str
    name: str
    sureness: Sureness
    why: tuple[str, ...] = ()

    def marked(self, start: str, end: str) -> str:
        """The sentence with marks around the mention, set apart by direction isolates."""
        return isolate(f"{self.before}{start}{self.match}{end}{self.after}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a reader is told.

    Attributes:
        entity: the entity's name.
        rule: the rule's id.
        sureness: how sure, in words; `score` the same as "0.97".
        score: two digits behind the point, never rounded up to a higher band.
        severity: how much it matters, as the rule says.
        tags: of the entity.
        known: what else the watchlist knows of the entity, in one line; "" for nothing.
        title: of the article; "" if it has none.
        source: the name of the source; "" if not known.
        published: such as "2024-09-13 10:05 UTC"; "" if not known.
        seen: when the article was first seen, likewise, if it was looked at again in retrospect;
            "" for news.
        link: http(s) or file address, or ""; not shortened, for it would lead elsewhere.
        excerpts: each mention in its sentence, in the order of the article; what reads the same
            once, and of a headline and a sentence of the text that holds it, or stands in it, the
            longer.
    """

    entity: str
    rule: str
    sureness: Sureness
    score: str
    severity: Severity
    tags: tuple[str, ...]
    known: str
    title: str
    source: str
    published: str
    seen: str = ""
    link: str
    excerpts: tuple[Excerpt, ...]

    @property
    def headline(self) -> str:
        """How grave (if the rule says so), who, how sure, by which rule, in one line."""
        told = (self.grave, isolate(self.entity), self.sureness, isolate(self.rule))
        return " · ".join(filter(None, told))

    @property
    def grave(self) -> str:
        """The severity in capitals; "" for the usual one."""
        return "" if self.severity is Severity.NORMAL else self.severity.upper()

    @property
    def origin(self) -> str:
        """Source and time in one line, and whether it is no news; "" if nothing is known."""
        seen = f"found in retrospect, first seen {self.seen}" if self.seen else ""
        return " · ".join(filter(None, (isolate(self.source), self.published, seen)))


def compose(alert: Alert) -> Message:
    """Put an alert into words for people."""
    article = alert.article
    return Message(
        entity=_line(alert.name, _NAME),
        rule=_line(alert.rule, _NAME),
        sureness=sureness(alert.score),
        score=digits(alert.score),
        severity=alert.severity,
        tags=tuple(_line(tag, _NAME) for tag in alert.tags),
        known=_known(alert.facts),
        title=_line(article.title, _TITLE),
        source=_line(article.source, _NAME),
        published=_stamp(article.published),
        seen=_stamp(alert.seen),
        link=tidy(article.link).strip(),
        excerpts=_excerpts(alert.quotes),
    )


def plain(message: Message) -> str:
    """The whole message as lines of plain text, the mentions between « and »."""
    lines = [message.headline, message.known, isolate(message.title), message.origin]
    for excerpt in message.excerpts:
        lines += [excerpt.marked("«", "»"), account(excerpt)]
    return "\n".join(filter(None, [*lines, message.link]))


def account(excerpt: Excerpt) -> str:
    """Which name was recognised, and why, in one line."""
    return ": ".join(filter(None, (isolate(excerpt.name), ", ".join(excerpt.why))))


class _Said(NamedTuple):
    """An excerpt and what is compared of it, each worked out once: an article may have thousands.

    Attributes:
        excerpt: what is shown.
        about: what was recognised, and why.
        before: the words before the mention, the nearest first.
        after: those behind it.
    """

    excerpt: Excerpt
    about: tuple[str, tuple[str, ...]]
    before: tuple[str, ...]
    after: tuple[str, ...]

    def is_within(self, other: _Said) -> bool:
        """Whether an excerpt says nothing that another does not, for the same reasons."""
        return (
            self.about == other.about
            and other.before[: len(self.before)] == self.before
            and other.after[: len(self.after)] == self.after
        )


def _excerpts(quotes: Sequence[Quote]) -> tuple[Excerpt, ...]:
    """What is shown of the mentions; a headline that the text says again is shown once."""
    titles = dict.fromkeys(_excerpt(quote) for quote in quotes if quote.field is Field.TITLE)
    texts = dict.fromkeys(_excerpt(quote) for quote in quotes if quote.field is not Field.TITLE)
    if not titles or not texts:
        return (*titles, *texts)
    headlines, said = [*map(_said, titles)], [*map(_said, texts)]
    said = [one for one in said if not any(map(one.is_within, headlines))]
    headlines = [one for one in headlines if not any(map(one.is_within, said))]
    return tuple(one.excerpt for one in headlines + said)


def _said(excerpt: Excerpt) -> _Said:
    before, after = _words(excerpt.before), _words(excerpt.after)
    return _Said(excerpt, (excerpt.name, excerpt.why), before[::-1], after)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def _excerpt(quote: Quote) -> Excerpt:
    return Excerpt(
        before=shorten_start(tidy(quote.before).lstrip(), _AROUND),
        match=shorten(tidy(quote.match), _NAME),
        after=shorten(tidy(quote.after).rstrip(), _AROUND),
        name=_line(quote.name, _NAME),
        sureness=sureness(quote.score),
        why=explain(quote.evidence),
    )


def _known(facts: Facts) -> str:
    """What a reader should know of an entity; whose entry it is stands last."""
    told = (
        f"born {facts.born}" if facts.born else "",
        ", ".join(facts.nationality),
        facts.note,
        f"ask {facts.owner}" if facts.owner else "",
    )
    return " · ".join(isolate(_line(each, _TITLE)) for each in told if each)


def _line(text: str, limit: int) -> str:
    return shorten(tidy(text).strip(), limit)


def _stamp(at: datetime | None) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC" if at else ""
