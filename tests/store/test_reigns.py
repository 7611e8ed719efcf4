from __future__ import annotations

from tests.news import HOUR, NOW
from watcher.store import Reign, Store


def test_each_change_of_rules_is_noted_once(store: Store):
    assert store.reigns() == ()
    first = Reign(NOW, "r1", "l1")
    second = Reign(NOW + HOUR, "r2", "l1")
    back = Reign(NOW + 3 * HOUR, "r1", "l1")
    for reign in (first, Reign(NOW + HOUR / 2, "r1", "l1"), second, back):
        store.reign(reign)
    assert store.reigns() == (first, second, back)
