"""Alerts as they were raised: kept, recalled for decisions, and shown."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from watcher.alerts import (
    Alert,
    Decision,
    Judged,
    Past,
    Reason,
    alert_data,
    delivery_key,
)
from watcher.alerts.decide import SENDING
from watcher.store.articles import ARTICLE_COLUMNS, mentions, read_article, read_story
from watcher.store.content import read_alert
from watcher.store.database import Database, Row, Value
from watcher.store.dispatch import dispatches_of
from watcher.store.moment import from_ms, to_ms
from watcher.store.outbox import put_delivery
from watcher.store.record import Filed, History, Standing
from watcher.store.silences import silence_of
from watcher.store.verdicts import verdicts_of

_FILED = "id, raised, reason, earlier, data_json, silence"
_SENDING = ", ".join(f"'{reason.value}'" for reason in sorted(SENDING))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which alerts to list; a field left out does not narrow the list.

    Attributes:
        since: raised then or later.
        entity: of this entity.
        rule: of this rule.
        article: of this article.
        standing: held, or with a delivery that stands so.
        limit: so many of the newest.
    """

    since: datetime | None = None
    entity: str = ""
    rule: str = ""
    article: str = ""
    standing: Standing | None = None
    limit: int = 50


def put_alert(database: Database, judged: Judged, at: datetime) -> tuple[str, ...]:
    """Keep an alert and put it into the outbox, unless it is kept already.

    Returns:
        The channels for which there is something new to send.
    """
    alert = judged.alert
    added = database.run(
        "INSERT INTO alerts"
        " (id, rule, entity, article, score, raised, reason, earlier,"
        " list_version, rules_version, data_json, silence)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
        (
            alert.id,
            alert.rule,
            alert.entity,
            alert.article.id,
            alert.score,
            to_ms(alert.raised),
            judged.decision.reason.value,
            judged.decision.earlier,
            alert.list_version,
            alert.rules_version,
            json.dumps(alert_data(alert), ensure_ascii=False),
            judged.decision.silence or None,
        ),
    )
    if not added:
        return ()
    for channel in judged.send_to:
        key = delivery_key(alert.id, channel)
        held, bundle = judged.release, judged.bundle
        put_delivery(database, key, alert.id, channel, at, held=held, bundle=bundle)
    return judged.send_to


def past(database: Database, alert: Alert, since: datetime) -> tuple[Past, ...]:
    """What a decision needs to know: see `Store.past`."""
    rows = database.read(
        f"""
        SELECT alerts.id AS alert, rule, entity, score, raised, reason,
            articles.source, articles.title, articles.link, articles.story
        FROM alerts JOIN articles ON articles.id = alerts.article
        WHERE alerts.id = ?
            OR (rule = ? AND entity = ? AND raised >= ? AND reason IN ({_SENDING}))
        ORDER BY raised DESC, alerts.id
        """,
        (alert.id, alert.rule, alert.entity, to_ms(since)),
    )
    return tuple(
        Past(
            alert=row["alert"],
            rule=row["rule"],
            entity=row["entity"],
            score=row["score"],
            raised=from_ms(row["raised"]),
            reason=Reason(row["reason"]),
            story=read_story(row),
        )
        for row in rows
    )


def filed(database: Database, wanted: Wanted) -> tuple[Filed, ...]:
    """The alerts asked for, the newest first."""
    where, values = _narrow(wanted)
    rows = database.read(
        f"SELECT {_FILED} FROM alerts WHERE {where} ORDER BY raised DESC, id LIMIT ?",
        (*values, wanted.limit),
    )
    return tuple(_filed(database, row, tries=False) for row in rows)


def called(database: Database, start: str, limit: int) -> tuple[str, ...]:
    """See `Store.called`."""
    rows = database.read(
        "SELECT id FROM alerts WHERE SUBSTR(id, 1, ?) = ? ORDER BY id LIMIT ?",
        (len(start), start, limit),
    )
    return tuple(row["id"] for row in rows)


def history(database: Database, alert_id: str) -> History | None:
    """Everything about one alert; None if there is none with this id."""
    rows = database.read(
        f"SELECT article, {_FILED} FROM alerts WHERE id = ?",
        (alert_id,),
    )
    if not rows:
        return None
    article_id = rows[0]["article"]
    article = database.read(
        f"SELECT {ARTICLE_COLUMNS}, first_seen, last_changed, versions FROM articles WHERE id = ?",
        (article_id,),
    )[0]
    return History(
        filed=_filed(database, rows[0], tries=True),
        article=read_article(article),
        first_seen=from_ms(article["first_seen"]),
        last_changed=from_ms(article["last_changed"]),
        versions=article["versions"],
        mentions=mentions(database, article_id),
    )


def _filed(database: Database, row: Row, *, tries: bool) -> Filed:
    return Filed(
        alert=read_alert(row),
        decision=Decision(Reason(row["reason"]), row["earlier"], row["silence"] or 0),
        dispatches=dispatches_of(database, row["id"], tries=tries),
        silence=silence_of(database, row["silence"]),
        rulings=verdicts_of(database, row["id"]),
    )


def _narrow(wanted: Wanted) -> tuple[str, Sequence[Value]]:
    """The condition and its values; the words of the condition are all our own."""
    terms: list[tuple[str, Value]] = []
    if wanted.since:
        terms.append(("raised >= ?", to_ms(wanted.since)))
    if wanted.entity:
        terms.append(("entity = ?", wanted.entity))
    if wanted.rule:
        terms.append(("rule = ?", wanted.rule))
    if wanted.article:
        terms.append(("article = ?", wanted.article))
    where = [term for term, _ in terms]
    values = [value for _, value in terms]
    if wanted.standing is Standing.HELD:
        where.append(f"reason NOT IN ({_SENDING})")
    elif wanted.standing:
        where.append("id IN (SELECT alert FROM deliveries WHERE state = ?)")
        values.append(wanted.standing.value)
    return " AND ".join(where) or "1 = 1", values
