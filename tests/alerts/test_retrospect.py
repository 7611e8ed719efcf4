from __future__ import annotations

from dataclasses import replace

from tests import news
from tests.news import NOW
from watcher.alerts import alert_data, compose, parse_alert

((JUDGED,),) = (dossier.judged for dossier in news.dossiers(news.article()))
LATE = replace(JUDGED.alert, seen=NOW - 24 * news.HOUR)


def test_an_alert_found_in_retrospect_says_so_to_programs_and_to_people():
    data = alert_data(LATE)
    assert data["retrospective"] == {"first_seen": "2026-03-04T08:30:00Z"}
    assert parse_alert(data, LATE.raised) == LATE
    assert compose(LATE).origin.endswith(" · found in retrospect, first seen 2026-03-04 08:30 UTC")


def test_news_says_nothing_of_it():
    assert "retrospective" not in alert_data(JUDGED.alert)
    assert "retrospect" not in compose(JUDGED.alert).origin
