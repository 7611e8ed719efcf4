"""Dates of a clock that was ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.news import HOUR, NOW
from tests.store.filled import fill, key
from watcher.store import Store

MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize("ahead", [HOUR, timedelta(days=4242)])
def test_what_was_recorded_in_the_future_is_due_now(store: Store, ahead: timedelta):
    first, second = fill(store, 1, 2)
    assert key(store.due("desk", NOW - ahead)) == first
    assert store.next_due("desk") <= NOW - ahead
    store.delivered(first, NOW - ahead, "200 ok")
    assert key(store.due("desk", NOW - ahead)) == second


def test_a_wait_is_as_long_as_it_was_meant_when_the_clock_is_set_back(store: Store):
    (first,) = fill(store, 1)
    asked = NOW + 2 * HOUR
    store.postponed(first, asked, NOW, "429", asked=asked)
    back = NOW - HOUR
    assert store.due("desk", back) is None
    assert store.next_due("desk") == back + 2 * HOUR
    # However often it is asked while the clock is behind the former dates.
    for minutes in (1, 50, 119):
        assert store.due("desk", back + minutes * MINUTE) is None
    assert store.due("desk", back + 2 * HOUR).attempts == 1
    (dispatch,) = store.outbox(channel="desk")
    assert dispatch.created == back


def test_a_clock_that_is_right_changes_nothing(store: Store):
    (first,) = fill(store, 1)
    store.postponed(first, NOW + MINUTE, NOW, "503")
    assert store.due("desk", NOW) is None
    assert store.next_due("desk") == NOW + MINUTE
