from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.news import HOUR, NOW, TEXT, article, dossiers, rule
from tests.store.memory import dump, opened
from watcher.alerts import Dossier
from watcher.errors import StoreError
from watcher.source import SourceState
from watcher.store import Store, Wanted

STATE = SourceState(key="k", name="Example", due=NOW + HOUR, etag='"1"')
RULES = (rule("one", cool_down=6 * HOUR), rule("two", "qasem", send_to=("soc",)))

batches = st.lists(
    st.builds(
        article,
        st.integers(1, 4),
        st.sampled_from((TEXT, f"{TEXT} More of it.", "Nobody.", "")),
        published=st.sampled_from((None, NOW, NOW - 99 * HOUR)),
    ),
    unique_by=lambda drawn: drawn.id,
).map(lambda articles: dossiers(*articles, rules=RULES))
seen = st.none() | st.builds(
    SourceState, key=st.sampled_from("ab"), name=st.just("n"), due=st.just(NOW)
)


def test_one_look_is_recorded_with_all_it_led_to(store: Store):
    told = dossiers(article(1), article(2, "Nobody."), rules=RULES)
    assert store.record(told, STATE, NOW) == ("desk", "soc")
    assert {table: len(rows) for table, rows in dump(store).items()} == {
        "sources": 1,
        "articles": 2,
        "mentions": 1,
        "alerts": 2,
        "deliveries": 3,
        "attempts": 0,
        "suspensions": 0,
    }


def test_a_look_that_found_nothing_leaves_the_state(store: Store):
    assert store.record((), STATE, NOW) == ()
    assert store.source_states() == {"k": STATE}


@given(batches, seen)
def test_recording_twice_is_recording_once(told: tuple[Dossier, ...], state: SourceState | None):
    with opened() as store:
        store.record(told, state, NOW)
        before = dump(store)
        assert store.record(told, state, NOW + HOUR) == ()
        assert dump(store) == before


@given(batches)
def test_every_alert_that_sends_is_in_the_outbox_once_for_each_channel(
    told: tuple[Dossier, ...],
):
    with opened() as store:
        store.record(told, None, NOW)
        for filed in store.alerts(Wanted(limit=1_000)):
            channels = [dispatch.channel for dispatch in filed.dispatches]
            expected = ["desk", "soc"] if filed.alert.rule == "one" else ["soc"]
            assert channels == (expected if filed.decision.reason.sends else [])


def test_a_look_that_cannot_be_recorded_whole_is_not_recorded(store: Store):
    told = dossiers(article(1), article(2))
    before = dump(store)
    store._database.run(
        "CREATE TRIGGER refuse AFTER INSERT ON deliveries WHEN NEW.number > 3"
        " BEGIN SELECT RAISE(FAIL, 'refused'); END"
    )
    with pytest.raises(StoreError, match="refused"):
        store.record(told, STATE, NOW)
    assert dump(store) == before


def test_what_was_recorded_is_there_after_a_restart(path: Path):
    told = dossiers(article(1), rules=RULES)
    with Store.open(path) as store:
        store.record(told, STATE, NOW)
        before = dump(store)
    with Store.open(path) as store:
        assert dump(store) == before
        assert store.due("desk", NOW).content == told[0].judged[0].alert
        assert store.check() == ()


def test_two_stores_write_to_one_file_in_turn(path: Path):
    with Store.open(path) as one, Store.open(path) as other:
        one.record(dossiers(article(1)), None, NOW)
        other.record(dossiers(article(2)), STATE, NOW)
        assert dump(one) == dump(other)
        assert len(dump(one)["alerts"]) == 2


def test_a_locked_database_is_told_and_what_was_to_be_kept_can_be_kept_later(path: Path):
    with Store.open(path, patience=timedelta(milliseconds=20)) as store:
        with closing(sqlite3.connect(path)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(StoreError, match="is locked by another program"):
                store.record(dossiers(article(1)), STATE, NOW)
            assert store.source_states() == {}
            other.rollback()
        store.record(dossiers(article(1)), STATE, NOW)
        assert store.source_states() == {"k": STATE}


@pytest.mark.parametrize("content", [b"not a database at all" * 50, b"SQLite format 3\0" * 90])
def test_what_is_no_database_is_refused_and_left_as_it_is(path: Path, content: bytes):
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"watcher.db: (is not a database|is damaged)"):
        Store.open(path)
    assert path.read_bytes() == content


def damage(path: Path) -> bytes:
    """Overwrite all but the first page, as a failing disk might."""
    content = path.read_bytes()
    path.write_bytes(content[:4096] + b"\xa5" * (len(content) - 4096))
    return path.read_bytes()


def test_a_damaged_database_is_told_and_left_as_it_is(path: Path):
    with Store.open(path) as store:
        store.record(dossiers(article(1)), STATE, NOW)
    content = damage(path)
    with pytest.raises(StoreError, match="is damaged; it is left as it is: stop watcher"):
        Store.open(path)
    assert path.read_bytes() == content


def test_damage_within_is_found_by_the_check(path: Path):
    with Store.open(path) as store:
        store.record(dossiers(*(article(n) for n in range(1, 9))), STATE, NOW)
        root = store._database.read(
            "SELECT rootpage FROM sqlite_master WHERE name = 'alerts_raised'"
        )[0]["rootpage"]
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 + 100 : root * 4096] = bytes(3996)
    path.write_bytes(content)
    with Store.open(path) as store:
        assert store.check()
