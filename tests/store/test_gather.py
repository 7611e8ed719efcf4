"""Many that wait for one channel go together, under one key, and stand and fall together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from tests.news import HOUR, NOW, article
from tests.store.filled import fill
from watcher.alerts import About, Alert, Delivery, Digest, Event, Notice, digest_key, write_notice
from watcher.store import MOST, OVERTAKE, Gathering, Standing, Store, Wanted

MINUTE = timedelta(minutes=1)


def all_of(alerts: Sequence[Alert]) -> int:
    return len(alerts)


OVER_TWO = Gathering(2, all_of)


def articles_of(delivery: Delivery | None) -> list[str]:
    assert delivery
    assert isinstance(delivery.content, Digest)
    return [alert.article.id for alert in delivery.content.alerts]


def standings(store: Store, *keys: str) -> set[str]:
    """How these deliveries stand, digests and what goes with them."""
    rows = store._database.read("SELECT key, digest, state FROM deliveries")
    return {row["state"] for row in rows if {row["key"], row["digest"]} & set(keys)}


def test_more_than_the_limit_go_as_one_under_a_key_of_their_own(store: Store):
    keys = fill(store, 3, 1, 2)
    digest = store.due("desk", NOW, OVER_TWO)
    assert digest
    assert digest.key == digest_key("desk", keys)
    assert digest.content.made == NOW
    assert articles_of(digest) == ["a3", "a1", "a2"]
    store.delivered(digest.key, NOW, "200 ok")
    assert store.due("desk", NOW, OVER_TWO) is None
    assert {d.standing for d in store.outbox(channel="desk")} == {Standing.DELIVERED}
    told = {filed.alert.article.id: filed.dispatches[0] for filed in store.alerts(Wanted())}
    assert [(d.standing, d.digest, d.note) for d in told.values()] == [
        (Standing.DELIVERED, digest.key, "200 ok")
    ] * 3


def test_as_many_as_the_limit_go_singly(store: Store):
    first, _ = fill(store, 1, 2)
    single = store.due("desk", NOW, OVER_TWO)
    assert single
    assert (single.key, isinstance(single.content, Alert)) == (first, True)


def test_without_a_gathering_each_goes_singly(store: Store):
    first, *_ = fill(store, 1, 2, 3, 4)
    single = store.due("desk", NOW)
    assert single
    assert single.key == first


def test_a_digest_is_the_same_ever_after(path: Path):
    with Store.open(path) as store:
        fill(store, 1, 2, 3)
        first = store.due("desk", NOW, OVER_TWO)
    with Store.open(path) as store:
        fill(store, 4, 5, 6)
        assert store.due("desk", NOW + HOUR) == first
        assert store.due("desk", NOW + HOUR, OVER_TWO) == first


def test_a_digest_keeps_the_place_of_its_first(store: Store):
    keys = fill(store, 1, 2, 3, 4, 5)
    digest = store.due("desk", NOW, Gathering(2, lambda _: 3))
    assert articles_of(digest) == ["a1", "a2", "a3"]
    assert digest
    store.postponed(digest.key, NOW + MINUTE, NOW, "503 busy")
    assert store.due("desk", NOW) is None
    waits = {d.key: (d.behind, d.next_try, d.attempts) for d in store.outbox(channel="desk")}
    assert waits == {
        digest.key: ("", NOW + MINUTE, 1),
        keys[3]: (digest.key, NOW + MINUTE, 0),
        keys[4]: (digest.key, NOW + MINUTE, 0),
    }
    found = {filed.alert.article.id: filed for filed in store.alerts(Wanted())}
    member = found["a2"].dispatches[0]
    assert (member.digest, member.behind, member.next_try) == (digest.key, "", NOW + MINUTE)
    store.delivered(digest.key, NOW + MINUTE, "200 ok")
    again = store.due("desk", NOW + MINUTE)
    assert again
    assert again.key == keys[3]


def test_what_was_tried_is_never_gathered(store: Store):
    first, second, *_ = fill(store, 1, 2, 3, 4, 5)
    store.postponed(first, NOW, NOW, "503 busy")
    single = store.due("desk", NOW, OVER_TWO)
    assert single
    assert single.key == first, "its receiver may have it"
    store.delivered(first, NOW, "200 ok")
    store.dead(second, NOW, "404")
    store.retry(NOW, keys=[second])
    single = store.due("desk", NOW, OVER_TWO)
    assert single
    assert single.key == second
    store.delivered(second, NOW, "200 ok")
    assert articles_of(store.due("desk", NOW, OVER_TWO)) == ["a3", "a4", "a5"]


def test_one_that_is_stepped_around_keeps_no_others_apart(store: Store):
    first, *_ = fill(store, 1, 2, 3, 4)
    for _ in range(OVERTAKE):
        store.postponed(first, NOW + HOUR, NOW, "500")
    assert articles_of(store.due("desk", NOW, OVER_TWO)) == ["a2", "a3", "a4"]


def test_a_notice_goes_singly_between_digests(store: Store):
    fill(store, 1, 2, 3)
    notice = write_notice(Event.HEARTBEAT, About.WATCH, "", "all is well", NOW)
    store.tell(notice, ["desk"])
    fill(store, 4, 5, 6)
    seen: list[list[str] | Notice] = []
    while delivery := store.due("desk", NOW, OVER_TWO):
        carried = delivery.content
        seen.append(carried if isinstance(carried, Notice) else articles_of(delivery))
        store.delivered(delivery.key, NOW, "200 ok")
    assert seen == [["a1", "a2", "a3"], notice, ["a4", "a5", "a6"]]


def test_a_channel_that_has_no_room_for_two_gets_single_ones(store: Store):
    first, *_ = fill(store, 1, 2, 3)
    for room in (0, 1):
        single = store.due("desk", NOW, Gathering(2, lambda _, room=room: room))
        assert single
        assert single.key == first


def test_a_suspended_channel_gathers_nothing(store: Store):
    fill(store, 1, 2, 3)
    store.suspend("desk", "410 gone", NOW)
    assert store.due("desk", NOW, OVER_TWO) is None
    assert len(store.outbox(channel="desk")) == 3


def test_a_digest_holds_so_many_at_most(store: Store):
    fill(store, *range(MOST + 5))
    assert len(articles_of(store.due("desk", NOW, OVER_TWO))) == MOST


def test_whatever_becomes_of_a_digest_becomes_of_its_alerts(store: Store):
    keys = fill(store, 1, 2, 3)
    digest = store.due("desk", NOW, OVER_TWO)
    assert digest
    assert store.retry(NOW, keys=["msg_unknown"]) == 0
    store.dead(digest.key, NOW, "413 too large")
    assert standings(store, digest.key) == {"dead"}
    assert store.retry(NOW + MINUTE, keys=[keys[1]]) == 3, "one stands for all of them"
    again = store.due("desk", NOW + MINUTE)
    assert again
    assert (again.key, again.attempts) == (digest.key, 0)
    assert store.drop(NOW, keys=[keys[2], keys[1]]) == 3
    assert standings(store, digest.key) == {"dropped"}
    assert store.retry(NOW, channel="desk") == 3
    store.delivered(digest.key, NOW, "200 ok")
    assert standings(store, digest.key) == {"delivered"}
    alert = store.alerts(Wanted())[0].alert.id
    history = store.alert(alert)
    assert history
    assert [t.answer for t in history.filed.dispatches[0].tries] == ["413 too large", "200 ok"]


def test_a_tally_counts_alerts_and_not_their_digests(store: Store):
    fill(store, 1, 2, 3)
    digest = store.due("desk", NOW, OVER_TWO)
    assert digest
    desk, _ = store.tallies()
    assert (desk.channel, desk.waiting) == ("desk", 3)
    store.delivered(digest.key, NOW, "200 ok")
    desk, _ = store.tallies()
    assert (desk.waiting, desk.delivered, desk.oldest) == (0, 3, None)


@given(
    st.lists(st.integers(1, 9), max_size=4),
    st.integers(1, 12),
    st.integers(0, 12),
)
def test_all_arrive_once_and_in_order(counts: list[int], over: int, room: int):
    gathering = Gathering(over, lambda alerts: min(room, len(alerts)))
    arrived: list[str] = []
    wanted: list[str] = []
    with Store.open(Path(":memory:")) as store:

        def carry() -> bool:
            delivery = store.due("desk", NOW, gathering)
            if delivery is None:
                return False
            one = delivery.content
            alerts = one.alerts if isinstance(one, Digest) else (one,)
            arrived.extend(alert.article.id for alert in alerts if isinstance(alert, Alert))
            store.delivered(delivery.key, NOW, "200 ok")
            return True

        for count in counts:
            numbers = range(len(wanted), len(wanted) + count)
            fill(store, *numbers)
            wanted += [article(number).id for number in numbers]
            carry()
        while carry():
            pass
    assert arrived == wanted
