"""Signed JSON, posted to a real receiver."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from importlib import import_module

import pytest
from hypothesis import given
from standardwebhooks.webhooks import Webhook, WebhookVerificationError

from tests.alerts.samples import ARTICLE, HOSTILE, NOW, QUOTE, alert, alerts, delivery
from tests.channels.posting import CLIENT, attempt, failure
from tests.channels.test_signing import KEY, key
from tests.servers import Reply, serve, unused_port
from watcher.alerts import (
    About,
    Alert,
    Delivery,
    Digest,
    Event,
    alert_data,
    write_notice,
)
from watcher.channels import WebhookChannel
from watcher.channels.signing import parse_keys
from watcher.channels.webhook import encode
from watcher.net import Client, Guard
from watcher.written import Secret


def hook(url: str, secret: str = "") -> Callable[[Client], WebhookChannel]:
    keys = parse_keys(secret, "soc") if secret else ()
    return lambda client: WebhookChannel(name="soc", url=Secret(url), keys=keys, client=client)


def test_a_receiver_verifies_what_is_sent() -> None:
    now = datetime.now(UTC)  # the reference library compares with the real clock
    with serve(Reply(204)) as server:
        assert attempt(hook(server.at("/hook"), KEY), now=now) == "204"
        (request,) = server.wait()
    assert (request.method, request.path) == ("POST", "/hook")
    assert request.headers["content-type"] == "application/json"
    assert request.headers["webhook-id"] == "msg_1"
    assert request.headers["webhook-timestamp"] == str(int(now.timestamp()))
    told = Webhook(KEY).verify(request.body, dict(request.headers))
    assert told == {
        "type": "alert.created",
        "timestamp": "2024-09-13T10:05:30Z",
        "data": alert_data(alert()),
    }
    with pytest.raises(WebhookVerificationError):
        Webhook(KEY).verify(request.body + b" ", dict(request.headers))


def test_during_rotation_both_keys_verify() -> None:
    now = datetime.now(UTC)
    with serve() as server:
        attempt(hook(server.url, f"{key(32)} {KEY}"), now=now)
        (request,) = server.wait()
    for secret in (KEY, key(32)):
        assert Webhook(secret).verify(request.body, dict(request.headers))


def test_a_repeat_differs_in_time_and_signature_only() -> None:
    with serve(Reply(500), Reply(200)) as server:
        make = hook(server.url, KEY)
        failure(make)
        attempt(make, delivery(attempts=1), NOW + timedelta(seconds=5))
        first, second = server.wait(2)
    assert first.body == second.body
    assert first.headers["webhook-id"] == second.headers["webhook-id"]
    assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]
    assert first.headers["webhook-signature"] != second.headers["webhook-signature"]


def test_without_a_secret_nothing_is_signed() -> None:
    with serve() as server:
        attempt(hook(server.url))
        (request,) = server.wait()
    assert "webhook-signature" not in request.headers
    assert request.headers["webhook-id"] == "msg_1"


def test_the_words_arrive_as_the_article_has_them() -> None:
    said = alert(replace(QUOTE, before=HOSTILE))
    document = json.loads(encode(said))
    mention = document["data"]["mentions"][0]
    assert mention["before"] == HOSTILE.replace("\ud800", "\ufffd")
    assert mention["match"] == "قاسم سليماني"
    assert "قاسم".encode() in encode(said), "readable in the raw"


@given(alerts)
def test_any_alert_is_utf8_json_and_always_the_same(any_alert: Alert) -> None:
    body = encode(any_alert)
    assert json.loads(body.decode())["type"] == "alert.created"
    assert body == encode(any_alert)


@pytest.mark.parametrize(
    ("reply", "wait"),
    [
        (Reply(400), None),
        (Reply(401), None),
        (Reply(404), None),
        (Reply(429, {"Retry-After": "7"}), 7),
        (Reply(429, {"Retry-After": "Fri, 13 Sep 2024 10:06:30 GMT"}), 60),
        (Reply(500), None),
        (Reply(502), None),
        (Reply(503, {"Retry-After": "999999999"}), 86400),
        (Reply(503, {"Retry-After": "soon"}), None),
        (Reply(504), None),
        (Reply(301, {"Location": "/elsewhere"}), None),
        (Reply(307, {"Location": "/elsewhere"}), None),
    ],
    ids=lambda value: f"{value.status}" if isinstance(value, Reply) else None,
)
def test_refusals_are_tried_again_and_redirects_not_followed(
    reply: Reply, wait: int | None
) -> None:
    with serve(reply) as server:
        error = failure(hook(server.at("/secret-path")))
        assert len(server.wait()) == 1
    assert not error.permanent
    assert not error.suspend
    assert error.retry_after == (timedelta(seconds=wait) if wait else None)
    assert error.channel == "soc"
    assert f"answered {reply.status}" in str(error)
    assert "secret-path" not in str(error)


def test_a_receiver_that_is_gone_suspends_the_channel() -> None:
    with serve(Reply(410, body=b"moved away\x1b[2J")) as server:
        error = failure(hook(server.url))
    assert error.permanent
    assert error.suspend
    assert str(error) == "soc: the receiver answered 410 moved away[2J"


@pytest.mark.parametrize(
    "reply",
    [
        Reply(reset=True, cut=0, body=b"x", raw=b""),
        Reply(raw=b"GARBAGE\r\n\r\n"),
        Reply(raw=b""),
    ],
    ids=["reset", "garbage", "hung up"],
)
def test_a_broken_exchange_is_tried_again(reply: Reply) -> None:
    with serve(reply) as server:
        error = failure(hook(server.at("/secret-path")))
    assert not error.permanent
    assert "127.0.0.1" in str(error)
    assert "secret-path" not in str(error)


def test_nobody_there_and_no_tls() -> None:
    assert "cannot reach 127.0.0.1" in str(failure(hook(f"http://127.0.0.1:{unused_port()}/x")))
    with serve(strict=True) as server:
        error = failure(hook(f"https://{server.netloc}/"))
    assert not error.permanent


def test_a_private_address_is_refused_unless_opened() -> None:
    with serve() as server:
        error = failure(hook(server.url), guard=Guard(()))
        assert server.connections == 0
    assert "network.allow_private" in str(error)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(body=b"x" * 5000, endless=True),
        Reply(body=b"abc", cut=1),
        Reply(200, {"Content-Encoding": "gzip"}, b"not gzip"),
        Reply(200, {"Content-Encoding": "br"}, b"?"),
    ],
    ids=["endless", "cut", "damaged", "unknown packing"],
)
def test_a_status_counts_whatever_becomes_of_the_body(reply: Reply) -> None:
    with serve(reply) as server:
        receipt = attempt(hook(server.url))
    assert isinstance(receipt, str)
    assert receipt.startswith("200")
    assert len(receipt) < 120


def test_a_body_that_drips_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(import_module("watcher.net.body"), "START_S", 0.05)
    with serve(Reply(202, body=b"ab", chunk=1, pause=60)) as server:
        assert attempt(hook(server.url)) == "202 a"


def test_addresses_and_keys_stay_out_of_its_repr() -> None:
    shown = repr(hook("https://x.example/secret-path", KEY)(CLIENT))
    assert "soc" in shown
    assert "secret-path" not in shown
    assert "keys" not in shown


def test_the_article_is_told_without_its_text() -> None:
    told = json.loads(encode(alert(article=replace(ARTICLE, published=None))))["data"]
    assert told["article"]["published"] is None
    assert "text" not in told["article"]


def test_a_digest_tells_each_alert_as_it_would_be_told_singly() -> None:
    digest = Digest((alert(), alert(name="Esmail Qaani")), NOW)
    sent = Delivery(key="msg_2", channel="soc", content=digest)
    with serve() as server:
        attempt(hook(server.url), sent)
        (request,) = server.wait()
    assert request.headers["webhook-id"] == "msg_2"
    body = request.json
    assert (body["type"], body["timestamp"]) == ("alert.digest", "2024-09-13T10:05:30Z")
    assert body["data"]["alerts"] == [
        alert_data(one) | {"raised": "2024-09-13T10:05:30Z"} for one in digest.alerts
    ]


@pytest.mark.parametrize(
    ("event", "since", "told"),
    [
        (Event.TROUBLE, None, None),
        (Event.HEALED, NOW - timedelta(hours=1), "2024-09-13T09:05:30Z"),
    ],
)
def test_a_notice_has_a_type_of_its_own(
    event: Event, since: datetime | None, told: str | None
) -> None:
    notice = write_notice(event, About.DEAD_LETTERS, "desk", "404", NOW, since)
    body = json.loads(encode(notice))
    assert (body["type"], body["timestamp"]) == (f"notice.{event}", "2024-09-13T10:05:30Z")
    assert body["data"] == {
        "notice": notice.id,
        "about": "dead letters",
        "subject": "desk",
        "says": "404",
        "since": told,
    }


def test_a_digest_has_room_for_what_a_receiver_takes() -> None:
    channel = hook("https://soc.example/")(CLIENT)
    assert channel.room([alert()] * 30) == 30
    large = alert(replace(QUOTE, before="x" * 50_000))
    assert channel.room([large] * 30) == 2
