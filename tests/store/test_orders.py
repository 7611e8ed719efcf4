from __future__ import annotations

from tests.news import HOUR, NOW
from tests.store.filled import fill, key
from watcher.store import Standing, Store


def test_a_retry_starts_over_in_its_old_place(store: Store):
    first, _ = fill(store, 1, 2)
    store.dead(first, NOW, "400 invalid_payload")
    assert store.retry(NOW + HOUR, keys=[first, "msg_unknown"]) == 1
    again = store.due("desk", NOW + HOUR)
    assert (again.key, again.attempts) == (first, 0)


def test_a_whole_channel_is_retried(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    store.delivered(first, NOW, "200 ok")
    store.dead(second, NOW, "gone")
    store.postponed(third, NOW + HOUR, NOW, "503 busy")
    assert store.retry(NOW, channel="desk") == 2
    assert key(store.due("desk", NOW)) == second
    assert store.retry(NOW, keys=[first]) == 0


def test_what_is_dropped_stays_visible_with_its_last_answer(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    store.delivered(third, NOW, "200 ok")
    store.postponed(first, NOW, NOW, "503 busy")
    assert store.drop(NOW, keys=[first]) == 1
    assert key(store.due("desk", NOW)) == second
    assert store.drop(NOW, channel="desk") == 1
    assert store.due("desk", NOW) is None
    assert {d.key: d.note for d in store.outbox(standing=Standing.DROPPED)} == {
        first: "503 busy",
        second: "",
    }


def test_what_was_dropped_during_a_try_is_dropped_unless_it_arrived(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    store.drop(NOW, channel="desk")
    store.dead(first, NOW, "410 gone")
    store.postponed(second, NOW, NOW, "503 busy")
    store.delivered(third, NOW, "200 ok")
    assert [d.standing.value for d in store.outbox(channel="desk")] == [
        "dropped",
        "dropped",
        "delivered",
    ]
