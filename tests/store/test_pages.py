"""The queue of pages: what is wanted, of which host, what was read, and why others were not."""

from __future__ import annotations

from datetime import timedelta

from tests import news
from tests.news import HOUR, NOW
from watcher.article import Article
from watcher.store import PageTally, Store


def put(store: Store, *articles: Article, waived: str = "") -> None:
    store.record(news.dossiers(*articles), None, NOW)
    store.pages.want(articles, NOW, waived)


def at(number: int, host: str) -> Article:
    return news.article(number, link=f"https://{host}/{number}")


def wanted(store: Store, hours: int = 0) -> list[str]:
    return [wish.article for wish in store.pages.next(NOW + hours * HOUR)]


def test_each_host_gives_the_page_that_waits_longest(store: Store):
    put(store, at(1, "a.example"), at(2, "a.example"), at(3, "B.example"), at(4, "b.example"))
    assert wanted(store) == ["a1", "a3"]
    (first, _) = store.pages.next(NOW)
    assert (first.link, first.tries, first.asked) == ("https://a.example/1", 0, NOW)
    store.pages.put("a1", "text")
    assert wanted(store) == ["a2", "a3"]
    assert wanted(store, -1) == []


def test_a_page_that_could_not_be_read_waits_or_is_left(store: Store):
    put(store, at(1, "a.example"))
    store.pages.fail("a1", "500", NOW + HOUR)
    assert (wanted(store), wanted(store, 1)) == ([], ["a1"])
    assert store.pages.next(NOW + HOUR)[0].tries == 1
    store.pages.fail("a1", "404", None)
    assert wanted(store, 9) == []
    assert store.pages.tallies() == {"Example": PageTally(left=1, reason="404")}


def test_what_was_read_is_kept_by_article_and_by_address(store: Store):
    put(store, at(1, "a.example"), at(2, "a.example"))
    text = "قاسم سليماني\n" * 999
    store.pages.put("a1", text)
    assert store.pages.texts(["a1", "a2", "a3"]) == {"a1": text}
    assert store.pages.text_at("https://a.example/1") == text
    assert store.pages.text_at("https://a.example/2") == ""
    assert store.pages.tallies() == {"Example": PageTally(wanted=1, read=1)}


def test_a_waived_page_is_never_fetched_and_says_why(store: Store):
    put(store, at(1, "a.example"), waived="too old")
    assert wanted(store, 99) == []
    assert store.pages.tallies() == {"Example": PageTally(left=1, reason="too old")}


def test_an_article_with_a_page_is_changed_only_if_its_feed_says_so(store: Store):
    own = at(1, "a.example")
    put(store, own)
    page = news.article(1, text=own.text + "\nmore", link=own.link)
    store.record(news.dossiers(page), None, NOW + HOUR)
    store.pages.put("a1", "more")
    assert store.unseen([own]) == ()
    edited = news.article(1, text=own.text + " edited", link=own.link)
    assert store.unseen([edited]) == (edited,)
    put(store, edited)
    assert store.unseen([edited]) == ()
    assert store.pages.texts(["a1"]) == {"a1": "more"}
    assert store.pages.next(NOW + timedelta(days=9)) == ()


def test_hosts_of_which_nothing_is_due_are_passed_over(store: Store):
    put(store, *(at(number, f"{host}.example") for number, host in enumerate("abcab")))
    store.pages.fail("a0", "500", NOW + 2 * HOUR)
    store.pages.fail("a1", "500", NOW + HOUR)
    store.pages.fail("a4", "500", NOW + HOUR)
    assert wanted(store) == ["a2", "a3"]
    assert wanted(store, 1) == ["a2", "a3", "a1"]
