"""Pages fetched from real servers: robots first, and every refusal with its reason."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tests.servers import Reply, Server, serve, unused_port
from watcher.errors import FeedError
from watcher.feeds import PageReader
from watcher.feeds import pages as module
from watcher.feeds.page import parse_page
from watcher.net import Gate, Guard, Manners, open_client
from watcher.source import Health

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)
STORY = b"Qasem Soleimani met commanders in Baghdad this morning, it was said."
PAGE = Reply(200, {"Content-Type": "text/plain"}, STORY)
FREE = Reply(404)


class Here:
    """The parser of pages in this very process."""

    async def extract(self, data: bytes, content_type: str = "", url: str = "") -> str:
        return parse_page(data, content_type, url)


@pytest.fixture
def server() -> Iterator[Server]:
    with serve(PAGE) as served:
        served.script("/robots.txt", FREE)
        yield served


def read(*urls: str, at: timedelta = timedelta(0), private: tuple[str, ...] = ("127.0.0.0/8",)):
    """What each of these addresses gives, one after another: text and delay, or the error."""

    async def act() -> list[object]:
        moment = NOW
        async with open_client(Guard(private)) as client:
            gate = Gate(default=Manners(timedelta(0)))
            reader = PageReader(client, gate, Here(), lambda: moment)
            found: list[object] = []
            for url in urls:
                try:
                    found.append(await reader.read(url))
                except FeedError as error:
                    found.append((str(error), Health(error.state), error.retry_after))
                moment += at
            return found

    return asyncio.run(act())


def test_a_page_is_read_after_its_hosts_robots_which_are_asked_for_once_a_day(server: Server):
    urls = [server.at(f"/{number}") for number in range(3)]
    assert read(*urls, at=DAY / 2) == [(STORY.decode(), timedelta(0))] * 3
    paths = [request.path for request in server.requests]
    assert paths == ["/robots.txt", "/0", "/1", "/robots.txt", "/2"]
    assert server.requests[1].headers["accept"].startswith("text/html")


def test_what_robots_forbid_is_not_fetched_and_their_delay_is_told(server: Server):
    rules = "User-agent: watcher\nDisallow: /no\nCrawl-delay: 9"
    server.script("/robots.txt", Reply(200, {}, rules.encode()))
    forbidden, allowed = read(server.at("/no/1"), server.at("/1"))
    assert forbidden == ("robots.txt does not allow it", Health.BLOCKED, None)
    assert allowed == (STORY.decode(), timedelta(seconds=9))
    assert not server.of("/no/1")


def test_a_redirect_is_followed_only_where_its_host_lets_robots_go(server: Server):
    with serve(PAGE) as other:
        other.script("/robots.txt", Reply(200, {}, b"User-agent: *\nDisallow: /no"))
        server.script("/1", Reply(301, {"Location": other.at("/yes")}))
        server.script("/2", Reply(302, {"Location": other.at("/no")}))
        server.script("/3", Reply(302, {"Location": "/3"}))
        server.script("/4", Reply(302, {"Location": "file:///etc/passwd"}))
        found = read(*(server.at(f"/{number}") for number in range(1, 5)))
        assert not other.of("/no")
    assert found[0] == (STORY.decode(), timedelta(0))
    assert [reason for reason, *_ in found[1:3]] == [
        "robots.txt does not allow it",
        "it redirects more than 5 times",
    ]
    assert "only http and https are read" in found[3][0]


def test_a_redirect_in_raw_letters_is_followed(server: Server):
    server.script("/1", Reply(302, {"Location": "/\u062e\u0628\u0631"}))
    assert read(server.at("/1")) == [(STORY.decode(), timedelta(0))]
    assert server.requests[-1].path == "/%D8%AE%D8%A8%D8%B1"


def test_robots_are_utf_8_whatever_they_are_called(server: Server):
    rules = "\ufeffUser-agent: *\nDisallow: /\u062e\u0628\u0631".encode()
    kind = {"Content-Type": "text/plain; charset=windows-1256"}
    server.script("/robots.txt", Reply(200, kind, rules))
    ((says, *_),) = read(server.at("/\u062e\u0628\u0631/1"))
    assert says == "robots.txt does not allow it"


@pytest.mark.parametrize(
    ("reply", "says", "health"),
    [
        (Reply(404), "404: nothing is there; has it moved?", Health.GONE),
        (Reply(500), "500: internal server error", Health.SLOW),
        (Reply(302), "302: found", Health.FAULTY),
        (
            Reply(302, {"Location": "http://[a/"}),
            "it redirects to what is not an address: Invalid IPv6 URL",
            Health.FAULTY,
        ),
        (
            Reply(200, {"Content-Type": "application/pdf"}),
            "it is not a page: application/pdf",
            Health.FAULTY,
        ),
        (
            Reply(200, {"Content-Type": "text/html"}),
            "there is no article on its page",
            Health.FAULTY,
        ),
        (Reply(raw=b"", reset=True), "127.0.0.1 broke the connection off", Health.UNREACHABLE),
    ],
)
def test_why_a_page_is_not_read_is_told(server: Server, reply, says, health):
    server.script("/1", reply)
    assert read(server.at("/1")) == [(says, health, None)]


@pytest.mark.parametrize("status", [429, 503])
def test_without_robots_that_may_come_back_nothing_is_read(server: Server, status):
    server.script("/robots.txt", Reply(status))
    ((says, health, _),) = read(server.at("/1"))
    assert (says, health) == (
        f"{status} for robots.txt, without which nothing is read",
        Health.SLOW,
    )
    assert not server.of("/1")


def test_a_host_that_asks_for_rest_has_it_for_pages_too(server: Server):
    server.script("/1", Reply(429, {"Retry-After": "60"}))
    first, second = read(server.at("/1"), server.at("/2"))
    assert first[1:] == (Health.SLOW, timedelta(minutes=1))
    assert second[0] == "its host asks for rest"
    assert second[2] > timedelta(seconds=50)
    assert not server.of("/2")


def test_no_page_leads_into_the_own_network(server: Server):
    found = read(server.at("/1"), f"http://127.0.0.1:{unused_port()}/", private=())
    assert {health for _, health, _ in found} == {Health.REFUSED}
    assert not server.requests


def test_robots_are_remembered_of_so_many_hosts_only(server: Server, monkeypatch):
    monkeypatch.setattr(module, "KEPT", 1)
    with serve(PAGE) as other:
        other.script("/robots.txt", FREE)
        read(server.at("/1"), other.at("/1"), server.at("/2"))
    assert len(server.of("/robots.txt")) == 2
