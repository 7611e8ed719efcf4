"""An alert as plain data, and back: what webhooks send and the store keeps.

The shape is the `data` of the webhook's body. Receivers build on it, so keys are added, never
renamed. Reading it back gives the same alert, so the record of an alert is enough to send it again
word for word, years later.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from watcher.alerts.alert import Alert, Quote
from watcher.article import Article
from watcher.match.mention import Field
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.kind import Kind
from watcher.watchlist.edition import Edition
from watcher.watchlist.entity import Facts
from watcher.watchlist.rule import Severity


def alert_data(alert: Alert) -> dict[str, object]:
    """The alert as the webhook's body tells it, ready for `json.dumps`.

    Times are ISO 8601 in UTC with `Z`; `published` is null if the publisher does not say. In each
    mention `quote` is `before + match + after`, a piece of its `field`: `title` or `text`. A line
    of `why` leaves out what it has nothing to say about: `part`, `found`, `by`, `score` (0.0),
    `note`. When the alert was raised stands beside `data` in the body, as `timestamp`, and is not
    repeated here. `list` stands there only if the entity is of an official list; of an entity
    `born`, `nationality`, `references`, `owner` and `note` only if the watchlist says them.
    `retrospective` stands there only if the article was looked at again, for an entity that was
    not watched when it was first seen.
    """
    told: dict[str, object] = {
        "alert": alert.id,
        "rule": alert.rule,
        "entity": {
            "id": alert.entity,
            "name": alert.name,
            "kind": alert.kind.value,
            "tags": list(alert.tags),
            **_facts_data(alert.facts),
        },
        "severity": alert.severity.value,
        "score": alert.score,
        "article": _article_data(alert.article),
        "mentions": [_quote_data(quote) for quote in alert.quotes],
        "list_version": alert.list_version,
        "rules_version": alert.rules_version,
    }
    if alert.edition:
        told["list"] = asdict(alert.edition)
    if alert.seen:
        told["retrospective"] = {"first_seen": stamp(alert.seen)}
    return told


def digest_data(alerts: Sequence[Alert]) -> dict[str, object]:
    """Alerts as the `data` of a webhook's body: `alerts`, each with when it was `raised`."""
    return {"alerts": [alert_data(alert) | {"raised": stamp(alert.raised)} for alert in alerts]}


def parse_alert(data: Mapping[str, Any], raised: datetime) -> Alert:
    """The alert that `alert_data` was made from.

    Args:
        data: what `alert_data` returned, straight or through JSON; further keys are ignored.
        raised: when the alert was raised, aware, in UTC.

    Raises:
        KeyError: a key is missing.
        ValueError: a value is none of those `alert_data` writes.
    """
    entity = data["entity"]
    return Alert(
        id=data["alert"],
        rule=data["rule"],
        entity=entity["id"],
        name=entity["name"],
        kind=Kind(entity["kind"]),
        tags=tuple(entity["tags"]),
        facts=_parse_facts(entity),
        severity=Severity(data.get("severity", Severity.NORMAL)),
        score=data["score"],
        article=_parse_article(data["article"]),
        quotes=tuple(_parse_quote(mention) for mention in data["mentions"]),
        raised=raised,
        list_version=data["list_version"],
        rules_version=data["rules_version"],
        edition=_parse_edition(data.get("list")),
        seen=_parse_seen(data.get("retrospective")),
    )


def evidence_data(evidence: tuple[Evidence, ...]) -> list[dict[str, object]]:
    """The account of a mention as the `why` of webhooks and of `scan`, in the same order."""
    return [_evidence_line(line) for line in evidence]


def parse_evidence(why: list[dict[str, Any]]) -> tuple[Evidence, ...]:
    """The account that `evidence_data` was made from."""
    return tuple(_parse_evidence_line(line) for line in why)


def stamp(at: datetime) -> str:
    """An aware time as ISO 8601 in UTC with `Z`, as exact as it is: `2026-11-21T08:30:00Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _parse_seen(data: Mapping[str, Any] | None) -> datetime | None:
    return datetime.fromisoformat(data["first_seen"]) if data else None


def _parse_edition(data: Mapping[str, Any] | None) -> Edition | None:
    return Edition(data["name"], data["published"], data["version"]) if data else None


def _facts_data(facts: Facts) -> dict[str, object]:
    told = {key: value for key, value in asdict(facts).items() if value}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in told.items()}


def _parse_facts(entity: Mapping[str, Any]) -> Facts:
    """What else is known of an entity; what older releases did not write is absent."""
    return Facts(
        born=entity.get("born", ""),
        nationality=tuple(entity.get("nationality", ())),
        references=tuple(entity.get("references", ())),
        owner=entity.get("owner", ""),
        note=entity.get("note", ""),
    )


def _article_data(article: Article) -> dict[str, object]:
    return {
        "id": article.id,
        "title": article.title,
        "link": article.link,
        "source": article.source,
        "published": stamp(article.published) if article.published else None,
        "language": article.language,
    }


def _parse_article(data: Mapping[str, Any]) -> Article:
    published = data["published"]
    return Article(
        text="",
        title=data["title"],
        id=data["id"],
        link=data["link"],
        source=data["source"],
        published=datetime.fromisoformat(published) if published else None,
        language=data["language"],
    )


def _quote_data(quote: Quote) -> dict[str, object]:
    told: dict[str, object] = {
        "quote": quote.before + quote.match + quote.after,
        "before": quote.before,
        "match": quote.match,
        "after": quote.after,
        "name": quote.name,
        "score": quote.score,
        "why": evidence_data(quote.evidence),
    }
    # What an older release recorded is told again as it was.
    return told if quote.field is None else told | {"field": quote.field.value}


def _parse_quote(data: Mapping[str, Any]) -> Quote:
    return Quote(
        before=data["before"],
        match=data["match"],
        after=data["after"],
        name=data["name"],
        score=data["score"],
        evidence=parse_evidence(data["why"]),
        field=Field(data["field"]) if "field" in data else None,
    )


def _evidence_line(line: Evidence) -> dict[str, object]:
    told: dict[str, object] = {
        "part": line.part,
        "found": line.found,
        "by": line.by.value if line.by else "",
        "score": line.score,
        "note": line.note,
    }
    return {"verdict": line.verdict.value} | {key: value for key, value in told.items() if value}


def _parse_evidence_line(line: Mapping[str, Any]) -> Evidence:
    by = line.get("by")
    return Evidence(
        verdict=Verdict(line["verdict"]),
        part=line.get("part", ""),
        found=line.get("found", ""),
        by=Equivalence(by) if by else None,
        score=line.get("score", 0.0),
        note=line.get("note", ""),
    )
