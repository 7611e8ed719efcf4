"""A polite guest, for months: what is asked, what is remembered, when it comes again."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.feeds.looks import DAY, EVERY, FEED, HOUR, NOT_MODIFIED, NOW, look, visit, visits
from tests.feeds.samples import RSS, rss
from tests.servers import Reply, Server, serve, unused_port
from watcher.feeds import Fetched, fetch
from watcher.net import Gate, Guard, Limits, Manners
from watcher.source import Health, SourceState


@pytest.mark.parametrize(
    ("reply", "due"),
    [
        (Reply(200, {}, rss("<title>a</title>")), timedelta(minutes=15)),
        (Reply(500), timedelta(minutes=15)),
        (Reply(503, {"Retry-After": "Fri, 01 May 2026 13:30:00 GMT"}), timedelta(minutes=31.5)),
    ],
)
def test_waiting_for_the_turn_of_a_host_is_no_part_of_the_look(reply, due):
    later = iter([NOW])
    with serve(reply) as server:
        done = visit(server.at("/feed"), clock=lambda: next(later, NOW + HOUR))
    assert (done.state.last_look, done.state.due) == (NOW + HOUR, NOW + HOUR + due)


def test_a_first_look_reads_the_feed():
    with serve(FEED) as server:
        fetched = visit(server.at("/feed"))
        (request,) = server.requests
    assert [article.title for article in fetched.articles] == ["خبر & آخر", "second"]
    assert {article.source for article in fetched.articles} == {"News"}
    assert fetched.note == "200, 2 articles, utf-8 (declared)"
    assert fetched.state == SourceState(
        key=server.at("/feed"),
        name="News",
        due=NOW + timedelta(minutes=20),
        because="its ttl asks for 20 min",
        decided="utf-8 (declared)",
        health=Health.OK,
        since=NOW,
        etag='W/"1"',
        modified="Fri, 01 May 2026",
        last_look=NOW,
        last_ok=NOW,
        last_full=NOW,
        digest=fetched.state.digest,
        ttl=timedelta(minutes=20),
    )
    assert "application/rss+xml" in request.headers["accept"]
    assert "if-none-match" not in request.headers


def test_the_next_look_is_conditional_with_both_validators():
    with serve(FEED, NOT_MODIFIED) as server:
        _, second = visits(server, NOW, NOW + HOUR)
        headers = server.requests[1].headers
    assert (headers["if-none-match"], headers["if-modified-since"]) == ('W/"1"', "Fri, 01 May 2026")
    assert (second.articles, second.note) == ((), "304, not changed")
    state = second.state
    assert (state.etag, state.modified) == ('W/"1"', "Fri, 01 May 2026")
    assert (state.last_ok, state.last_full, state.since) == (NOW + HOUR, NOW, NOW)


def test_the_same_answer_in_full_is_not_read_again():
    bare, other = Reply(200, {}, RSS.encode()), Reply(200, {"Content-Type": "text/plain"})
    with serve(bare, bare, replace(other, body=RSS.encode())) as server:
        first, second, third = visits(server, NOW, NOW + HOUR, NOW + 2 * HOUR)
    assert len(first.articles) == len(third.articles) == 2
    assert (second.articles, second.note) == ((), "200, not changed")
    assert second.state.last_full == NOW + HOUR


def test_what_a_feed_asked_for_in_full_still_counts_after_a_304():
    with serve(FEED, NOT_MODIFIED, Reply(304, {"Cache-Control": "max-age=1500"})) as server:
        _, second, third = visits(server, NOW, NOW + HOUR, NOW + 2 * HOUR)
    assert second.state.because == "its ttl asks for 20 min"
    assert third.state.because == "its Cache-Control asks for 25 min"


def test_validators_of_a_304_are_kept():
    with serve(FEED, Reply(304, {"ETag": '"2"', "Last-Modified": "later"})) as server:
        second = visits(server, NOW, NOW + HOUR)[1]
    assert (second.state.etag, second.state.modified) == ('"2"', "later")


def test_once_a_day_the_whole_feed_is_asked_for():
    with serve(FEED) as server:
        visits(server, NOW, NOW + DAY - HOUR, NOW + 2 * DAY)
        asked = ["if-none-match" in request.headers for request in server.requests]
    assert asked == [False, True, False]


def test_a_304_that_nobody_asked_for_is_a_fault():
    with serve(NOT_MODIFIED) as server:
        state = visit(server.url).state
    assert (state.health, state.reason) == (
        Health.FAULTY,
        "304 although the whole feed was asked for",
    )


def test_a_feed_without_validators_is_asked_without():
    with serve(Reply(body=RSS.encode())) as server:
        visits(server, NOW, NOW + HOUR)
        assert "if-none-match" not in server.requests[1].headers


@pytest.mark.parametrize(
    ("reply", "health", "reason", "wait"),
    [
        (Reply(401), Health.BLOCKED, "401: it asks for a password", 4 * EVERY),
        (Reply(403), Health.BLOCKED, "403: it does not let us in", 4 * EVERY),
        (
            Reply(403, {"CF-Mitigated": "challenge"}),
            Health.BLOCKED,
            "403: Cloudflare asks for a browser",
            4 * EVERY,
        ),
        (Reply(404), Health.GONE, "404: nothing is there; has it moved?", 4 * EVERY),
        (
            Reply(410),
            Health.GONE,
            "410: it was taken down; look for a new address",
            4 * EVERY,
        ),
        (Reply(429), Health.SLOW, "429: it asks us to come less often", EVERY),
        (
            Reply(429, {"Retry-After": "7200"}),
            Health.SLOW,
            "429: it asks us to come less often; it asks us to wait 2 h",
            timedelta(hours=2.1),
        ),
        (
            Reply(503, {"Retry-After": "Fri, 01 May 2026 12:30:00 GMT"}),
            Health.SLOW,
            "503: it is busy; it asks us to wait 30 min",
            timedelta(minutes=31.5),
        ),
        (
            Reply(503, {"Retry-After": "30"}),
            Health.SLOW,
            "503: it is busy; it asks us to wait 30 s",
            EVERY,
        ),
        (Reply(500), Health.FAULTY, "500: internal server error", EVERY),
        (Reply(302), Health.FAULTY, "302: found", EVERY),
        (Reply(599), Health.FAULTY, "599: a status that HTTP does not know", EVERY),
        (Reply(204), Health.NOT_A_FEED, "not a feed: the body is empty", EVERY),
        (
            Reply(body=b"<html><title>Log in</title>"),
            Health.NOT_A_FEED,
            'not a feed: it is a web page, "Log in"',
            EVERY,
        ),
        (Reply(body=b"x", reset=True, cut=0), Health.UNREACHABLE, "127.0.0.1 broke", EVERY),
        (
            Reply(body=b"x", headers={"Content-Encoding": "br"}),
            Health.FAULTY,
            "127.0.0.1 sent packed as 'br' although only gzip was asked for",
            EVERY,
        ),
    ],
)
def test_every_failure_is_a_value_with_its_reason(reply, health, reason, wait):
    with serve(reply) as server:
        fetched = visit(server.url)
    state = fetched.state
    assert fetched.articles == ()
    assert state.reason.startswith(reason)
    assert (state.health, state.since, state.failures) == (health, NOW, 1)
    assert (state.last_look, state.last_ok, state.due) == (NOW, None, NOW + wait)
    assert fetched.note == state.reason


def test_a_private_address_is_refused():
    with serve(FEED) as server:
        state = visit(server.url, guard=Guard()).state
        assert server.connections == 0
    assert state.health is Health.REFUSED
    assert f"add {server.netloc} to network.allow_private" in state.reason


def test_nobody_there():
    state = visit(f"http://127.0.0.1:{unused_port()}/feed").state
    assert state.health is Health.UNREACHABLE


def test_failures_slow_down_and_recovery_is_at_once():
    with serve(FEED, Reply(500), Reply(500), Reply(404), NOT_MODIFIED) as server:
        moments = [NOW + HOUR * number for number in range(5)]
        _, first, second, third, last = visits(server, *moments)
    assert first.state.due - moments[1] == EVERY
    assert second.state.due - moments[2] == 2 * EVERY
    assert second.state.since == first.state.since == moments[1]
    assert third.state.since == moments[3]
    assert third.state.etag == 'W/"1"'
    assert (last.state.failures, last.state.health, last.state.reason) == (0, Health.OK, "")
    assert last.state.since == moments[4]


def test_how_long_an_answer_stays_fresh_is_a_hint():
    fresh = Reply(200, {"Cache-Control": "max-age=1500"}, RSS.encode())
    with serve(fresh) as server:
        assert visit(server.url).state.due == NOW + timedelta(minutes=25)


def test_a_garbled_feed_is_read_and_said_and_stays_so_until_it_changes():
    bad = rss("<title>one</title>").replace(b"one", b"one" + b"\xff" * 30)
    garbled = Reply(200, {"ETag": "1", "Content-Type": "text/xml; charset=big5"}, bad)
    with serve(garbled, NOT_MODIFIED, FEED) as server:
        first, second, third = visits(server, NOW, NOW + HOUR, NOW + 2 * HOUR)
    assert len(first.articles) == 1
    assert first.state.health is second.state.health is Health.GARBLED
    assert first.state.reason == second.state.reason
    assert first.state.reason.startswith("many characters cannot be read: big5 (declared)")
    assert third.state.health is Health.OK


def test_what_one_feed_is_asked_to_wait_all_feeds_of_its_host_wait():
    async def act(server: Server) -> list[Fetched]:
        gate = Gate(default=Manners(timedelta(0)))
        feeds = ("/busy", "/late", "/later")
        waiting = [asyncio.create_task(look(server.at(feed), gate=gate)) for feed in feeds[:2]]
        return [*await asyncio.gather(*waiting), await look(server.at(feeds[2]), gate=gate)]

    with serve(Reply(429, {"Retry-After": "7200"})) as server:
        busy, *others = asyncio.run(act(server))
        assert len(server.requests) == 1
    assert busy.state.because == "it asks for 2 h"
    for other in others:
        assert other.state.due > NOW + 2 * HOUR - timedelta(seconds=9)
        assert (other.state.health, other.state.failures) == (Health.NEW, 0)
        assert other.note == "not asked: its host asks for 2 h of rest"


def test_the_operator_knows_the_encoding_better():
    data = rss("<title>Сулеймани</title>").replace(b"<rss", b"<?xml encoding='koi8-r'?><rss")
    with serve(Reply(200, {"ETag": "1"}, data.decode().encode("cp1251"))) as server:
        first = asyncio.run(look(server.url, charset="cp1251"))
        again = asyncio.run(look(server.url, first.state, charset="koi8-r"))
    assert first.articles[0].title == "Сулеймани"
    assert first.note == "200, 1 article, cp1251 (as the operator says)"
    assert again.articles[0].title != "Сулеймани"


def test_what_came_of_a_feed_that_breaks_off_is_read():
    whole = rss("<title>one</title>", "<title>two</title>")
    with serve(Reply(200, {"ETag": "1"}, whole, cut=len(whole) - 30), FEED) as server:
        first, second = visits(server, NOW, NOW + HOUR)
        assert "if-none-match" not in server.requests[1].headers
    assert [article.title for article in first.articles] == ["one", "two"]
    assert (first.state.health, first.state.reason) == (
        Health.GARBLED,
        "only its beginning can be read (2 articles): 127.0.0.1 broke the connection off",
    )
    assert second.state.health is Health.OK


def test_what_came_of_a_feed_that_drips_is_read_and_it_is_called_slow(monkeypatch):
    monkeypatch.setattr(fetch, "LIMITS", Limits(timedelta(seconds=0.3), salvage=True))
    body = rss("<title>one</title>", "<title>two</title>")
    drip = Reply(200, {"ETag": "1"}, body + b" " * 900, chunk=len(body), pause=2)
    with serve(drip, drip, FEED) as server:
        first, second, third = visits(server, NOW, NOW + HOUR, NOW + 2 * HOUR)
        assert "if-none-match" not in server.requests[1].headers
    assert [article.title for article in first.articles] == ["one", "two"]
    for state in (first.state, second.state):
        assert (state.health, state.failures) == (Health.SLOW, 0)
        assert state.reason == (
            "only its beginning can be read (2 articles): "
            "no whole answer from 127.0.0.1 within 0.3 s"
        )
    assert third.state.health is Health.OK


@pytest.mark.parametrize("body", [rss(), rss() + b" " * 20, b"<html>" + bytes(99), bytes(99)])
def test_half_an_answer_without_an_article_is_called_half_an_answer(body):
    with serve(Reply(200, {}, body, cut=len(body) - 9)) as server:
        state = visit(server.url).state
    assert (state.health, state.reason) == (
        Health.UNREACHABLE,
        "127.0.0.1 broke the connection off",
    )


def test_a_part_of_a_feed_is_read_and_asked_for_whole_the_next_time():
    part = Reply(206, {"ETag": "1", "Content-Range": "bytes 0-1/9"}, RSS.encode())
    with serve(part, FEED) as server:
        first, _ = visits(server, NOW, NOW + HOUR)
        assert "if-none-match" not in server.requests[1].headers
    assert len(first.articles) == 2


def test_an_article_of_a_day_to_come_has_no_date():
    items = (
        f"<title>{day}</title><pubDate>{day}</pubDate>" for day in ("2026-05-02", "2026-05-09")
    )
    with serve(Reply(200, {}, rss(*items))) as server:
        first, second = visit(server.url).articles
    assert first.published == datetime(2026, 5, 2, tzinfo=UTC)
    assert second.published is None
