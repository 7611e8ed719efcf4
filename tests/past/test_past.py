"""Articles of archives against a real store, beside what sources brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests import news
from watcher.alerts import Reason, Side, backtest, compile_rules
from watcher.article import Article
from watcher.match import compile_index, find
from watcher.past import Archived, take_in_past
from watcher.pipeline import Knowledge, take_in
from watcher.source import Health, SourceState
from watcher.store import Store, Wanted

RULEBOOK = news.rulebook(news.rule(send_to=("list", "desk")))
KNOWLEDGE = Knowledge(rulebook=RULEBOOK, index=compile_index(RULEBOOK.watchlist))
STATE = SourceState(key="k", name="Example", due=news.NOW, health=Health.OK)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(Path(":memory:")) as opened:
        yield opened


def test_the_past_is_recorded_and_waits_for_nobody(store: Store) -> None:
    undated = news.article(2, published=None)
    found = [(news.article(1), (news.mention(news.article(1)),)), (undated, ())]
    assert take_in_past(store, found, RULEBOOK, news.NOW) == Archived(new=1)
    assert take_in_past(store, found, RULEBOOK, news.NOW) == Archived(known=1)
    (filed,) = store.alerts(Wanted())
    assert (filed.decision.reason, filed.dispatches) == (Reason.ARCHIVE, ())
    assert store.first_seen("a1") == news.article(1).published
    assert store.first_seen("a2") == news.NOW
    assert store.due("list", news.NOW) is None


@pytest.mark.parametrize(
    ("text", "id_"),
    [
        (news.article(1).text, "a1"),
        (f" {news.article(1).text}\r\n", "a1"),
        (f"\ufeff\u202b{news.article(1).text}\u202c", "a1"),
        ("Other words at the same address", "archived"),
    ],
)
def test_what_a_source_brought_already_is_recorded_once(store: Store, text: str, id_: str) -> None:
    take_in(store, (news.article(1),), STATE, KNOWLEDGE, news.NOW)
    again = replace(news.article(1), id="archived", source="old.txt", text=text)
    mentions = (news.mention(again),) if id_ == "a1" else ()
    assert take_in_past(store, [(again, mentions)], RULEBOOK, news.NOW).new == 0
    stored = store.stored(id_)
    assert stored is not None
    assert stored.article.source == ("Example" if id_ == "a1" else "old.txt")
    assert (store.stored("archived") is None) is (id_ == "a1")
    assert len(store.alerts(Wanted())) == 1


def again(store: Store, brought: Article, archived: Article) -> tuple[str, Article | None]:
    """The quotes of the alerts that an archive adds, and the article that a source brought."""
    take_in(store, (brought,), STATE, KNOWLEDGE, news.NOW)
    found = find(archived, KNOWLEDGE.index)
    take_in_past(store, [(archived, found)], RULEBOOK, news.NOW)
    filed = store.alerts(Wanted())
    stored = store.stored(brought.id)
    quotes = [quote.match for each in filed for quote in each.alert.quotes]
    return " ".join(quotes), stored.article if stored else None


def test_what_an_archive_does_not_say_of_an_article_stays(store: Store) -> None:
    brought = news.article(1)
    bare = replace(brought, id="archived", title="", source="", published=None, language="")
    assert again(store, brought, bare) == (news.QASEM, brought)


def test_a_headline_of_an_archive_is_quoted_as_it_stands_there(store: Store) -> None:
    brought = news.article(1, text="Nothing of note.")
    headed = replace(brought, id="archived", title=f"{news.QASEM} came")
    quotes, known = again(store, brought, headed)
    assert quotes == news.QASEM
    assert known == replace(brought, title=headed.title)


def test_a_headline_alone_is_another_article_than_one_with_a_text(store: Store) -> None:
    brought = news.article(1, text="")
    assert again(store, brought, news.article(1, id="archived")) == (news.QASEM, brought)
    assert store.stored("archived") is not None


def test_of_several_articles_at_an_address_the_one_with_the_words_is_meant(store: Store) -> None:
    later = news.article(2, text="Other words.", link=news.article(1).link)
    take_in(store, (later,), STATE, KNOWLEDGE, news.NOW + news.HOUR)
    again(store, news.article(1), news.article(1, id="archived"))
    assert store.stored("archived") is None


@pytest.mark.parametrize(
    ("changes", "kept"),
    [
        ({"title": "Another report"}, 2),
        ({"title": "", "text": f"{news.QASEM} went."}, 2),
        ({"text": f"{news.QASEM} went."}, 2),
        ({"text": f"{news.QASEM} went.", "link": ""}, 2),
        ({"text": f"{news.QASEM} went.", "link": "file:///a.jsonl#1"}, 2),
        ({"text": f" {news.TEXT}\r\n"}, 1),
        ({"title": "Another report", "link": "file:///a.txt"}, 1),  # the file was changed
    ],
)
@pytest.mark.parametrize("at_once", [True, False])
def test_articles_of_an_archive_that_share_an_address_or_an_id_are_told_apart_by_their_words(
    store: Store, changes: dict[str, Any], kept: int, *, at_once: bool
) -> None:
    one = news.article(1, link=changes.get("link", news.article(1).link))
    both = [one, replace(one, **changes)]
    found = [(each, find(each, KNOWLEDGE.index)) for each in both]
    for portion in [found] if at_once else [[each] for each in found]:
        take_in_past(store, portion, RULEBOOK, news.NOW)
    assert len(store.alerts(Wanted())) == kept
    for again in (found, found[1:], found[:1]):
        assert take_in_past(store, again, RULEBOOK, news.NOW) == Archived(
            known=len(again) if kept > 1 else 1
        )
    assert len(store.alerts(Wanted())) == kept
    shelf = [each.article for each in store.shelf(news.NOW - news.HOUR * 2, news.NOW + news.HOUR)]
    assert {(each.title, each.text) for each in shelf} == (
        {(each.title, each.text) for each in both} if kept > 1 else {(one.title, one.text)}
    )


def test_what_another_record_at_the_address_says_is_no_reason_for_an_id_of_its_own(
    store: Store,
) -> None:
    take_in(store, (news.article(1),), STATE, KNOWLEDGE, news.NOW)
    brought = news.article(1, id="archived")
    other = replace(brought, text=f"{news.QASEM} went.")
    found = [(each, find(each, KNOWLEDGE.index)) for each in (brought, other)]
    assert take_in_past(store, found, RULEBOOK, news.NOW).new == 1
    for again in (found[1:], found):
        assert take_in_past(store, again, RULEBOOK, news.NOW).new == 0
    assert store.stored("archived") is not None


def test_an_article_of_an_archive_that_was_forgotten_is_the_same_when_it_is_recorded_again(
    store: Store,
) -> None:
    found = [(news.article(1), ())]
    take_in_past(store, found, RULEBOOK, news.NOW)
    later = news.NOW + timedelta(days=30)
    assert store.attic.clear(later, later, None, 10).articles == 1
    take_in_past(store, found, RULEBOOK, later)
    shelf = store.shelf(news.NOW - news.HOUR * 2, later)
    assert [each.article.text for each in shelf] == [news.TEXT]
    assert store.unseen([news.article(1)]) == ()


def test_the_past_is_gone_through_in_its_own_time(store: Store) -> None:
    old = news.article(published=news.NOW - timedelta(days=900))
    take_in_past(store, [(old, ())], RULEBOOK, news.NOW)
    shelf = store.shelf(news.NOW - timedelta(days=1000), news.NOW)
    articles = ((stored.article, stored.first_seen) for stored in shelf)
    side = Side(RULEBOOK, compile_rules(RULEBOOK), max_age=timedelta(days=3))
    ((dossier,),) = backtest(articles, [side])
    assert [each.decision.reason for each in dossier.judged] == [Reason.FIRST]
