"""Invented news for the tests of alerts and store: articles, mentions and rules in a line each."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from watcher.alerts import Alert, Dossier, Memory, Past, judge
from watcher.article import Article
from watcher.match.mention import Field, Mention
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.watchlist.entity import Entity, Watchlist
from watcher.watchlist.rule import Rule
from watcher.watchlist.rulebook import Rulebook

NOW = datetime(2026, 3, 5, 8, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
TEXT = "وصل الوفد أمس. واجتمع اللواء قاسم سليماني بقيادات في بغداد. ثم غادر."
QASEM, ESMAIL = "قاسم سليماني", "Esmail Qaani"
WHY = (
    Evidence(
        verdict=Verdict.MATCHED,
        part="Qasem",
        found="قاسم",
        by=Equivalence.TRANSLITERATION,
        score=0.93,
    ),
    Evidence(verdict=Verdict.OMITTED, part="al-"),
)


def article(number: int = 1, text: str = TEXT, **changes: Any) -> Article:
    plain = Article(
        text=text,
        id=f"a{number}",
        title=f"Report {number}",
        link=f"https://news.example/{number}",
        source="Example",
        published=NOW - HOUR,
        language="ar",
    )
    return replace(plain, **changes)


def mention(
    within: Article,
    quote: str = QASEM,
    entity: str = "qasem",
    field: Field = Field.TEXT,
    score: float = 0.9,
) -> Mention:
    start = (within.title if field is Field.TITLE else within.text).index(quote)
    return Mention(
        entity=entity,
        name="Qasem Soleimani",
        field=field,
        start=start,
        end=start + len(quote),
        quote=quote,
        score=score,
        evidence=WHY,
    )


def rule(id_: str = "irgc", *entities: str, **changes: Any) -> Rule:
    watched = frozenset(entities or ("qasem", "esmail"))
    return replace(Rule(id=id_, entities=watched, send_to=("desk", "soc")), **changes)


def rulebook(*rules: Rule) -> Rulebook:
    entities = (
        Entity(id="qasem", names=("Qasem Soleimani",), tags=("irgc", "dead")),
        Entity(id="esmail", names=("Esmail Qaani",)),
    )
    watchlist = Watchlist(entities, version="l1")
    return Rulebook(watchlist=watchlist, rules=rules or (rule(),), version="r1")


class Nothing:
    """A memory with nothing in it."""

    def first_seen(self, article_id: str) -> datetime | None:
        return None

    def past(self, alert: Alert, since: datetime) -> tuple[Past, ...]:
        return ()


def dossiers(
    *articles: Article,
    rules: tuple[Rule, ...] = (),
    memory: Memory | None = None,
    now: datetime = NOW,
    score: float = 0.9,
) -> tuple[Dossier, ...]:
    """The dossiers of articles in which قاسم سليماني is found wherever he stands."""
    found = [(a, [mention(a, score=score)] if QASEM in a.text else []) for a in articles]
    return judge(found, rulebook(*rules), memory or Nothing(), now=now, max_age=72 * HOUR)
