"""Feeds that move: what a redirect is believed, and when."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.feeds.looks import DAY, FEED, HOUR, NOW, visit, visits
from tests.servers import Reply, Server, serve
from watcher.feeds import first_state
from watcher.feeds.fetch import address
from watcher.source import Health


def moving(server: Server, new: Callable[..., Reply] | Reply = FEED, status: int = 301) -> None:
    server.script("/feed", Reply(status, {"Location": "/new"}))
    server.script("/new", new)


def paths(server: Server) -> list[str]:
    return [request.path for request in server.requests]


def test_a_new_address_is_adopted_after_a_day():
    with serve() as server:
        moving(server)
        first, second, third = visits(server, NOW, NOW + DAY - HOUR, NOW + DAY)
        assert paths(server) == ["/feed", "/new", "/feed", "/new", "/new"]
    assert first.note.endswith(f", redirected to {server.at('/new')}")
    assert (first.state.moved_to, first.state.moved_since) == (server.at("/new"), NOW)
    assert second.state.moved_since == NOW
    assert (third.state.moved_to, third.state.moved_since) == (server.at("/new"), NOW)
    assert third.state.key == server.at("/feed")
    assert (third.articles, third.note) == ((), "200, not changed")  # another address, same feed


def test_a_passing_redirect_is_not_a_move():
    with serve() as server:
        moving(server, status=302)
        assert visits(server, NOW)[0].state.moved_to == ""


def test_a_move_taken_back_is_forgotten():
    with serve() as server:
        moving(server)
        state = visits(server, NOW)[0].state
        server.script("/feed", FEED)
        state = visit(server.at("/feed"), state, NOW + HOUR).state
    assert (state.moved_to, state.moved_since) == ("", None)


def test_an_adopted_address_that_fails_is_given_up():
    with serve() as server:
        moving(server)
        first = visits(server, NOW)[0].state
        server.script("/new", Reply(404))
        failed = visit(server.at("/feed"), first, NOW + DAY).state
        assert (failed.health, failed.moved_to, failed.moved_since) == (Health.GONE, "", None)
        server.script("/feed", FEED)
        assert visit(server.at("/feed"), failed, NOW + 2 * DAY).state.health is Health.OK


def test_a_failure_before_the_move_is_adopted_forgets_nothing():
    with serve() as server:
        moving(server)
        first = visits(server, NOW)[0].state
        server.script("/feed", Reply(500))
        assert visit(server.at("/feed"), first, NOW + HOUR).state.moved_since == NOW


def test_the_address_asked():
    state = first_state("k", "n", NOW)
    moved = replace(state, moved_to="http://new.example/", moved_since=NOW)
    assert address("http://old.example/", state, NOW + DAY) == "http://old.example/"
    assert address("http://old.example/", moved, NOW + HOUR) == "http://old.example/"
    assert address("http://old.example/", moved, NOW + DAY) == "http://new.example/"


def test_a_new_name_is_taken_over():
    with serve(Reply(500)) as server:
        state = visit(server.url, first_state(server.url, "Old name", NOW)).state
    assert state.name == "News"
