"""Where an answer sends us on: followed, told, guarded, or refused."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from tests.net.asking import LOOPBACK, PLAIN, ask, trouble
from tests.servers import Reply, serve
from watcher.net import (
    Answer,
    Client,
    Gate,
    Guard,
    Limits,
    Manners,
    Trouble,
    exchange,
    open_client,
)


def test_redirects_are_followed_and_told():
    with serve() as server:
        server.script("/a", Reply(301, {"Location": "/b"}))
        server.script("/b", Reply(308, {"Location": server.at("/c")}, b"ignored"))
        server.script("/c", Reply(302, {"Location": "d"}))
        server.script("/d", Reply(body=b"news"))
        answer = ask(server.at("/a"), headers={"Authorization": "secret"})
        last = server.requests[-1]
    assert (answer.url, answer.body) == (server.at("/d"), b"news")
    assert answer.redirects == (
        (301, server.at("/b")),
        (308, server.at("/c")),
        (302, server.at("/d")),
    )
    assert answer.moved_to == server.at("/c")
    assert last.headers["authorization"] == "secret"


def test_a_move_for_good_all_the_way_leads_to_the_end():
    with serve(Reply(301, {"Location": "/b"}), Reply(body=b"news")) as server:
        assert ask(server.url).moved_to == server.at("/b")


def test_what_is_meant_for_one_host_stays_with_it():
    with serve(Reply(body=b"news")) as other, serve() as server:
        server.replies(Reply(302, {"Location": other.url}))
        answer = ask(server.url, headers={"Authorization": "secret", "If-None-Match": "x"})
        (request,) = other.requests
    assert answer.moved_to == ""
    assert "authorization" not in request.headers
    assert request.headers["if-none-match"] == "x"


@pytest.mark.parametrize(
    ("method", "reply", "limits"),
    [
        ("GET", Reply(302, {"Location": "/b"}, b"here"), Limits(redirects=0)),
        ("POST", Reply(302, {"Location": "/b"}), None),
        ("GET", Reply(302), None),
        ("GET", Reply(304, {"Location": "/b"}), None),
    ],
)
def test_what_is_not_followed_is_the_answer(method, reply, limits):
    with serve(reply) as server:
        answer = ask(server.url, method=method, limits=limits)
        assert len(server.requests) == 1
    assert (answer.status, answer.redirects) == (reply.status, ())
    assert answer.body == (reply.body if limits else b"")


def test_redirects_end():
    with serve(Reply(302, {"Location": "/"})) as server:
        assert trouble(server.url) == (
            Trouble.REDIRECTS,
            "127.0.0.1 redirects for ever (more than 5 times)",
        )
        assert len(server.requests) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://x/", "http://a:99999/"])
def test_a_redirect_leads_to_http_or_nowhere(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.url)[0] is Trouble.NOT_HTTP


@pytest.mark.parametrize("target", ["http://[::1", "http://a:b/", "http://\x01/"])
def test_a_redirect_that_is_not_an_address_is_said(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.url)[0] in {Trouble.NOT_HTTP, Trouble.RESET}


@pytest.mark.parametrize("target", ["y" * 65_530, "é" * 30_000])
def test_a_redirect_of_great_length_is_said(target):
    with serve(Reply(302, {"Location": target})) as server:
        assert trouble(server.at("/" + "x" * 100 + "/"))[0] in {Trouble.NOT_HTTP, Trouble.RESET}


def test_a_redirect_to_a_name_that_cannot_be_decoded_is_said():
    with serve(Reply(302, {"Location": "http://xn--/"})) as server:
        assert trouble(server.url)[0] is Trouble.NOT_HTTP


def test_a_redirect_in_raw_letters_is_followed_as_browsers_do():
    with serve(Reply(302, {"Location": "/é"}), Reply(body=b"news")) as server:
        assert ask(server.url).url == server.at("/%C3%A9")


def test_a_redirect_passes_the_guard_in_every_spelling():
    spellings = ("0177.0.0.1", "0x7f.1", "2130706433", "127.1", "[::ffff:7f00:1]", "127.0.0.1.")
    for host in spellings:
        with serve(Reply(302, {"Location": f"HTTP://x@{host}:1/"})) as server:
            guard = Guard((server.netloc,))
            kind, message = trouble(server.url, guard=guard)
        assert (kind, "is not a public address" in message) == (Trouble.REFUSED, True), host
    with serve(Reply(302, {"Location": "http://256.0.0.1/"})) as server:
        assert trouble(server.url)[0] is Trouble.NOT_HTTP


def test_a_redirect_passes_the_guard_too():
    with serve(Reply(body=b"secret")) as inside, serve() as outside:
        outside.replies(Reply(302, {"Location": inside.url}))
        kind, message = trouble(outside.url, guard=Guard((outside.netloc,)))
        assert (kind, inside.connections) == (Trouble.REFUSED, 0)
    assert f"add {inside.netloc} to network.allow_private" in message


async def home(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


def test_a_redirect_to_another_host_waits_for_the_turn_there():
    manners = {name: Manners(timedelta(seconds=0.1)) for name in ("one.example", "two.example")}

    async def act(port: int) -> tuple[list[float], list[Answer]]:
        gate, clock = Gate(manners), asyncio.get_running_loop().time
        begun = clock()
        guard = Guard(("127.0.0.0/8",), resolve=home)
        limits = Limits(deadline=timedelta(seconds=0.09))  # less than what it waits for its turn
        ends: list[float] = []

        async def visit(client: Client, name: str) -> Answer:
            url = f"http://{name}.example:{port}/{name}"
            async with gate.turn(url) as turn:
                answer = await exchange(client, "GET", url, limits=limits, turn=turn)
                ends.append(clock() - begun)
                return answer

        async with open_client(guard, trust=PLAIN) as client:
            # Each is sent to the other's host while that one is asked: neither waits for ever.
            answers = await asyncio.gather(visit(client, "one"), visit(client, "two"))
        return ends, answers

    with serve() as server:
        port = server.port
        server.script("/one", Reply(302, {"Location": f"http://two.example:{port}/end"}))
        server.script("/two", Reply(302, {"Location": f"http://one.example:{port}/end"}))
        server.script("/end", Reply(body=b"news"))
        ends, answers = asyncio.run(act(port))
    assert [answer.body for answer in answers] == [b"news", b"news"]
    assert min(ends) >= 0.099


def test_a_redirect_within_its_host_goes_on_at_once():
    async def act(url: str) -> float:
        gate, clock = Gate(), asyncio.get_running_loop().time
        async with open_client(LOOPBACK, trust=PLAIN) as client, gate.turn(url) as turn:
            begun = clock()
            await exchange(client, "GET", url, turn=turn)
            return clock() - begun

    with serve(Reply(302, {"Location": "/b"}), Reply(body=b"news")) as server:
        assert asyncio.run(act(server.url)) < 4
