"""Digests and notices in Slack hold every limit for any text, and leave no alert out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from tests.alerts.samples import ARTICLE, HOSTILE, LINK, NOW, QUOTE, alert, alerts, seen
from tests.channels.test_blocks import check, texts
from watcher.alerts import About, Alert, Digest, Event, Notice, write_notice
from watcher.channels.bundle import (
    digest_blocks,
    digest_text,
    notice_blocks,
    notice_text,
    room,
)

notices = st.builds(
    write_notice,
    st.sampled_from(Event),
    st.sampled_from(About),
    st.text(max_size=300) | st.just(HOSTILE) | st.just("&" * 2000),
    st.text(max_size=300) | st.just(HOSTILE) | st.just("\U0001f600" * 1500),
    st.just(NOW),
)


def test_a_digest_tells_each_alert_in_a_block_of_its_own() -> None:
    message: Any = digest_blocks(Digest((alert(), alert(name="Esmail Qaani")), NOW))
    head, first, second = message["blocks"]
    assert head["text"]["text"] == "2 alerts"
    assert seen(first["text"]["text"]) == (
        "\u200b*Qasem Soleimani*\u200b · certain · {قاسم سليماني}\n"
        f"<{LINK.replace('&', '&amp;')}|{{{ARTICLE.title}}}>"
        " · The Guardian · 2019-05-16 18:30 UTC"
    )
    assert "Esmail Qaani" in second["text"]["text"]
    assert message["text"].startswith("2 alerts:\n")
    assert message["text"].count("\n") == 2


def test_as_many_go_together_as_fit() -> None:
    assert room([]) == 0
    assert room([alert()] * 10) == 10
    usual = room([alert()] * 100)
    assert 20 <= usual <= 49
    long = replace(ARTICLE, link="https://a.example/?" + "&" * 300, title="t" * 900)
    assert 2 <= room([alert(article=long)] * 100) < usual
    tiny = alert(replace(QUOTE, match="x"), article=replace(ARTICLE, title="", link="", source=""))
    assert room([tiny] * 100) == 49


@given(st.lists(alerts, min_size=1, max_size=60))
def test_any_digest_holds_every_limit_and_leaves_none_out(any_alerts: list[Alert]) -> None:
    count = room(any_alerts)
    assert 1 <= count <= 49
    digest = Digest(tuple(any_alerts[:count]), NOW)
    message = digest_blocks(digest)
    check(message)
    check(digest_text(digest))
    blocks: Any = message["blocks"]
    assert len(blocks) == 1 + count


@given(notices)
def test_any_notice_holds_every_limit(notice: Notice) -> None:
    check(notice_blocks(notice))
    check(notice_text(notice))


def test_a_notice_says_what_it_is_about_and_what_to_do() -> None:
    notice = write_notice(Event.TROUBLE, About.CHANNEL_SUSPENDED, "desk", "410 gone; mend it", NOW)
    assert [seen(text) for text in texts(notice_blocks(notice)["blocks"])] == [
        "watcher: channel suspended desk",
        "410 gone; mend it",
    ]
    assert seen(str(notice_text(notice)["text"])) == (
        "watcher: channel suspended desk\n410 gone; mend it"
    )
