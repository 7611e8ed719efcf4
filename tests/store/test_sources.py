from __future__ import annotations

from dataclasses import replace
from datetime import UTC, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.news import HOUR, NOW
from tests.store.memory import opened
from watcher.source import Health, SourceState
from watcher.store import Store

STATE = SourceState(
    key="https://feeds.example/rss",
    name="Example",
    due=NOW + HOUR,
    health=Health.BLOCKED,
    reason="403 Forbidden",
    since=NOW - 9 * HOUR,
    failures=3,
    etag='W/"é"',
    modified="Thu, 05 Mar 2026 07:00:00 GMT",
    last_look=NOW,
    last_ok=NOW - 10 * HOUR,
    last_full=NOW - 11 * HOUR,
    last_new=NOW - 12 * HOUR,
    moved_to="https://feeds.example/atom",
    moved_since=NOW - 13 * HOUR,
    because="it failed 3 times in a row",
    digest="0f",
    wait=HOUR,
    ttl=2 * HOUR,
    rests=frozenset({0, 23}),
    usual=9 * HOUR,
    decided="utf-8",
)
times = st.datetimes(timezones=st.just(UTC)).map(
    lambda at: at.replace(microsecond=at.microsecond // 1000 * 1000)
)
spans = st.none() | st.integers(0, 2**40).map(lambda ms: timedelta(milliseconds=ms))
words = st.text(st.characters(exclude_characters="\0"), max_size=9)
states = st.builds(
    SourceState,
    key=words,
    name=words,
    due=times,
    health=st.sampled_from(Health),
    reason=words,
    since=st.none() | times,
    failures=st.integers(0, 2**40),
    etag=words,
    modified=words,
    last_look=st.none() | times,
    last_ok=st.none() | times,
    last_full=st.none() | times,
    last_new=st.none() | times,
    moved_to=words,
    moved_since=st.none() | times,
    because=words,
    digest=words,
    wait=spans,
    ttl=spans,
    rests=st.frozensets(st.integers(0, 23)),
    usual=spans,
    decided=words,
)


def test_a_state_takes_the_place_of_the_one_before(store: Store):
    store.settle(STATE)
    healed = replace(STATE, name="Renamed", health=Health.OK, reason="", failures=0, since=NOW)
    store.settle(healed)
    assert store.source_states() == {STATE.key: healed}


def test_sources_are_told_in_the_order_of_their_keys(store: Store):
    for key in ("b", "a", "c"):
        store.settle(SourceState(key=key, name=key, due=NOW))
    assert list(store.source_states()) == ["a", "b", "c"]


@given(states)
def test_a_state_comes_back_as_it_was(state: SourceState):
    with opened() as store:
        store.settle(state)
        assert store.source_states() == {state.key: state}
