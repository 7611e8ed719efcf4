"""Apprise in its own process: guarded, bounded, and its answers in our words."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.alerts.samples import HOSTILE, NOW, alert, delivery
from tests.servers import Reply, serve
from watcher.alerts import About, Digest, Event, write_notice
from watcher.channels import AppriseChannel
from watcher.channels.apprise import BOOT, write
from watcher.channels.apprised import Watchman, _run, notify, veil
from watcher.channels.deliver import Retry, after_failure
from watcher.errors import DeliveryError
from watcher.net import Guard
from watcher.written import Secret

pytest.importorskip("apprise")
pytestmark = [
    pytest.mark.process,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of what Apprise is made of
]

KEY = "jQzWv7Kp3"


def attempt(url: str, *private: str, **kinds: object) -> str | DeliveryError:
    """One attempt: the receipt, or the error as a value."""
    channel = AppriseChannel(name="any", url=Secret(url), allow_private=private, **kinds)  # type: ignore[arg-type]
    try:
        return asyncio.run(channel.send(delivery(), NOW))
    except DeliveryError as error:
        return error


def test_a_message_arrives_with_title_and_words() -> None:
    with serve(Reply(200)) as server:
        assert attempt(f"json://{server.netloc}/{KEY}", server.netloc) == "taken"
        (asked,) = server.requests
    said = asked.json
    assert asked.path == f"/{KEY}"
    assert "Qasem Soleimani" in said["title"]
    assert "«قاسم سليماني»" in said["message"]
    assert "https://news.example/" in said["message"]


@pytest.mark.parametrize(
    ("status", "becomes"), [(503, "postponed"), (413, "dead"), (404, "suspended")]
)
def test_what_a_service_says_decides_what_is_done(status: int, becomes: str) -> None:
    with serve(Reply(status)) as server:
        url = f"json://{server.netloc}/{KEY}"
        answer = notify({"url": url, "title": "t", "body": "b"}, [])
    error = AppriseChannel(name="any", url=Secret(url))._failure(answer)
    verdict = after_failure(1, error, NOW, 0.0)
    became = "postponed" if isinstance(verdict, Retry) else "dead"
    assert becomes == ("suspended" if getattr(verdict, "suspend", False) else became)
    assert f"error={status}" in str(error)
    assert KEY not in str(error)


def test_a_redirect_leads_to_no_private_place() -> None:
    with serve(Reply(200)) as inside, serve(Reply(307, {"Location": inside.url})) as outside:
        asked = {
            "url": f"json://{outside.netloc}/{KEY}",
            "title": "t",
            "body": "b",
            "allow_private": [outside.netloc],
        }
        ended = subprocess.run(  # with our environment, so that what it covers is measured
            [sys.executable, "-c", BOOT, json.dumps(sys.path)],
            input=json.dumps(asked),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert (inside.connections, outside.connections) == (0, 1)
    answer = json.loads(ended.stdout)
    assert (answer["sent"], answer["final"]) == (False, False)
    assert "refused: 127.0.0.1 is not a public address" in answer["says"]  # the host is no secret


def test_names_are_judged_by_their_addresses_and_these_when_they_are_connected_to() -> None:
    def look_up(host: str, port: int) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("127.0.0.1" if host == "inside.example" else "1.1.1.1", port))]

    man = Watchman(Guard(("open.example:443",)), look_up)
    assert man.look_up("a.example", 443) == [(2, 1, 6, "", ("1.1.1.1", 443))]
    man.listen("socket.connect", (None, ("1.1.1.1", 443)))
    man.listen("socket.connect", (None, ("8.8.8.8", 53)))
    man.listen("import", ("json",))
    for refused in (
        lambda: man.look_up("inside.example", 443),
        lambda: man.listen("socket.sendto", (None, ("10.0.0.1", 53))),
        lambda: man.listen("socket.connect", (None, "/run/dbus/system_bus_socket")),
    ):
        with pytest.raises(PermissionError):
            refused()
    assert len(man.refused) == 3
    with pytest.raises(PermissionError, match="no other program"):
        man.listen("subprocess.Popen", ("sh",))


def test_an_address_that_apprise_does_not_know_stops_the_channel() -> None:
    answer = notify({"url": "nonsense://x/", "title": "t", "body": "b"}, [])
    error = AppriseChannel(name="any", url=Secret("nonsense://x/"))._failure(answer)
    assert error.suspend
    assert "no address that Apprise knows; check the address in the channel's secret" in str(error)


def test_a_service_that_hangs_is_killed_in_time() -> None:
    with serve(Reply(silent=True)) as server:
        error = attempt(
            f"json://{server.netloc}/?rto=60", server.netloc, deadline=timedelta(seconds=3)
        )
    assert str(error) == "any: the service took longer than 3 s"
    assert isinstance(error, DeliveryError)
    assert not error.permanent


def test_a_process_that_ends_without_an_answer_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/bin/true")
    error = attempt("json://127.0.0.1/")
    assert isinstance(error, DeliveryError)
    assert "ended without an answer" in str(error)
    assert not error.permanent


def test_everything_is_told_within_what_services_take() -> None:
    alerts = tuple(replace(alert(), id=f"alert_{n}") for n in range(50))
    channel = AppriseChannel(name="any", url=Secret("json://x/"))
    room = channel.room(alerts)
    assert 3 < room < 50
    title, body = write(Digest(alerts[:room], NOW))
    assert (title, body.count("\n")) == (f"{room} alerts", room - 1)
    assert "…" not in body
    notice = write_notice(Event.TROUBLE, About.DEAD_LETTERS, "soc", "two given up", NOW)
    assert write(notice) == (notice.headline, notice.words)


@settings(max_examples=15)
@given(st.text())
def test_nothing_rings_anybody(text: str) -> None:
    source = alert()
    article = replace(source.article, title=f"{text} @everyone {HOSTILE}")
    title, body = write(replace(source, article=article))
    for said in (title, body):
        assert "@everyone" not in said
        assert "<!channel>" not in said
        assert len(said) <= 1_800


def test_no_piece_of_an_address_is_told() -> None:
    said = f"https://host.example/{KEY}/B0 said no to {KEY}"
    assert KEY not in veil(said, f"slack://{KEY}/B0")


class Forever:
    """What never comes."""

    def __await__(self) -> Generator[None, None, None]:
        yield


def test_what_waits_is_no_answer() -> None:
    async def waits() -> None:
        await Forever()

    with pytest.raises(RuntimeError, match="it waits"):
        _run(waits())
