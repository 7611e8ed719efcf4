from __future__ import annotations

from tests.news import HOUR, NOW
from watcher.store import LookBack, Store


def test_a_look_back_is_kept_until_it_is_done(store: Store):
    first = store.errands.add({"ali", "qasem"}, NOW - 24 * HOUR, NOW)
    second = store.errands.add({"x"}, NOW, NOW + HOUR)
    assert first == LookBack(1, frozenset({"ali", "qasem"}), NOW - 24 * HOUR, NOW)
    assert store.errands.all() == (first, second)
    store.errands.go_on(1, NOW - HOUR)
    assert store.errands.all()[0].since == NOW - HOUR
    store.errands.end(1)
    assert store.errands.all() == (second,)
