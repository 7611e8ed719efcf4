from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path

import pytest

from tests import news
from watcher.alerts import Dossier
from watcher.store import Store, Stored, Wanted, shelf

MINUTE = timedelta(minutes=1)
END = news.NOW + 99 * MINUTE


def filled(number: int = 5) -> Store:
    """A store with an article a minute, two of them in the same one."""
    store = Store.open(Path(":memory:"))
    for at in range(number):
        articles = [news.article(at)] if at else [news.article(0), news.article(99)]
        dossiers = [Dossier(article=article) for article in articles]
        store.record(dossiers, None, news.NOW + at * MINUTE)
    return store


def ids(found: Iterable[Stored]) -> list[str]:
    return [each.article.id for each in found]


def test_articles_come_in_the_order_in_which_they_were_seen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    every = ["a0", "a99", "a1", "a2", "a3", "a4"]
    with filled() as store:
        for at_once in (1, 2, 3, 6, 100):
            monkeypatch.setattr(shelf, "_AT_ONCE", at_once)
            assert ids(store.shelf(news.NOW, END)) == every
        assert ids(store.shelf(news.NOW + MINUTE, news.NOW + 3 * MINUTE)) == ["a1", "a2"]
        assert ids(store.shelf(news.NOW, news.NOW + 2 * MINUTE, "a0")) == ["a99", "a1"]
        assert store.count(news.NOW + MINUTE, news.NOW + 3 * MINUTE) == 2
        assert next(store.shelf(news.NOW, END)) == Stored(news.article(0), news.NOW)


def test_many_of_one_moment_are_neither_sorted_nor_gone_through_anew() -> None:
    asked = list[str]()
    with filled() as store:
        connection = store._database._connection.conn
        connection.set_trace_callback(asked.append)
        assert len(ids(store.shelf(news.NOW, END, "a0"))) == 5
        connection.set_trace_callback(None)
        (query,) = asked
        (row,) = connection.execute(f"EXPLAIN QUERY PLAN {query}")
    assert "articles_kept ((first_seen,id)>(?,?)" in row[-1]


def test_what_is_recorded_meanwhile_disturbs_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shelf, "_AT_ONCE", 2)
    with filled(3) as store:
        reading = store.shelf(news.NOW, END)
        assert next(reading).article.id == "a0"
        late = Dossier(article=news.article(50))
        store.record([late, Dossier(article=news.article(0, text="new"))], None, END - MINUTE)
        assert ids(reading) == ["a99", "a1", "a2", "a50"]


def test_an_article_is_known_by_its_id_or_its_address() -> None:
    with filled(3) as store:
        again = Dossier(article=news.article(7, link="https://news.example/2"))
        store.record([again], None, news.NOW + 9 * MINUTE)
        by_id = store.stored("a2")
        assert by_id == Stored(news.article(2), news.NOW + 2 * MINUTE)
        by_link = store.stored("https://news.example/2")
        assert by_link is not None
        assert by_link.article.id == "a7"
        assert store.stored("") is store.stored("a77") is None


def test_all_of_an_address_that_have_a_text_can_be_asked_for() -> None:
    link = "https://news.example/2"
    with filled(3) as store:
        store.record([Dossier(article=news.article(7, link=link))], None, END - MINUTE)
        assert ids(store.at_address(link)) == ["a7", "a2"]
        store.attic.clear(END, END - MINUTE, None, 100)
        assert ids(store.at_address(link)) == ["a7"]
        assert store.at_address("") == ()


def test_many_of_one_address_are_neither_sorted_nor_gone_through() -> None:
    asked = list[str]()
    with filled() as store:
        connection = store._database._connection.conn
        connection.set_trace_callback(asked.append)
        assert ids(store.at_address("https://news.example/2")) == ["a2"]
        connection.set_trace_callback(None)
        (query,) = asked
        rows = [row[-1] for row in connection.execute(f"EXPLAIN QUERY PLAN {query}")]
    assert rows == ["SEARCH articles USING INDEX articles_link (link=?)"]


def test_the_alerts_of_one_article_can_be_asked_for() -> None:
    with Store.open(Path(":memory:")) as store:
        store.record(news.dossiers(news.article(1), news.article(2)), None, news.NOW)
        (one,) = store.alerts(Wanted(article="a2"))
        assert one.alert.article.id == "a2"
