from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given

from tests.alerts.samples import alerts
from tests.news import NOW, article, dossiers
from watcher.alerts import Alert, alert_data, evidence_data, parse_alert, parse_evidence, stamp
from watcher.match import Field
from watcher.names.evidence import Evidence, Verdict
from watcher.watchlist import Edition, Facts, Severity


def test_an_alert_is_told_as_the_webhook_promises():
    (dossier,) = dossiers(article())
    alert = dossier.judged[0].alert
    assert alert_data(alert) == {
        "alert": alert.id,
        "rule": "irgc",
        "entity": {
            "id": "qasem",
            "name": "Qasem Soleimani",
            "kind": "person",
            "tags": ["irgc", "dead"],
        },
        "severity": "normal",
        "score": 0.9,
        "article": {
            "id": "a1",
            "title": "Report 1",
            "link": "https://news.example/1",
            "source": "Example",
            "published": "2026-03-05T07:30:00Z",
            "language": "ar",
        },
        "mentions": [
            {
                "quote": "واجتمع اللواء قاسم سليماني بقيادات في بغداد.",
                "before": "واجتمع اللواء ",
                "match": "قاسم سليماني",
                "after": " بقيادات في بغداد.",
                "name": "Qasem Soleimani",
                "score": 0.9,
                "why": [
                    {
                        "verdict": "matched",
                        "part": "Qasem",
                        "found": "قاسم",
                        "by": "transliteration",
                        "score": 0.93,
                    },
                    {"verdict": "omitted", "part": "al-"},
                ],
                "field": "text",
            }
        ],
        "list_version": "l1",
        "rules_version": "r1",
    }


@given(alerts)
def test_reading_it_back_gives_the_same_alert(alert: Alert):
    assert parse_alert(json.loads(json.dumps(alert_data(alert))), alert.raised) == alert


def test_an_article_without_a_date_says_so():
    (dossier,) = dossiers(article(published=None))
    alert = dossier.judged[0].alert
    assert '"published": null' in json.dumps(alert_data(alert))
    assert parse_alert(alert_data(alert), alert.raised) == alert


def test_what_is_none_of_ours_is_refused():
    (dossier,) = dossiers(article())
    data = alert_data(dossier.judged[0].alert)
    with pytest.raises(KeyError):
        parse_alert({key: value for key, value in data.items() if key != "rule"}, NOW)
    with pytest.raises(ValueError, match="ship"):
        parse_alert(data | {"entity": {"id": "x", "name": "x", "kind": "ship", "tags": []}}, NOW)


def test_further_keys_are_passed_over():
    (dossier,) = dossiers(article())
    alert = dossier.judged[0].alert
    assert parse_alert(alert_data(alert) | {"cluster": 7}, alert.raised) == alert


def test_evidence_leaves_out_what_it_has_nothing_to_say_about():
    account = (Evidence(verdict=Verdict.CONTEXT, note="Quds Force"),)
    assert evidence_data(account) == [{"verdict": "context", "note": "Quds Force"}]
    assert parse_evidence([{"verdict": "context", "note": "Quds Force"}]) == account


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 3, 5, 8, 30, tzinfo=UTC), "2026-03-05T08:30:00Z"),
        (datetime(2026, 3, 5, 8, 30, 0, 250_000, tzinfo=UTC), "2026-03-05T08:30:00.250000Z"),
        (
            datetime(2026, 3, 5, 8, 30, tzinfo=timezone(timedelta(hours=3, minutes=30))),
            "2026-03-05T05:00:00Z",
        ),
    ],
)
def test_times_are_told_in_utc(at: datetime, told: str):
    assert stamp(at) == told


def test_an_alert_of_an_official_list_says_which_state_of_it():
    (dossier,) = dossiers(article())
    alert = replace(dossier.judged[0].alert, edition=Edition("ofac", "2026-11-20", "ab12"))
    told = alert_data(alert)
    assert told["list"] == {"name": "ofac", "published": "2026-11-20", "version": "ab12"}
    assert parse_alert(json.loads(json.dumps(told)), alert.raised) == alert


def test_what_else_is_known_of_an_entity_is_told_where_it_is_known():
    (dossier,) = dossiers(article())
    facts = Facts(
        born="1957", nationality=("IR",), references=("https://x.example",), owner="ana", note="n"
    )
    alert = replace(dossier.judged[0].alert, facts=facts, severity=Severity.HIGH)
    told = json.loads(json.dumps(alert_data(alert)))
    assert told["severity"] == "high"
    assert told["entity"] == {
        "id": "qasem",
        "name": "Qasem Soleimani",
        "kind": "person",
        "tags": ["irgc", "dead"],
        "born": "1957",
        "nationality": ["IR"],
        "references": ["https://x.example"],
        "owner": "ana",
        "note": "n",
    }
    assert parse_alert(told, alert.raised) == alert


def test_a_mention_says_whether_it_stands_in_the_headline():
    (dossier,) = dossiers(article())
    alert = dossier.judged[0].alert
    headline = replace(alert.quotes[0], field=Field.TITLE)
    told = alert_data(replace(alert, quotes=(headline, *alert.quotes)))
    assert [one["field"] for one in told["mentions"]] == ["title", "text"]


def test_what_an_older_release_did_not_say_is_not_said_when_it_is_sent_again():
    (dossier,) = dossiers(article())
    alert = dossier.judged[0].alert
    told = alert_data(alert)
    for one in told["mentions"]:
        del one["field"]
    assert alert_data(parse_alert(told, alert.raised)) == told


def test_what_an_older_release_told_is_read_as_usual():
    (dossier,) = dossiers(article())
    alert = dossier.judged[0].alert
    told = {key: value for key, value in alert_data(alert).items() if key != "severity"}
    assert parse_alert(told, alert.raised) == alert
