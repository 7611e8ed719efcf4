from __future__ import annotations

from tests.news import HOUR, NOW, article, dossiers
from tests.store.filled import MINUTE, fill
from watcher.store import OVERTAKE, Dispatch, Standing, Store, Try


def test_each_that_waits_says_until_when_and_behind_what(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    store.postponed(second, NOW + HOUR, NOW, "503 busy")
    store.postponed(first, NOW + MINUTE, NOW, "503 busy")
    waits = [(d.behind, d.next_try) for d in store.outbox(channel="desk")]
    assert waits == [("", NOW + MINUTE), (first, NOW + MINUTE), (first, NOW + MINUTE)]
    for _ in range(OVERTAKE):
        store.postponed(first, NOW + 2 * HOUR, NOW, "500 error")
    store.delivered(third, NOW, "200 ok")
    waits = [(d.behind, d.next_try) for d in store.outbox(channel="desk")]
    assert waits == [("", NOW + 2 * HOUR), ("", NOW + HOUR), ("", None)]


def test_every_try_is_kept(store: Store):
    (first,) = fill(store, 1)
    store.postponed(first, NOW + MINUTE, NOW, "503 busy")
    store.dead(first, NOW + MINUTE, "400 invalid_payload")
    store.retry(NOW + HOUR, keys=[first])
    store.delivered(first, NOW + HOUR, "200 ok")
    alert = dossiers(article(1))[0].judged[0].alert
    desk, _ = store.alert(alert.id).filed.dispatches
    assert desk == Dispatch(
        key=first,
        alert=alert.id,
        channel="desk",
        standing=Standing.DELIVERED,
        due=NOW + HOUR,
        attempts=1,
        created=NOW,
        ended=NOW + HOUR,
        note="200 ok",
        tries=(
            Try(at=NOW, outcome="postponed", answer="503 busy"),
            Try(at=NOW + MINUTE, outcome="dead", answer="400 invalid_payload"),
            Try(at=NOW + HOUR, outcome="delivered", answer="200 ok"),
        ),
    )


def test_the_outbox_is_told_in_the_order_of_sending(store: Store):
    keys = fill(store, 2, 1)
    assert [d.key for d in store.outbox(channel="desk")] == keys
    assert [d.channel for d in store.outbox(limit=3)] == ["desk", "soc", "desk"]
    assert store.outbox(channel="mail") == ()


def test_of_what_has_ended_the_last_comes_first(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    for at, ended in enumerate((second, third, first)):
        store.delivered(ended, NOW + at * MINUTE, "200 ok")
    told = store.outbox(standing=Standing.DELIVERED, limit=2)
    assert [d.key for d in told] == [first, third]
