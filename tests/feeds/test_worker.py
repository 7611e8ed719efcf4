"""The worker answers frame by frame, and whatever a feed does is an answer."""

from __future__ import annotations

import json
import resource
from io import BytesIO
from pathlib import Path

import pytest

from tests.feeds.samples import rss
from watcher.feeds import Parsed
from watcher.feeds import worker as module
from watcher.feeds.frame import PAGE, REPLY, REQUEST
from watcher.feeds.parse import parse_feed
from watcher.feeds.worker import answer, main, serve
from watcher.source import Health

ABOUT = {"content_type": "", "url": "http://a.example/"}
FEED = rss("<title>one</title>")


def frame(body: bytes) -> bytes:
    about = json.dumps(ABOUT).encode()
    return REQUEST.pack(len(about), len(body)) + about + body


def replies(target: BytesIO) -> list[dict]:
    data, found = target.getvalue(), []
    while data:
        (length,) = REPLY.unpack(data[: REPLY.size])
        found.append(json.loads(data[REPLY.size : REPLY.size + length]))
        data = data[REPLY.size + length :]
    return found


def test_a_page_is_read_where_one_is_asked_for():
    about = {**ABOUT, "content_type": "text/plain", "task": PAGE}
    story = b"Nothing of note has happened anywhere today, it was said."
    assert answer(story, about)["page"] == story.decode()
    assert answer(b"", about)["fault"] == "there is no article on its page"


def test_each_request_has_its_answer():
    target = BytesIO()
    serve(BytesIO(frame(FEED) + frame(b"") + frame(FEED)), target)
    first, second, third = replies(target)
    assert Parsed.from_json(first["parsed"]) == parse_feed(FEED)
    assert (second["fault"], second["state"]) == ("not a feed: the body is empty", "not a feed")
    assert third["parsed"] == first["parsed"]
    assert first["resident"] > 1_000_000


def test_memory_is_nothing_where_the_kernel_does_not_tell(monkeypatch):
    monkeypatch.setattr(module, "Path", lambda _: Path("/nowhere/statm"))
    assert answer(FEED, ABOUT)["resident"] == 0


def test_half_a_request_is_the_end():
    target = BytesIO()
    serve(BytesIO(frame(FEED)[:5]), target)
    assert target.getvalue() == b""


@pytest.mark.parametrize(
    ("error", "fault"),
    [
        (MemoryError(), "cannot be read: it takes too much memory"),
        (RecursionError("deep"), "cannot be read: RecursionError"),
    ],
)
def test_a_feed_that_breaks_the_parser_is_one_fault(monkeypatch, error, fault):
    def broken(*args):
        raise error

    monkeypatch.setattr(module, "parse_feed", broken)
    reply = answer(b"", ABOUT)
    assert (reply["fault"], reply["state"]) == (fault, Health.FAULTY)


def test_limits_are_set_before_the_first_feed(monkeypatch):
    set_to = {}
    ignored = set()
    monkeypatch.setattr(module.resource, "setrlimit", set_to.__setitem__)
    monkeypatch.setattr(module.signal, "signal", lambda number, _: ignored.add(number.name))
    monkeypatch.setattr(module.sys, "stdin", type("In", (), {"buffer": BytesIO(frame(FEED))}))
    monkeypatch.setattr(module.sys, "stdout", type("Out", (), {"buffer": BytesIO()}))
    main(10, 500_000_000)
    assert set_to[resource.RLIMIT_AS] == (500_000_000, 500_000_000)
    assert set_to[resource.RLIMIT_CORE] == (0, 0)
    assert set_to[resource.RLIMIT_CPU][0] >= 10
    assert ignored == {"SIGINT", "SIGTERM"}
