from __future__ import annotations

from dataclasses import replace

from tests.news import HOUR, NOW
from tests.store.memory import rows
from watcher.store import Reign, Store
from watcher.watchlist import Edition
from watcher.watchlist.official import Change, Sort

FIRST = Reign(
    since=NOW,
    rules_version="r1",
    list_version="l1",
    editions=(Edition("ofac", "2026-11-20", "abc"),),
    files={"a.yaml": b"entities: []\n", "b/c.yaml": "rules: [] # قاسم\n".encode()},
)


def test_each_change_of_rules_is_noted_once(store: Store):
    assert (store.reigns.all(), store.reigns.in_force()) == ((), None)
    again = replace(FIRST, since=NOW + HOUR / 2)
    second = replace(FIRST, since=NOW + HOUR, rules_version="r2")
    back = replace(FIRST, since=NOW + 3 * HOUR)
    for reign in (FIRST, again, second, back):
        store.reigns.add(reign)
    assert store.reigns.all() == (FIRST, second, back)
    assert store.reigns.in_force() == back


def test_a_change_of_words_alone_is_one_too_and_texts_are_kept_once(store: Store, path):
    commented = FIRST.files | {"a.yaml": b"entities: [] # nobody\n"}
    second = replace(FIRST, since=NOW + HOUR, files=commented)
    store.reigns.add(FIRST)
    store.reigns.add(second)
    assert store.reigns.all() == (FIRST, second)
    assert list(store.reigns.in_force().files) == ["a.yaml", "b/c.yaml"]
    assert rows(path, "SELECT COUNT(*) FROM texts") == [(3,)]


def test_what_changed_in_the_lists_is_kept_with_the_reign_that_began_then(store: Store):
    listed = {
        "un": (Change(sort=Sort.REMOVED, id="un:9", name="Nobody"),),
        "ofac": (
            Change(sort=Sort.RENAMED, id="ofac:2", name="Ana", was="Anna"),
            Change(sort=Sort.ADDED, id="ofac:1", name="قاسم"),
        ),
    }
    second = replace(FIRST, since=NOW + HOUR, list_version="l2", listed=listed)
    store.reigns.add(FIRST)
    store.reigns.add(second)
    assert store.reigns.all() == (FIRST, second)
    assert store.reigns.in_force() == second


def test_a_reign_of_an_older_release_has_no_files(store: Store):
    store.reigns.add(replace(FIRST, files={}))
    store.reigns.add(FIRST)
    assert [len(reign.files) for reign in store.reigns.all()] == [0, 2]
