"""What the operator is told of the watch itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import NOW, seen
from watcher.alerts import About, Event, notice_data, write_notice

HOUR = timedelta(hours=1)


def test_the_same_notice_has_the_same_id_whatever_its_words() -> None:
    one = write_notice(Event.TROUBLE, About.DEAD_LETTERS, "desk", "404", NOW)
    other = write_notice(Event.TROUBLE, About.DEAD_LETTERS, "desk", "410", NOW)
    later = write_notice(Event.TROUBLE, About.DEAD_LETTERS, "desk", "404", NOW + HOUR)
    assert one.id == other.id != later.id
    assert one.id.startswith("notice_")
    healed = write_notice(Event.HEALED, About.DEAD_LETTERS, "desk", "fine", NOW + HOUR, NOW)
    again = write_notice(Event.HEALED, About.DEAD_LETTERS, "desk", "fine", NOW + 2 * HOUR, NOW)
    assert healed.id == again.id, "what is over is over once"


@pytest.mark.parametrize(
    ("event", "about", "subject", "headline"),
    [
        (Event.TROUBLE, About.SOURCE_FAILING, "Example", "watcher: source failing Example"),
        (Event.HEALED, About.LIST_REFUSED, "uk", "watcher: list refused uk: healed"),
        (Event.HEARTBEAT, About.WATCH, "", "watcher: all is running"),
    ],
)
def test_its_headline_says_what_it_is_about(
    event: Event, about: About, subject: str, headline: str
) -> None:
    notice = write_notice(event, about, subject, "so it is", NOW)
    assert seen(notice.headline) == headline
    assert notice_data(notice)["about"] == about.value


@given(st.text(), st.text())
def test_no_text_steers_what_shows_it(subject: str, says: str) -> None:
    notice = write_notice(Event.TROUBLE, About.SOURCE_FAILING, subject, says, NOW)
    for shown in (notice.headline, notice.words):
        assert "\n" not in shown
        assert "\x1b" not in shown
        shown.encode("utf-8")
        assert len(shown) <= 700
