from __future__ import annotations

from datetime import timedelta

import pytest

from tests.news import HOUR, NOW, article, dossiers
from tests.store.filled import MINUTE, fill, key
from watcher.alerts import Delivery
from watcher.errors import StoreError
from watcher.store import HASTE, OVERTAKE, Standing, Store, Suspension, Tally


def test_an_alert_is_sent_word_for_word_as_it_was_raised(store: Store):
    (first,) = fill(store, 1)
    alert = dossiers(article(1))[0].judged[0].alert
    assert store.due("desk", NOW) == Delivery(key=first, channel="desk", content=alert)


def test_nothing_waits_for_a_channel_without_alerts(store: Store):
    fill(store, 1)
    assert store.due("mail", NOW) is None
    assert store.next_due("mail") is None


def test_the_oldest_goes_first(store: Store):
    keys = fill(store, 3, 1, 2)
    for expected in keys:
        assert key(store.due("desk", NOW)) == expected
        store.delivered(expected, NOW, "200 ok")
    assert store.due("desk", NOW) is None
    assert key(store.due("soc", NOW)) is not None


def test_one_that_waits_holds_up_those_behind_it(store: Store):
    first, second = fill(store, 1, 2)
    store.postponed(first, NOW + MINUTE, NOW, "503 busy")
    assert store.due("desk", NOW + MINUTE / 2) is None
    assert store.next_due("desk") == NOW + MINUTE
    assert store.due("desk", NOW + MINUTE).attempts == 1
    store.delivered(first, NOW + MINUTE, "200 ok")
    assert key(store.due("desk", NOW + MINUTE)) == second


def test_something_new_brings_the_next_try_forward(store: Store):
    first, _ = fill(store, 1, 2)
    store.postponed(first, NOW + HOUR, NOW, "503 busy")
    (third,) = fill(store, 3)
    assert store.next_due("desk") == NOW + HASTE
    early = store.due("desk", NOW + HASTE)
    assert (early.key, early.attempts, early.planned) == (first, 1, NOW + HOUR)
    assert [d.key for d in store.outbox(channel="desk")][2] == third


def test_what_is_due_soon_or_was_never_tried_stays_as_it_is(store: Store):
    (first,) = fill(store, 1)
    fill(store, 2)
    assert store.next_due("desk") == NOW
    store.postponed(first, NOW + MINUTE, NOW, "503 busy")
    fill(store, 3)
    assert store.next_due("desk") == NOW + MINUTE
    assert store.due("desk", NOW + MINUTE).planned is None


@pytest.mark.parametrize("asked", [MINUTE, 30 * MINUTE, HOUR])
def test_what_a_receiver_asks_for_is_never_cut_short(store: Store, asked: timedelta):
    (first,) = fill(store, 1)
    store.postponed(first, NOW + HOUR, NOW, "429 slow down", asked=NOW + asked)
    fill(store, 2)
    store.hasten(["desk"])
    assert store.next_due("desk") == NOW + max(asked, HASTE)


def test_a_try_beside_the_schedule_uses_up_nothing(store: Store):
    (first,) = fill(store, 1)
    store.postponed(first, NOW + HOUR, NOW, "503 busy")
    store.hasten(["desk"])
    early, planned = NOW + HASTE, store.due("desk", NOW + HASTE).planned
    store.postponed(first, planned, early, "503 busy", counts=False)
    assert (store.next_due("desk"), store.due("desk", NOW + HOUR).attempts) == (NOW + HOUR, 1)
    store.hasten(["desk"])
    assert store.next_due("desk") == early + HASTE
    on_time = store.due("desk", NOW + HOUR)
    assert (on_time.planned, len(store.alert(on_time.content.id).filed.dispatches[0].tries)) == (
        None,
        2,
    )


def test_a_start_hastens_those_that_are_stepped_around_too(store: Store):
    first, _ = fill(store, 1, 2)
    for _ in range(OVERTAKE):
        store.postponed(first, NOW + 10 * HOUR, NOW, "500 error")
    store.hasten(["mail", "desk"])
    assert [d.due for d in store.outbox(channel="desk")] == [NOW + HASTE, NOW]
    store.retry(NOW + MINUTE, channel="desk")
    assert store.due("desk", NOW + MINUTE).planned is None


def test_another_channel_does_not_wait(store: Store):
    (first,) = fill(store, 1)
    store.postponed(first, NOW + MINUTE, NOW, "503 busy")
    assert store.due("soc", NOW).channel == "soc"


def test_one_that_failed_often_is_stepped_around(store: Store):
    first, second, third = fill(store, 1, 2, 3)
    for _ in range(OVERTAKE):
        store.postponed(first, NOW + HOUR, NOW, "500 error")
    assert store.next_due("desk") == NOW
    assert key(store.due("desk", NOW)) == second
    store.delivered(second, NOW, "200 ok")
    assert key(store.due("desk", NOW + HOUR)) == first
    store.delivered(third, NOW, "200 ok")
    assert store.due("desk", NOW) is None
    assert store.next_due("desk") == NOW + HOUR


def test_what_is_dead_is_not_sent_but_stays_visible(store: Store):
    first, second = fill(store, 1, 2)
    store.dead(first, NOW, "400 invalid_payload")
    assert key(store.due("desk", NOW)) == second
    (gone,) = store.outbox(standing=Standing.DEAD)
    assert (gone.key, gone.note, gone.ended) == (first, "400 invalid_payload", NOW)


def test_a_suspended_channel_is_left_in_peace(store: Store):
    (first,) = fill(store, 1)
    store.suspend("desk", "410 gone", NOW)
    store.suspend("desk", "still gone", NOW + HOUR)
    assert store.suspensions() == {"desk": Suspension(NOW, "still gone")}
    assert store.due("desk", NOW) is None
    assert store.next_due("desk") is None
    store.resume("desk")
    store.resume("desk")
    assert store.suspensions() == {}
    assert key(store.due("desk", NOW)) == first


def test_a_delivery_that_is_not_there_is_told(store: Store):
    for note in (store.delivered, store.dead):
        with pytest.raises(StoreError, match='holds no delivery "msg_1"; "watcher outbox" shows'):
            note("msg_1", NOW, "ok")
    with pytest.raises(StoreError, match='no delivery "msg_1"'):
        store.postponed("msg_1", NOW, NOW, "busy")


def test_a_channel_that_left_the_file_stays_in_the_tally(store: Store):
    assert store.tallies() == ()
    first, second, third, fourth = fill(store, 1, 2, 3, 4)
    store.delivered(first, NOW, "200 ok")
    store.dead(second, NOW, "gone")
    store.drop(NOW, keys=[third])
    store.delivered(fourth, NOW, "200 ok")
    assert store.tallies() == (
        Tally(channel="desk", delivered=2, dead=1, dropped=1),
        Tally(channel="soc", waiting=4, oldest=NOW),
    )


def test_many_that_wait_do_not_slow_the_next(store: Store):
    """Steps of SQLite's machine are counted, not time."""
    fill(store, 1)
    store._database.run(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
        " INSERT INTO deliveries (key, alert, channel, state, due, attempts, created, note)"
        " SELECT i, alert, 'desk', 'waiting', due, 0, created, '' FROM n, deliveries"
        " WHERE channel = 'desk'"
    )
    thousands: list[None] = []
    store._database._raw.set_progress_handler(lambda: thousands.append(None), 1_000)
    assert store.due("desk", NOW) is not None
    assert store.next_due("desk") == NOW
    assert len(thousands) <= 1
