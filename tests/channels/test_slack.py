"""Slack's incoming webhook, played by a server of ours."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.alerts.samples import HOSTILE, NOW, alert, delivery
from tests.channels.posting import CLIENT, attempt, failure
from tests.servers import Reply, serve, unused_port
from watcher.alerts import About, Content, Delivery, Digest, Event, compose, write_notice
from watcher.channels import SlackChannel
from watcher.channels.blocks import to_blocks, to_text
from watcher.channels.slack import PACE
from watcher.net import Client
from watcher.written import Secret

OK = Reply(body=b"ok")


def slack(url: str) -> Callable[[Client], SlackChannel]:
    """The channel, without its pause between two posts."""
    return lambda client: SlackChannel(
        name="desk", url=Secret(url), client=client, pace=timedelta(0)
    )


def test_an_alert_is_posted_as_blocks_and_ok_is_its_receipt() -> None:
    with serve(OK) as server:
        assert attempt(slack(server.at("/services/T/B/X"))) == "200 ok"
        (request,) = server.wait()
    assert (request.method, request.path) == ("POST", "/services/T/B/X")
    assert request.headers["content-type"].startswith("application/json")
    assert request.json == to_blocks(compose(alert()))
    assert "سليماني".encode() in request.body


def test_even_hostile_text_arrives_as_utf8() -> None:
    with serve(OK) as server:
        attempt(slack(server.url), delivery(alert(name=HOSTILE)))
        assert server.wait()[0].json["blocks"]


def test_slack_takes_one_message_a_second() -> None:
    channel = SlackChannel(name="desk", url=Secret("x"), client=CLIENT)
    assert channel.pace == PACE == timedelta(seconds=1)


@pytest.mark.parametrize(
    "refusal",
    [
        Reply(400, body=b"invalid_payload"),
        Reply(400, body=b"invalid_blocks"),
        Reply(413),
        Reply(200, body=b"<html>welcome"),
    ],
)
def test_what_slack_cannot_read_goes_once_more_as_text(refusal: Reply) -> None:
    with serve(refusal, OK) as server:
        assert attempt(slack(server.url)) == "200 ok"
        first, second = server.wait(2)
    assert "blocks" in first.json
    assert second.json == to_text(compose(alert()))


def test_what_slack_cannot_read_as_text_either_is_given_up() -> None:
    with serve(Reply(400, body=b"invalid_payload")) as server:
        error = failure(slack(server.at("/services/secret")))
        assert len(server.wait(2)) == 2
    assert error.permanent
    assert not error.suspend
    assert str(error) == "desk: Slack answered 400 invalid_payload"


def test_an_answer_that_is_not_ok_is_no_success() -> None:
    with serve(Reply(200, body=b"<html>log in\x1b[2J</html>")) as server:
        error = failure(slack(server.url))
        assert len(server.wait(2)) == 2
    assert error.permanent
    assert "instead of" in str(error)
    assert "\x1b" not in str(error)


@pytest.mark.parametrize(
    ("status", "body"),
    [(403, b"action_prohibited"), (404, b"no_service"), (410, b"channel_is_archived")],
)
def test_a_closed_webhook_suspends_the_channel(status: int, body: bytes) -> None:
    with serve(Reply(status, body=body)) as server:
        error = failure(slack(server.at("/services/secret")))
        assert len(server.requests) == 1
    assert error.permanent
    assert error.suspend
    assert f"{status} {body.decode()}; the webhook is closed: make a new one" in str(error)
    assert "services/secret" not in str(error)


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (Reply(429, {"Retry-After": "3"}, b'{"ok":false,"error":"rate_limited"}'), 3),
        (Reply(429), None),
        (Reply(408), None),
        (Reply(500, body=b"rollup_error"), None),
        (Reply(503, {"Retry-After": "30"}), 30),
        (Reply(302, {"Location": "/login"}), None),
    ],
    ids=lambda value: f"{value.status}" if isinstance(value, Reply) else None,
)
def test_what_may_heal_is_tried_later(reply: Reply, wait: int | None) -> None:
    with serve(reply) as server:
        error = failure(slack(server.url), now=NOW)
        assert len(server.requests) == 1, "no second post into a closed door"
    assert not error.permanent
    assert not error.suspend
    assert error.retry_after == (timedelta(seconds=wait) if wait else None)


@pytest.mark.parametrize("status", [401, 405, 422])
def test_any_other_refusal_is_for_good(status: int) -> None:
    with serve(Reply(status)) as server:
        error = failure(slack(server.url))
    assert error.permanent
    assert not error.suspend


def test_a_refused_text_that_may_heal_is_tried_later() -> None:
    with serve(Reply(400), Reply(429, {"Retry-After": "2"})) as server:
        error = failure(slack(server.url))
    assert not error.permanent
    assert error.retry_after == timedelta(seconds=2)


def test_no_connection_is_tried_later_and_shows_no_secret() -> None:
    error = failure(slack(f"http://127.0.0.1:{unused_port()}/services/secret"))
    assert not error.permanent
    assert "services" not in str(error)


def test_a_receiver_that_stands_still_is_left_after_the_deadline(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("watcher.channels.slack._ONE_POST", timedelta(milliseconds=50))
    with serve(Reply(gate=threading.Event())) as server:
        error = failure(slack(server.url))
    assert not error.permanent
    assert "no whole answer" in str(error)


def test_its_repr_shows_no_secret() -> None:
    assert "services" not in repr(slack("https://hooks.example/services/x")(CLIENT))


@pytest.mark.parametrize(
    "content",
    [
        Digest((alert(), alert(name="Esmail Qaani")), NOW),
        write_notice(Event.TROUBLE, About.SOURCE_FAILING, "Example", "404", NOW),
    ],
)
def test_digests_and_notices_go_as_blocks_or_else_as_text(content: Content) -> None:
    sent = Delivery(key="msg_2", channel="desk", content=content)
    with serve(Reply(400, body=b"invalid_blocks"), OK) as server:
        assert attempt(slack(server.url), sent) == "200 ok"
        first, second = server.wait(2)
    assert first.json["blocks"]
    assert "blocks" not in second.json
    assert second.json["text"] == first.json["text"]


def test_a_digest_has_room_for_what_slack_takes() -> None:
    channel = slack("https://hooks.example/")(CLIENT)
    assert 20 <= channel.room([alert()] * 100) <= 49
