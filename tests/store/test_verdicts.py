from __future__ import annotations

from dataclasses import replace

import pytest

from tests import news
from tests.news import HOUR, NOW
from watcher.errors import StoreError
from watcher.store import Precision, Ruling, Store, Verdict, Wanted


def test_of_several_words_on_an_alert_the_last_one_counts(store: Store):
    store.record(news.dossiers(*map(news.article, (1, 2, 3))), None, NOW)
    ids = [filed.alert.id for filed in store.alerts(Wanted())]
    assert store.verdicts.precision() == (news_precision(0, 0),)
    wrong = Ruling(alert=ids[0], verdict=Verdict.DISMISSED, why="a namesake", by="mina", at=NOW)
    right = Ruling(alert=ids[0], verdict=Verdict.CONFIRMED, by="omid", at=NOW + HOUR)
    other = Ruling(alert=ids[1], verdict=Verdict.DISMISSED, why="", by="omid", at=NOW)
    for ruling in (wrong, right, other):
        store.verdicts.add(ruling)
    history = store.alert(ids[0])
    assert history is not None
    assert history.filed.rulings == (wrong, right)
    assert store.verdicts.precision() == (news_precision(1, 1),)


def news_precision(confirmed: int, dismissed: int) -> Precision:
    return Precision(
        rule="irgc", entity="qasem", raised=3, confirmed=confirmed, dismissed=dismissed
    )


def test_nothing_can_be_said_of_an_alert_that_there_is_none(store: Store):
    with pytest.raises(StoreError):
        store.verdicts.add(Ruling(alert="alert_x", verdict=Verdict.CONFIRMED, by="mina", at=NOW))


def test_what_one_person_says_again_takes_the_place_of_what_they_said(store: Store):
    store.record(news.dossiers(news.article()), None, NOW)
    (filed,) = store.alerts(Wanted())
    first = Ruling(alert=filed.alert.id, verdict=Verdict.DISMISSED, why="x", by="mina", at=NOW)
    other, again = replace(first, by="omid"), replace(first, why="y", at=NOW + HOUR)
    for ruling in (first, other, again):
        store.verdicts.add(ruling)
    (filed,) = store.alerts(Wanted())
    assert filed.rulings == (other, again)
