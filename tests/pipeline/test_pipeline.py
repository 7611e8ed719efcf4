"""One round, its steps against a real store and a list as channel."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests import news
from tests.fakes import ListChannel
from watcher.alerts import Delivery, Reason
from watcher.errors import DeliveryError
from watcher.match import compile_index
from watcher.pipeline import (
    PORTION,
    Fate,
    Knowledge,
    Outcome,
    Taken,
    deliver,
    note,
    portions,
    take_in,
)
from watcher.source import Health, SourceState
from watcher.store import Standing, Store, Wanted

RULEBOOK = news.rulebook(news.rule(send_to=("list", "desk")))
KNOWLEDGE = Knowledge(rulebook=RULEBOOK, index=compile_index(RULEBOOK.watchlist))
STATE = SourceState(key="k", name="Example", due=news.NOW, health=Health.OK)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(Path(":memory:")) as opened:
        yield opened


def trouble(**kinds: bool) -> DeliveryError:
    return DeliveryError("list: no", channel="list", **kinds)  # type: ignore[arg-type]


def first(store: Store) -> Delivery:
    delivery = store.due("list", news.NOW)
    assert delivery is not None
    return delivery


def attempt(delivery: Delivery, channel: ListChannel) -> Outcome:
    return asyncio.run(deliver(delivery, channel, lambda: news.NOW, 0.0))


@given(st.integers(0, 5 * PORTION))
def test_portions_hold_every_article_once_and_the_state_comes_last(count: int) -> None:
    articles = tuple(news.article(number) for number in range(count))
    cut = list(portions(articles, STATE))
    assert tuple(article for some, _ in cut for article in some) == articles
    assert [state for _, state in cut] == [None] * (len(cut) - 1) + [STATE]
    assert all(0 < len(some) <= PORTION for some, _ in cut) or (count == 0 and len(cut) == 1)


def test_what_is_found_is_recorded_with_the_state_and_waits_for_its_channels(store: Store) -> None:
    named, other = news.article(1), news.article(2, text="Nothing of note.")
    taken = take_in(store, (named, other), STATE, KNOWLEDGE, news.NOW)
    assert taken.channels == ("list", "desk")
    assert [len(dossier.judged) for dossier in taken.dossiers] == [1, 0]
    assert store.unseen((named, other)) == ()
    assert store.source_states() == {"k": STATE}
    assert first(store).content == taken.dossiers[0].judged[0].alert


def test_a_portion_that_is_not_the_last_leaves_the_state_alone(store: Store) -> None:
    take_in(store, (news.article(),), None, KNOWLEDGE, news.NOW)
    assert store.source_states() == {}


def test_nothing_new_still_settles_the_source(store: Store) -> None:
    assert take_in(store, (), STATE, KNOWLEDGE, news.NOW) == Taken()
    assert store.source_states() == {"k": STATE}


def test_an_old_article_is_recorded_and_held(store: Store) -> None:
    old = news.article(published=news.NOW - timedelta(days=4))
    knowledge = replace(KNOWLEDGE, max_age=timedelta(days=3))
    taken = take_in(store, (old,), STATE, knowledge, news.NOW)
    assert taken.channels == ()
    assert [filed.decision.reason for filed in store.alerts(Wanted())] == [Reason.TOO_OLD]


def test_a_delivery_that_arrives_is_sent_and_noted(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    channel, delivery = ListChannel(), first(store)
    outcome = attempt(delivery, channel)
    assert outcome == Outcome(delivery=delivery, fate=Fate.SENT, at=news.NOW, says="kept")
    note(store, outcome)
    assert channel.sent == [(delivery, news.NOW)]
    assert store.due("list", news.NOW) is None


def test_a_failure_is_tried_again_with_the_same_key(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    channel, delivery = ListChannel(troubles=[trouble()]), first(store)
    outcome = attempt(delivery, channel)
    assert (outcome.fate, outcome.says, outcome.fault) == (Fate.POSTPONED, "list: no", None)
    note(store, outcome)
    assert store.due("list", news.NOW) is None
    assert outcome.until is not None
    assert store.due("list", outcome.until) == replace(delivery, attempts=1)


def test_a_failure_beside_the_schedule_changes_nothing(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    planned = news.NOW + timedelta(hours=2)
    store.postponed(first(store).key, planned, news.NOW - timedelta(hours=1), "list: no")
    store.hasten(["list"])
    early = first(store)
    assert early.planned == planned
    note(store, attempt(early, ListChannel(troubles=[trouble()])))
    assert store.next_due("list") == planned
    assert store.due("list", planned) == replace(early, planned=None)


def test_a_message_refused_for_good_is_dead_and_stays_visible(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    note(store, attempt(first(store), ListChannel(troubles=[trouble(permanent=True)])))
    (dead,) = store.outbox(standing=Standing.DEAD)
    assert (dead.channel, dead.note, dead.attempts) == ("list", "list: no", 1)


def test_a_channel_that_wants_no_more_is_suspended_and_loses_nothing(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    delivery = first(store)
    note(store, attempt(delivery, ListChannel(troubles=[trouble(suspend=True)])))
    assert store.suspensions()["list"].reason == "list: no"
    assert store.due("list", news.NOW) is None
    store.resume("list")
    assert first(store) == replace(delivery, attempts=1)


def test_a_fault_of_ours_is_an_outcome_and_tried_again(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    fault = ZeroDivisionError("division by zero")
    outcome = attempt(first(store), ListChannel(troubles=[fault]))
    assert (outcome.fate, outcome.fault) == (Fate.POSTPONED, fault)
    assert outcome.says == (
        "list: watcher failed to send (ZeroDivisionError: division by zero);"
        " please report this fault"
    )


def test_a_send_that_is_cancelled_raises_and_notes_nothing(store: Store) -> None:
    take_in(store, (news.article(),), STATE, KNOWLEDGE, news.NOW)
    delivery = first(store)
    with pytest.raises(asyncio.CancelledError):
        attempt(delivery, ListChannel(troubles=[asyncio.CancelledError()]))  # type: ignore[list-item]
    assert first(store) == delivery
