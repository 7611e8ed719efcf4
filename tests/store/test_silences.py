from __future__ import annotations

from dataclasses import replace

from tests import news
from tests.alerts.test_mute import SILENCE
from tests.news import HOUR, NOW
from watcher.alerts import Reason, judge
from watcher.store import Store, Wanted

FIRST = replace(SILENCE, number=1)
SECOND = replace(SILENCE, number=2, subject="esmail", until=NOW + HOUR)


def add(store: Store) -> None:
    assert [store.silences.add(each) for each in (FIRST, SECOND)] == [1, 2]


def test_silences_are_kept_and_end_by_themselves(store: Store):
    add(store)
    assert store.silences.all() == (FIRST, SECOND)
    assert store.silences.lasting(NOW) == (SECOND, FIRST)
    assert store.silences.lasting(NOW + HOUR) == (FIRST,)
    assert store.silences.lasting(NOW + 2 * HOUR) == ()
    assert store.silences.lasting(NOW - 2 * HOUR) == ()


def test_a_silence_can_be_ended_once_while_it_lasts(store: Store):
    add(store)
    assert store.silences.end(1, NOW, "omid")
    assert not store.silences.end(1, NOW, "mina")
    assert not store.silences.end(2, NOW + HOUR, "mina")
    assert not store.silences.end(3, NOW, "mina")
    assert store.silences.all()[0] == replace(FIRST, ended=NOW, ended_by="omid")
    assert store.silences.lasting(NOW) == (SECOND,)


def test_a_held_alert_tells_of_its_silence(store: Store):
    add(store)
    article = news.article()
    found = [(article, [news.mention(article)])]
    lasting = store.silences.lasting(NOW)
    store.record(judge(found, news.rulebook(), store, now=NOW, silences=lasting), None, NOW)
    (filed,) = store.alerts(Wanted())
    assert (filed.decision.reason, filed.silence, filed.dispatches) == (Reason.SILENCED, FIRST, ())
    assert store.silences.held() == {1: 1}
    store.record(news.dossiers(news.article(2)), None, NOW)
    assert {filed.silence for filed in store.alerts(Wanted())} == {FIRST, None}
