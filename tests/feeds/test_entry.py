"""An article is the same one however often it is fetched."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.article import Article
from watcher.feeds import Entry, Parsed
from watcher.feeds.entry import article_id, identify, to_articles

text = st.text(max_size=8)
moments = st.none() | st.datetimes(timezones=st.just(UTC))
entries = st.builds(
    Entry, guid=text, link=text, title=text, text=text, published=moments, language=text
)
feeds = st.builds(
    Parsed,
    title=text,
    entries=st.lists(entries, max_size=3).map(tuple),
    ttl=st.none() | st.integers(0, 10**6).map(lambda seconds: timedelta(seconds=seconds)),
    note=text,
    is_garbled=st.booleans(),
)


def ids(*found: Entry) -> list[str]:
    return [article.id for article in to_articles(found, "key", "News")]


@given(feeds)
def test_a_feed_survives_the_way_between_processes(parsed):
    assert Parsed.from_json(json.loads(json.dumps(parsed.to_json()))) == parsed


def test_an_entry_becomes_an_article():
    noon = datetime(2026, 5, 1, 12, tzinfo=UTC)
    entry = Entry(
        guid="g", link="http://a.example/", title="t", text="b", published=noon, language="ar"
    )
    assert to_articles([entry], "key", "News") == (
        Article(
            id=article_id("key", "guid g"),
            text="b",
            title="t",
            link="http://a.example/",
            source="News",
            published=noon,
            language="ar",
        ),
    )


def test_ids_do_not_change_between_versions():
    assert article_id("key", "guid g") == "f25b219aa499147a425d"


def test_the_guid_counts_first_then_the_link_then_the_content():
    full = Entry(guid="g", link="http://a.example/", title="t", text="b")
    assert identify(full, {}) == "guid g"
    assert identify(Entry(link="http://a.example/", title="t"), {}) == "link http://a.example/"
    assert identify(Entry(title="t", text="b"), {}) == "text t\nb"


def test_an_edited_entry_is_the_same_article():
    assert ids(Entry(guid="g", title="a")) == ids(Entry(guid="g", title="b"))


@pytest.mark.parametrize(
    "link", ["http://a.example/1?id=7&utm_source=rss&UTM_x=1", "http://a.example/1?id=7#fbclid"]
)
def test_what_trackers_add_makes_no_new_article(link):
    assert ids(Entry(link=link)) == ids(Entry(link="http://a.example/1?id=7"))


def test_a_guid_that_all_entries_share_tells_nothing():
    first = Entry(guid="g", link="http://a.example/1", title="a")
    second = Entry(guid="g", link="http://a.example/2", title="b")
    assert len(set(ids(first, second))) == 2


def test_entries_of_one_guid_and_one_link_are_told_apart_by_their_titles():
    first, second = (Entry(guid="1", link="http://a.example/", title=title) for title in "ab")
    assert len(set(ids(first, second, first))) == 2
    assert len(set(ids(Entry(guid="1", title="a"), Entry(guid="1", text="b")))) == 2


def test_trackers_do_not_make_a_guid_a_shared_one():
    once = Entry(guid="g", link="http://a.example/1?utm_source=rss")
    again = Entry(guid="g", link="http://a.example/1?utm_source=app")
    assert ids(once, again) == ids(once)


def test_entries_with_one_link_and_no_guid_are_told_apart():
    first = Entry(link="http://a.example/live#1", title="a", text="x")
    second = Entry(link="http://a.example/live#2", title="b", text="x")
    untitled = Entry(link="http://a.example/live", text="y")
    assert len(set(ids(first, second, untitled))) == 3
    assert ids(first, first) == ids(first)


def test_an_entry_that_stands_twice_is_one_article():
    assert len(ids(Entry(guid="g", title="a"), Entry(guid="g", title="a", text="b"))) == 1


def test_the_same_guid_in_another_feed_is_another_article():
    assert article_id("key", "guid g") != article_id("other", "guid g")
