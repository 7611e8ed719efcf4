"""An alert: everything a person or a program is told, and nothing that must be looked up."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from watcher.article import Article
from watcher.match.mention import Field
from watcher.names.evidence import Evidence
from watcher.names.kind import Kind
from watcher.watchlist.edition import Edition
from watcher.watchlist.entity import Facts
from watcher.watchlist.rule import Severity


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A mention in its sentence, in the article's own words.

    Attributes:
        before: the sentence up to the mention.
        match: the mention; `before + match + after` is a piece of the article as it stands.
        after: the sentence behind the mention.
        name: the name of the watchlist that was recognised.
        score: how sure, 0.0 to 1.0.
        evidence: the account of each part.
        field: where it stands; None in an alert that a release before this one recorded, which did
            not say.
    """

    before: str
    match: str
    after: str
    name: str
    score: float
    evidence: tuple[Evidence, ...] = ()
    field: Field | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One entity, one rule, one article.

    Attributes:
        id: made from rule, entity and article, so the same alert has the same id for ever.
        rule: the rule's id.
        entity: the entity's id; `name`, `kind` and `tags` as they were when it was raised.
        facts: what else the watchlist knows of the entity.
        severity: how much it matters, as the rule says.
        score: the best of its quotes.
        article: the article without its text (`text` is "").
        quotes: each mention in its sentence, in the order of the article; at least one.
        raised: when, aware, in UTC.
        list_version: of the watchlist in force.
        rules_version: of the rules in force.
        edition: the state of the official list the entity stands on; None if the analysts wrote it.
        seen: when its article was first seen, if it was looked at again in retrospect, for an
            entity that is watched only since; None for news.
    """

    id: str
    rule: str
    entity: str
    name: str
    kind: Kind
    tags: tuple[str, ...] = ()
    facts: Facts = field(default_factory=Facts)
    severity: Severity = Severity.NORMAL
    score: float
    article: Article
    quotes: tuple[Quote, ...]
    raised: datetime
    list_version: str = ""
    rules_version: str = ""
    edition: Edition | None = None
    seen: datetime | None = None
