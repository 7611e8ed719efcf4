"""What waits for its hour stands in no line, and goes together where a rule wants that."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.news import HOUR, NOW, article, dossiers, rule
from watcher.alerts import Alert, Delivery, Digest
from watcher.store import Gathering, Standing, Store
from watcher.watchlist import Quiet, Rhythm

MINUTE = timedelta(minutes=1)
TEN = NOW.replace(hour=10, minute=0)
NIGHT = rule("quiet", quiet_hours=(Quiet(start=NOW.time(), end=TEN.time(), zone="UTC"),))
HOURLY = rule("hourly", digest=Rhythm(every=HOUR))
NINE = NOW.replace(hour=9, minute=0)
SINGLY = Gathering(None, len)


def fill(store: Store, *numbers: int, by=NIGHT, at: datetime = NOW) -> None:
    told = dossiers(*map(article, numbers), rules=(by,), now=at)
    store.record(told, None, at)


def sent(store: Store, at: datetime, gathering: Gathering | None = SINGLY) -> list[list[str]]:
    """The articles of everything that is due, and that arrives; those of a digest together."""
    out = []
    while delivery := store.due("desk", at, gathering):
        store.delivered(delivery.key, at, "200")
        out.append(told(delivery))
    return out


def told(delivery: Delivery) -> list[str]:
    content = delivery.content
    alerts = content.alerts if isinstance(content, Digest) else (content,)
    return [alert.article.id for alert in alerts if isinstance(alert, Alert)]


def test_what_is_held_comes_when_its_hour_comes_and_in_order(store: Store):
    fill(store, 1, 2)
    assert store.due("desk", TEN - MINUTE, SINGLY) is None
    assert store.next_due("desk") == TEN
    assert sent(store, TEN) == [["a1"], ["a2"]]
    assert store.next_due("desk") is None


def test_it_holds_up_nobody_and_is_nobodys_trouble(store: Store):
    fill(store, 1)
    (tally, _) = store.tallies()
    assert (tally.waiting, tally.held, tally.oldest) == (1, 1, None)
    fill(store, 2, by=rule("now"))
    (tally, _) = store.tallies()
    assert (tally.waiting, tally.held, tally.oldest) == (2, 1, NOW)
    assert sent(store, NOW) == [["a2"]]
    assert store.next_due("desk") == TEN


def test_the_outbox_tells_that_it_waits_for_its_hour(store: Store):
    fill(store, 1)
    (dispatch,) = store.outbox(channel="desk")
    assert (dispatch.standing, dispatch.held) == (Standing.WAITING, True)
    assert (dispatch.next_try, dispatch.behind) == (TEN, "")


def test_an_operator_may_send_it_before_its_hour(store: Store):
    fill(store, 1, 2)
    first, _ = store.outbox(channel="desk")
    assert store.retry(NOW, keys=[first.key]) == 1
    assert sent(store, NOW) == [["a1"]]


def test_whoever_sends_a_whole_channel_again_leaves_its_hours_alone(store: Store):
    fill(store, 1, 2)
    fill(store, 3, by=rule("now"))
    failed = store.outbox(channel="desk")[-1].key
    store.dead(failed, NOW, "404")
    assert store.retry(NOW, channel="desk") == 1
    assert sent(store, NOW) == [["a3"]]
    assert store.drop(NOW, channel="desk") == 2
    assert store.retry(NOW, channel="desk") == 2
    assert sent(store, NOW) == []
    assert sent(store, TEN) == [["a1"], ["a2"]]


def test_one_may_be_dropped_while_it_is_held(store: Store):
    fill(store, 1)
    assert store.drop(NOW, channel="desk") == 1
    assert store.next_due("desk") is None
    assert sent(store, TEN) == []


def test_alerts_of_a_rule_go_together_at_its_hour(store: Store):
    fill(store, 1, 2, by=HOURLY)
    fill(store, 3, by=rule("now"), at=NOW + MINUTE)
    fill(store, 4, by=HOURLY, at=NOW + 2 * MINUTE)
    assert sent(store, NOW + 3 * MINUTE) == [["a3"]]
    assert store.next_due("desk") == NINE
    assert sent(store, NINE) == [["a1", "a2", "a4"]]
    assert sent(store, NINE + HOUR) == []


def test_one_alert_is_no_digest(store: Store):
    fill(store, 1, by=HOURLY)
    assert sent(store, NINE) == [["a1"]]


def test_each_rule_has_a_digest_of_its_own(store: Store):
    other = replace(HOURLY, id="other")
    fill(store, 1, 2, by=HOURLY)
    fill(store, 3, 4, by=other)
    fill(store, 5, by=HOURLY)
    assert sent(store, NINE) == [["a1", "a2", "a5"], ["a3", "a4"]]


def test_as_few_digests_as_hold_them_all(store: Store):
    fill(store, *range(1, 6), by=HOURLY)
    two = Gathering(None, lambda alerts: min(2, len(alerts)))
    assert sent(store, NINE, two) == [["a1", "a2"], ["a3", "a4"], ["a5"]]
    fill(store, 6, 7, by=HOURLY)
    assert sent(store, NINE, Gathering(None, lambda _: 0)) == [["a6"], ["a7"]]


def test_a_digest_that_was_made_is_the_same_after_a_crash(store: Store):
    fill(store, 1, 2, by=HOURLY)
    first = store.due("desk", NINE, SINGLY)
    assert store.due("desk", NINE + HOUR, SINGLY) == first


def test_without_a_gathering_each_goes_singly(store: Store):
    fill(store, 1, 2, by=HOURLY)
    assert sent(store, NINE, None) == [["a1"], ["a2"]]


def test_a_suspended_channel_waits_for_more_than_the_hour(store: Store):
    fill(store, 1)
    store.suspend("desk", "gone", NOW)
    assert store.next_due("desk") is None
    assert store.due("desk", TEN, SINGLY) is None
    store.resume("desk")
    assert sent(store, TEN) == [["a1"]]


def test_an_hour_of_a_clock_that_was_ahead_counts_for_nothing(store: Store):
    fill(store, 1, at=NOW + timedelta(days=2))
    assert sent(store, NOW) == [["a1"]]
