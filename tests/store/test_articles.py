from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.news import HOUR, NOW, article, dossiers, mention
from tests.store.memory import rows
from watcher.article import Article
from watcher.store import Store

ONE, TWO, THREE = article(1), article(2), article(3)


def seen(store: Store, *articles: Article) -> None:
    store.record(dossiers(*articles), None, NOW)


def test_what_was_never_recorded_is_unseen(store: Store):
    assert store.unseen([ONE, TWO]) == (ONE, TWO)
    assert store.unseen([]) == ()


def test_what_was_recorded_is_seen(store: Store):
    seen(store, ONE)
    assert store.unseen([THREE, ONE, TWO]) == (THREE, TWO)


@pytest.mark.parametrize("change", [{"title": "Corrected"}, {"text": "Corrected"}])
def test_an_edit_is_unseen_until_it_is_recorded(store: Store, change: dict[str, str]):
    seen(store, ONE)
    edited = replace(ONE, **change)
    assert store.unseen([edited]) == (edited,)
    seen(store, edited)
    assert store.unseen([edited]) == ()
    assert store.unseen([ONE]) == (ONE,)


def test_what_a_reader_does_not_read_is_no_edit(store: Store):
    seen(store, ONE)
    moved = replace(ONE, link="https://other.example/", published=NOW, source="B", language="")
    assert store.unseen([moved]) == ()


def test_a_letter_that_moves_from_headline_to_text_is_an_edit(store: Store):
    seen(store, replace(ONE, title="ab", text="c"))
    assert store.unseen([replace(ONE, title="a", text="bc")])


def test_of_several_with_one_id_the_first_is_taken(store: Store):
    assert store.unseen([ONE, replace(ONE, text="other"), ONE]) == (ONE,)


def test_an_article_without_an_id_is_refused(store: Store):
    with pytest.raises(ValueError, match='needs an id to be remembered: "Report 1"'):
        store.unseen([replace(ONE, id="")])


def test_a_whole_archive_is_asked_for_at_once(store: Store):
    many = [article(number, "text") for number in range(1_201)]
    seen(store, *many[::2])
    assert store.unseen(many) == tuple(many[1::2])


def test_an_edit_keeps_when_the_article_was_first_seen(store: Store, path: Path):
    edited = replace(ONE, text="Corrected", published=None)
    for moment, version in ((NOW, ONE), (NOW + HOUR, ONE), (NOW + 2 * HOUR, edited)):
        store.record(dossiers(version), None, moment)
    assert store.first_seen("a1") == NOW
    kept = "SELECT text, published, last_changed - first_seen, versions FROM articles"
    assert rows(path, kept) == [("Corrected", None, 2 * 3_600_000, 2)]


def test_what_was_never_seen_has_no_first_time(store: Store):
    assert store.first_seen("a1") is None


def test_mentions_are_those_of_the_latest_version(store: Store, path: Path):
    seen(store, ONE)
    found = mention(ONE)
    assert rows(path, "SELECT article, entity, starts, ends, quote FROM mentions") == [
        ("a1", "qasem", found.start, found.end, found.quote)
    ]
    seen(store, replace(ONE, text="Nobody is named any more."))
    assert rows(path, "SELECT * FROM mentions") == []


def test_a_story_outlives_an_edit_that_raises_nothing(store: Store, path: Path):
    seen(store, ONE)
    story = rows(path, "SELECT story FROM articles")
    seen(store, replace(ONE, text="Nobody is named any more."))
    assert rows(path, "SELECT story FROM articles") == story != [(None,)]


def test_strange_text_is_kept_with_its_offsets(store: Store):
    strange = replace(ONE, title="a\0\ud800", text=f"\ud800\0{ONE.text}")
    (dossier,) = dossiers(strange)
    store.record((dossier,), None, NOW)
    assert store.unseen([strange]) == ()
    history = store.alert(dossier.judged[0].alert.id)
    assert history.article == replace(ONE, title="a\ufffd\ufffd", text=f"\ufffd\ufffd{ONE.text}")
    (found,) = history.mentions
    assert history.article.text[found.start : found.end] == found.quote
