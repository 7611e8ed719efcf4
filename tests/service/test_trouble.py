"""When the operator is told of what, at a real store."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests import news
from watcher.alerts import About, Event, Notice
from watcher.feeds import first_state
from watcher.pipeline import Fate, Outcome, note
from watcher.service.refusal import Refusal
from watcher.service.trouble import (
    FAILED_TRIES,
    beat,
    catch_up,
    tell_closed,
    tell_letters,
    tell_outcome,
    tell_refused,
    tell_taken,
)
from watcher.service.wellbeing import FAILED_LOOKS, tell_source
from watcher.source import Health, SourceState
from watcher.store import Store, Suspension

ADMIN = ("screen",)
DAY = timedelta(days=1)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store.open(Path(":memory:")) as opened:
        told = news.dossiers(*(news.article(number) for number in (1, 2, 3)))
        opened.record(told, None, news.NOW)
        yield opened


def told(store: Store) -> list[tuple[Event, About, str]]:
    found = [store.content(dispatch.key) for dispatch in store.outbox(channel="screen")]
    return [(n.event, n.about, n.subject) for n in found if isinstance(n, Notice)]


def words(store: Store) -> str:
    """What the last notice says."""
    notice = store.content(store.outbox(channel="screen")[-1].key)
    assert isinstance(notice, Notice)
    return notice.says


def attempt(store: Store, fate: Fate, says: str = "desk: no", attempts: int = 0) -> list[str]:
    delivery = store.due("desk", news.NOW)
    assert delivery
    outcome = Outcome(
        delivery=replace(delivery, attempts=attempts),
        fate=fate,
        at=news.NOW,
        says=says,
        until=news.NOW,
    )
    note(store, outcome)
    return list(tell_outcome(store, outcome, ADMIN))


def failing(failures: int, name: str = "Example") -> SourceState:
    state = first_state("k", name, news.NOW)
    health = Health.GONE if failures else Health.OK
    return replace(state, failures=failures, health=health, reason="404: nothing is there")


def test_a_channel_that_fails_for_long_is_told_once_and_healed_once(store: Store) -> None:
    for attempts in range(FAILED_TRIES + 2):
        attempt(store, Fate.POSTPONED, attempts=attempts)
    trouble = (Event.TROUBLE, About.CHANNEL_FAILING, "desk")
    assert told(store) == [trouble]
    assert attempt(store, Fate.SENT) == ["screen"]
    assert attempt(store, Fate.SENT) == []
    assert told(store) == [trouble, (Event.HEALED, About.CHANNEL_FAILING, "desk")]


def test_a_suspended_channel_is_told_once_though_each_start_tries_it(store: Store) -> None:
    for _ in range(3):
        attempt(store, Fate.SUSPENDED, "desk: 410 gone")
        store.resume("desk")
    assert told(store) == [(Event.TROUBLE, About.CHANNEL_SUSPENDED, "desk")]
    assert words(store).startswith("desk: 410 gone; what is for it waits")
    attempt(store, Fate.SENT)
    assert told(store)[1:] == [(Event.HEALED, About.CHANNEL_SUSPENDED, "desk")]


def test_dead_letters_are_told_once_and_over_when_none_is_left(store: Store) -> None:
    attempt(store, Fate.DEAD, "desk: 404")
    attempt(store, Fate.SENT)
    attempt(store, Fate.DEAD, "desk: 404")
    assert told(store) == [(Event.TROUBLE, About.DEAD_LETTERS, "desk")]
    assert '"watcher outbox --channel desk" shows them' in words(store)
    store.retry(news.NOW, channel="desk")
    attempt(store, Fate.SENT)
    assert told(store)[1:] == [(Event.HEALED, About.DEAD_LETTERS, "desk")]


def test_letters_thrown_away_are_none_any_more(store: Store) -> None:
    attempt(store, Fate.DEAD)
    store.drop(news.NOW, channel="desk")
    assert tell_letters(store, ADMIN, news.NOW) == ("screen",)
    assert tell_letters(store, ADMIN, news.NOW) == ()


def test_a_source_is_told_when_it_failed_for_long_and_when_it_is_read_again(store: Store) -> None:
    about = About.SOURCE_FAILING
    for failures in range(1, FAILED_LOOKS + 3):
        tell_source(store, failing(failures), about, ADMIN, news.NOW)
        assert bool(told(store)) == (failures >= FAILED_LOOKS)
    assert words(store) == "gone: 404: nothing is there (3 times in a row)"
    tell_source(store, failing(0), about, ADMIN, news.NOW)
    assert [event for event, _, _ in told(store)] == [Event.TROUBLE, Event.HEALED]


@pytest.mark.parametrize("health", [Health.GARBLED, Health.SLOW])
def test_a_source_that_is_read_in_part_is_told_until_it_is_not(
    store: Store, health: Health
) -> None:
    partly = replace(failing(0), health=health, reason="odd", since=news.NOW)
    for last_look in (news.NOW, news.NOW + DAY):
        state = replace(partly, last_look=last_look)
        tell_source(store, state, About.SOURCE_FAILING, ADMIN, news.NOW)
        assert bool(told(store)) == (last_look > news.NOW)
    assert words(store) == f"{health}: odd"
    tell_source(store, failing(0), About.SOURCE_FAILING, ADMIN, news.NOW)
    assert words(store) == "it is read again"


def test_a_reason_that_names_its_kind_is_told_without_naming_it_again(store: Store) -> None:
    refused = replace(failing(3), health=Health.REFUSED, reason="refused: 10.0.0.1 is private")
    tell_source(store, refused, About.SOURCE_FAILING, ADMIN, news.NOW)
    assert words(store) == "refused: 10.0.0.1 is private (3 times in a row)"


def test_a_source_is_told_once_when_it_falls_silent_and_once_when_it_speaks(store: Store) -> None:
    silent = replace(failing(0), health=Health.SILENT, reason="nothing new has come since May")
    for state in (silent, silent, failing(1), silent, failing(0)):
        tell_source(store, state, About.SOURCE_FAILING, ADMIN, news.NOW)
    assert told(store) == [
        (Event.TROUBLE, About.SOURCE_SILENT, "Example"),
        (Event.HEALED, About.SOURCE_SILENT, "Example"),
    ]
    assert words(store) == "it brings news again"
    assert told(store)[0][0] is Event.TROUBLE


def test_a_refused_list_is_told_at_once(store: Store) -> None:
    assert tell_source(store, failing(1, "uk"), About.LIST_REFUSED, ADMIN, news.NOW) == ADMIN
    assert words(store) == "gone: 404: nothing is there"


def test_a_channel_that_cannot_be_opened_is_told_once_where_something_arrives(
    store: Store,
) -> None:
    admin, missing = ("soc", "screen", "desk"), {"desk": "no secret; set it", "soc": "none"}
    for _ in range(2):
        tell_closed({"screen": "", **missing}, store, admin, news.NOW)
    closed = [(Event.TROUBLE, About.CHANNEL_CLOSED, name) for name in ("desk", "soc")]
    assert told(store) == closed
    assert words(store) == "none; then restart watcher, which sends what waits"
    stop = Suspension(
        news.NOW, "no secret; set it; then restart watcher, which sends what waits", closed=True
    )
    assert store.suspensions()["desk"] == stop
    assert tell_closed({"screen": "", "desk": ""}, store, admin, news.NOW + DAY) == {
        "screen": (),
        "desk": ("soc", "screen"),
        "soc": ("screen", "desk"),
    }
    assert told(store)[2:] == [(Event.HEALED, About.CHANNEL_CLOSED, n) for n in ("desk", "soc")]
    assert words(store) == "it is no channel any more"
    assert store.suspensions() == {}


def test_a_channel_that_is_closed_hears_of_itself_where_there_is_no_other(store: Store) -> None:
    assert tell_closed({"desk": "no"}, store, ("desk",), news.NOW) == {"desk": ("desk",)}


def test_files_that_are_not_taken_over_are_told_until_they_are(store: Store) -> None:
    in_a, in_b = Refusal("a.yaml:1: no", "a.yaml"), Refusal("b.yaml:2: no", "b.yaml")
    for refusals in ([in_a, in_b], [in_b], [in_b, in_a]):
        tell_refused(refusals[0].file, refusals, store, ADMIN, news.NOW)
    assert words(store).startswith("a.yaml:1: no (and 1 more) · what was in force stays")
    (now_says,) = store.complaints().values()
    assert now_says.startswith("b.yaml:2: no (and 1 more) · what")
    tell_taken(store, ADMIN, news.NOW)
    tell_taken(store, ADMIN, news.NOW)
    assert told(store) == [
        (Event.TROUBLE, About.RELOAD_REFUSED, "a.yaml"),
        (Event.HEALED, About.RELOAD_REFUSED, "a.yaml"),
    ]
    tell_refused("b.yaml", [in_b], store, ADMIN, news.NOW + DAY)
    assert told(store)[2] == (Event.TROUBLE, About.RELOAD_REFUSED, "b.yaml")
    assert words(store).startswith("b.yaml:2: no · what")


def test_a_start_tells_what_a_crash_kept_back_and_ends_what_is_over(store: Store) -> None:
    delivery = store.due("desk", news.NOW)
    assert delivery
    store.dead(delivery.key, news.NOW, "404")
    for number, name in enumerate(("Example", "Left", "Well")):
        state = replace(failing(FAILED_LOOKS, name), key=str(number))
        store.settle(state)
        tell_source(store, state, About.SOURCE_FAILING, ADMIN, news.NOW)
    store.settle(replace(failing(0, "Well"), key="2"))
    catch_up(["Example", "Well"], store, ADMIN, news.NOW)
    assert told(store)[3:] == [
        (Event.TROUBLE, About.DEAD_LETTERS, "desk"),
        (Event.HEALED, About.SOURCE_FAILING, "Left"),
        (Event.HEALED, About.SOURCE_FAILING, "Well"),
    ]
    assert catch_up(["Example", "Well"], store, ADMIN, news.NOW) == ()


def test_a_sign_of_life_comes_once_in_its_time_also_over_restarts(store: Store) -> None:
    assert beat(store, DAY, ["Example", "New"], ADMIN, news.NOW) == (ADMIN, news.NOW + DAY)
    assert words(store) == (
        "2 of 2 sources well, 3 articles, 3 alerts, 0 messages sent since 2026-03-04 08:30 UTC,"
        " 6 waiting, 0 given up, no trouble"
    )
    assert beat(store, DAY, ["Example", "New"], ADMIN, news.NOW + DAY / 2) == ((), news.NOW + DAY)
    tell_source(store, failing(FAILED_LOOKS), About.SOURCE_FAILING, ADMIN, news.NOW)
    assert beat(store, DAY, ["Example", "New"], ADMIN, news.NOW + DAY)[0] == ADMIN
    assert words(store).endswith("in trouble: source failing Example")
    store.settle(failing(1))
    beat(store, DAY, ["Example", "New"], ADMIN, news.NOW + 3 * DAY)
    assert words(store).startswith("1 of 2 sources well (1 gone), ")
