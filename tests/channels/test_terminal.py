"""Alerts on the screen."""

from __future__ import annotations

import asyncio
import re
from dataclasses import replace
from io import StringIO

import pytest
from hypothesis import given

from tests.alerts.samples import ARTICLE, LINK, NOW, QUOTE, WHY, alert, alerts, delivery, seen
from watcher.alerts import About, Alert, Digest, Event, compose, write_notice
from watcher.article import Article
from watcher.channels import TerminalChannel, wants_colour
from watcher.channels.terminal import render, show
from watcher.errors import DeliveryError

STYLE = re.compile(r"\x1b\[[0-9;]*m")


class Screen(StringIO):
    """A terminal, as far as anybody asks."""

    def isatty(self) -> bool:
        return True


def test_an_alert_is_a_block_of_lines() -> None:
    assert seen(render(compose(alert()), colour=False)).split("\n") == [
        "Qasem Soleimani · certain · irgc-commanders",
        "  {قاسم سليماني يجتمع بميليشيات عراقية}",
        "  The Guardian · 2019-05-16 18:30 UTC",
        "  {أن قائد فيلق القدس، اللواء «قاسم سليماني»، قد اجتمع قبل 3 أسابيع بعناصر الميليشيات.}",
        "    Qasem Soleimani: " + ", ".join(WHY),
        f"  {LINK}",
        "",
        "",
    ]


def test_with_colour_the_name_is_marked_and_no_word_is_changed() -> None:
    coloured = render(compose(alert()), colour=True)
    assert re.search(r"\x1b\[1;7mقاسم سليماني\x1b\[0m", coloured)
    bare = render(compose(alert()), colour=False)
    assert STYLE.sub("", coloured) == bare.replace("«", "").replace("»", "")


def test_what_is_not_known_takes_no_line() -> None:
    bare = alert(replace(QUOTE, evidence=(), name=""), article=Article(text=""))
    assert len(render(compose(bare), colour=False).split("\n")) == 4
    assert len(render(compose(bare), colour=True).split("\n")) == 4


@given(alerts)
def test_no_text_steers_the_terminal(any_alert: Alert) -> None:
    message = compose(any_alert)
    plain, coloured = render(message, colour=False), render(message, colour=True)
    for text in (plain, STYLE.sub("", coloured)):
        assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)
        text.encode("utf-8")
    assert coloured.count("\n") == plain.count("\n")


@pytest.mark.parametrize(
    ("stream", "environ", "colour"),
    [
        (Screen(), {}, True),
        (Screen(), {"TERM": "xterm", "NO_COLOR": ""}, True),
        (Screen(), {"NO_COLOR": "1"}, False),
        (Screen(), {"TERM": "dumb"}, False),
        (StringIO(), {}, False),
    ],
)
def test_colours_only_where_they_are_wanted(
    stream: StringIO, environ: dict[str, str], *, colour: bool
) -> None:
    assert wants_colour(stream, environ) is colour


def test_it_writes_to_its_stream() -> None:
    stream = StringIO()
    channel = TerminalChannel(name="screen", stream=stream)
    assert asyncio.run(channel.send(delivery(), NOW)) == "written"
    assert stream.getvalue() == render(compose(alert()), colour=False)


class Gone(StringIO):
    """A stream whose reader has gone away."""

    def write(self, text: str) -> int:
        raise BrokenPipeError(32, "Broken pipe")


class Full(StringIO):
    """A stream whose reader stands still."""

    def write(self, text: str) -> int:
        raise TimeoutError


def closed() -> StringIO:
    stream = StringIO()
    stream.close()
    return stream


@pytest.mark.parametrize(
    ("stream", "said"),
    [
        (
            Gone(),
            "screen: whoever read the output has gone; start watcher with a new reader",
        ),
        (Full(), "screen: nobody reads the output; it is tried again later"),
        (closed(), "screen: cannot write to the output: I/O operation on closed file"),
    ],
)
def test_a_stream_that_fails_is_a_failed_delivery(stream: StringIO, said: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        asyncio.run(TerminalChannel(name="screen", stream=stream).send(delivery(), NOW))
    assert str(caught.value) == said
    assert caught.value.channel == "screen"
    assert not caught.value.permanent


def test_a_digest_is_a_list_of_alerts() -> None:
    bare = alert(article=replace(ARTICLE, link=""))
    assert seen(show(Digest((alert(), bare), NOW), colour=False)).split("\n") == [
        "2 alerts",
        "  Qasem Soleimani · certain · irgc-commanders",
        "    {قاسم سليماني يجتمع بميليشيات عراقية} · The Guardian · 2019-05-16 18:30 UTC",
        f"    {LINK}",
        "  Qasem Soleimani · certain · irgc-commanders",
        "    {قاسم سليماني يجتمع بميليشيات عراقية} · The Guardian · 2019-05-16 18:30 UTC",
        "",
        "",
    ]
    channel = TerminalChannel(name="screen", stream=StringIO())
    assert channel.room([alert()] * 300) == 300


def test_a_notice_is_two_lines() -> None:
    notice = write_notice(Event.TROUBLE, About.SOURCE_FAILING, "Example\x1b[2J", "404\n gone", NOW)
    assert seen(show(notice, colour=False)) == (
        "watcher: source failing Example[2J\n  404 gone\n\n"
    )
