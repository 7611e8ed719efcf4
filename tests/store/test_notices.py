"""A trouble is told once when it begins and once when it is over, whatever happens between."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from tests.news import HOUR, NOW
from watcher.alerts import About, Event, Notice, delivery_key, write_notice
from watcher.store import Matter, Store

FAILING = Matter(About.SOURCE_FAILING, "Example")
SUSPENDED = Matter(About.CHANNEL_SUSPENDED, "desk")


def told(store: Store, channel: str) -> list[Notice]:
    found = [store.content(dispatch.key) for dispatch in store.outbox(channel=channel)]
    assert all(isinstance(notice, Notice) for notice in found)
    return found


def test_a_trouble_is_told_once_and_its_end_once(store: Store):
    assert store.trouble(FAILING, "404: nothing there", ["screen", "soc"], NOW) == ("screen", "soc")
    assert store.trouble(FAILING, "still nothing", ["screen", "soc"], NOW + HOUR) == ()
    assert store.troubles() == {FAILING: NOW}
    assert store.complaints() == {FAILING: "still nothing"}
    assert store.healed(FAILING, "is read again", ["screen"], NOW + 2 * HOUR) == ("screen",)
    assert store.healed(FAILING, "is read again", ["screen"], NOW + 3 * HOUR) == ()
    assert store.troubles() == {}
    begun, over = told(store, "screen")
    assert (begun.event, begun.about, begun.subject) == (
        Event.TROUBLE,
        About.SOURCE_FAILING,
        "Example",
    )
    assert (begun.says, begun.raised, begun.since) == ("404: nothing there", NOW, None)
    assert (over.event, over.raised, over.since) == (Event.HEALED, NOW + 2 * HOUR, NOW)
    assert told(store, "soc") == [begun]
    assert store.trouble(FAILING, "gone again", ["screen"], NOW + 4 * HOUR) == ("screen",)


def test_a_restart_tells_nothing_again(path: Path):
    with Store.open(path) as store:
        store.trouble(FAILING, "404", ["screen"], NOW)
    with Store.open(path) as store:
        assert store.trouble(FAILING, "404", ["screen"], NOW + HOUR) == ()
        delivery = store.due("screen", NOW)
        assert delivery
        (notice,) = told(store, "screen")
        assert delivery.content == notice
        assert delivery.key == delivery_key(notice.id, "screen")


def test_nobody_is_told_twice_and_a_channel_in_trouble_only_where_there_is_no_other(store: Store):
    assert store.trouble(SUSPENDED, "410", ["desk", "screen", "screen"], NOW) == ("screen",)
    assert store.healed(SUSPENDED, "sends", ["desk"], NOW + HOUR) == ("desk",)
    assert store.trouble(SUSPENDED, "410", [], NOW + 2 * HOUR) == ()
    assert SUSPENDED in store.troubles()


def test_the_same_notice_is_kept_once(store: Store):
    beat = write_notice(Event.HEARTBEAT, About.WATCH, "", "12 alerts", NOW)
    assert store.last_notice(Event.HEARTBEAT) is None
    for _ in range(2):
        assert store.tell(beat, ["screen"]) == ("screen",)
    assert told(store, "screen") == [beat]
    assert store.last_notice(Event.HEARTBEAT) == NOW
    assert store.last_notice(Event.TROUBLE) is None


def test_a_trouble_of_the_same_name_is_another_if_it_is_about_something_else(store: Store):
    store.trouble(SUSPENDED, "410", ["screen"], NOW)
    other = Matter(About.DEAD_LETTERS, "desk")
    assert store.trouble(other, "one was given up", ["screen"], NOW + timedelta(seconds=1))
    assert list(store.troubles()) == [SUSPENDED, other]


def test_what_another_process_changes_is_noticed(path: Path):
    with Store.open(path) as store, Store.open(path) as other:
        store.changed()
        assert not store.changed()
        store.trouble(FAILING, "404", ["screen"], NOW)
        assert not store.changed(), "what it does itself is no news"
        other.retry(NOW, channel="screen")
        assert store.changed()
        assert not store.changed()


def test_an_unknown_delivery_carries_nothing(store: Store):
    assert store.content("msg_0") is None
    assert store.dispatch("msg_0") is None
    assert store.keys_called("msg_") == ()
