"""The one alert that is invented: what `send-test` sends, so that nobody takes it for news."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256

from watcher.alerts.alert import Alert, Quote
from watcher.alerts.delivery import Delivery
from watcher.article import Article
from watcher.match.mention import Field
from watcher.names.evidence import Equivalence, Evidence, Verdict
from watcher.names.kind import Kind

_EVIDENCE = (
    Evidence(
        verdict=Verdict.MATCHED,
        part="Samir",
        found="سمير",
        by=Equivalence.EQUIVALENT,
        score=0.95,
    ),
    Evidence(
        verdict=Verdict.MATCHED,
        part="al-Mithali",
        found="المثالي",
        by=Equivalence.TRANSLITERATION,
        score=0.77,
    ),
)
_QUOTE = Quote(
    before="هذه رسالة تجريبية لا خبر: التقى ",
    match="سمير المثالي",
    after=" بزملائه في المدينة صباح اليوم.",
    name="Samir al-Mithali",
    score=0.98,
    evidence=_EVIDENCE,
    field=Field.TEXT,
)


def sample_delivery(channel: str, now: datetime) -> Delivery:
    """A delivery of the invented alert to a channel; each call at another time has its own key.

    Its title says "TEST" in English and Arabic, rule and entity are called `send-test`.
    """
    mark = sha256(f"{channel} {now.isoformat()}".encode()).hexdigest()[:32]
    return Delivery(key=f"msg_{mark}", channel=channel, content=_alert(f"test_{mark}", now))


def _alert(alert_id: str, now: datetime) -> Alert:
    return Alert(
        id=alert_id,
        rule="send-test",
        entity="send-test",
        name="Samir al-Mithali",
        kind=Kind.PERSON,
        tags=("test",),
        score=_QUOTE.score,
        article=Article(
            text="",
            id=alert_id,
            title="TEST of watcher, not news – رسالة تجريبية",
            link="https://example.org/watcher-test",
            source="watcher send-test",
            published=now,
            language="ar",
        ),
        quotes=(_QUOTE,),
        raised=now,
    )
