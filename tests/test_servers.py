"""The tests' own server misbehaves exactly as it is told."""

from __future__ import annotations

import gc
import socket
import threading

import httpx
import pytest

from tests.servers import Reply, Request, Server, serve, unused_port


def get(url: str) -> httpx.Response:
    with httpx.Client(trust_env=False, timeout=5) as client:
        return client.get(url)


def test_replies_come_in_turn_and_the_last_is_repeated() -> None:
    with serve(Reply(429, {"Retry-After": "3"}), Reply(body=b"ok")) as server:
        answers = [get(server.url) for _ in range(3)]
    assert [a.status_code for a in answers] == [429, 200, 200]
    assert answers[0].headers["retry-after"] == "3"
    assert answers[2].content == b"ok"


def test_requests_are_remembered_whole() -> None:
    with serve() as server, httpx.Client(trust_env=False) as client:
        for number in range(2):
            client.post(server.at("/hook?x=1"), json={"n": number}, headers={"X-Name": "v"})
        seen = server.wait(2)
    assert [(r.method, r.path, r.json) for r in seen] == [
        ("POST", "/hook?x=1", {"n": 0}),
        ("POST", "/hook?x=1", {"n": 1}),
    ]
    assert seen[0].headers["x-name"] == "v"
    assert seen[0].at <= seen[1].at
    assert server.of("/hook") == seen
    assert server.connections == 1, "one connection is kept alive"


def test_a_path_has_its_own_script_and_a_reply_may_be_a_function() -> None:
    def echo(request: Request) -> Reply:
        return Reply(201, body=request.path.encode())

    with serve(Reply(404)) as server:
        assert get(server.script("/echo", echo) + "?q").content == b"/echo?q"
        assert get(server.at("/other")).status_code == 404


def test_waiting_for_requests_that_stay_away_says_how_many_came() -> None:
    with serve() as server, pytest.raises(TimeoutError, match="0 of 1 requests"):
        server.wait(1, timeout=0.01)


@pytest.mark.parametrize(
    ("reply", "error"),
    [
        (Reply(reset=True, body=b"abc", cut=0), httpx.ReadError),
        (Reply(raw=b"", reset=True), httpx.ReadError),
        (Reply(raw=b"GARBAGE\r\n\r\n"), httpx.RemoteProtocolError),
        (Reply(raw=b""), httpx.RemoteProtocolError),
        (Reply(body=b"abc", cut=1), httpx.RemoteProtocolError),
    ],
)
def test_connections_break_as_told(reply: Reply, error: type[Exception]) -> None:
    with serve(reply) as server, pytest.raises(error):
        get(server.url)


def test_a_silent_server_is_left_behind_at_the_end() -> None:
    with (
        serve(Reply(silent=True)) as server,
        httpx.Client(trust_env=False, timeout=0.05) as client,
        pytest.raises(httpx.ReadTimeout),
    ):
        client.get(server.url)


def test_one_that_stays_silent_is_kept_until_the_end_though_nobody_listens(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with serve(Reply(silent=True)) as server:
        for number in range(4):  # at each, those before have been seen to leave
            with socket.create_connection(("127.0.0.1", server.port)) as plain:
                plain.sendall(b"GET / HTTP/1.1\r\n\r\n")
                server.wait(number + 1)
        gc.collect()
    gc.collect()
    assert "Task was destroyed" not in caplog.text


def test_an_endless_body_goes_on_until_the_reader_leaves() -> None:
    with (
        serve(Reply(body=b"x" * 1000, endless=True)) as server,
        httpx.Client(trust_env=False) as client,
        client.stream("GET", server.url) as answer,
    ):
        read = 0
        for piece in answer.iter_raw():
            read += len(piece)
            if read > 100_000:
                break
    assert read > 100_000


def test_pieces_gzip_and_odd_status_numbers() -> None:
    with serve(Reply(799, body=b"abcdef", chunk=2, pause=0.001), Reply(body=b"zip").gzipped()) as s:
        odd, packed = get(s.url), get(s.url)
    assert (odd.status_code, odd.content) == (799, b"abcdef")
    assert (packed.content, packed.headers["content-encoding"]) == (b"zip", "gzip")


def test_the_head_is_answered_without_a_body() -> None:
    with serve(Reply(body=b"abc")) as server, httpx.Client(trust_env=False) as client:
        assert client.head(server.url).headers["content-length"] == "3"


def test_a_gate_holds_the_answer_and_the_busiest_moment_is_counted() -> None:
    gate = threading.Event()
    with serve(Reply(gate=gate)) as server:
        threads = [threading.Thread(target=get, args=(server.url,)) for _ in range(2)]
        for thread in threads:
            thread.start()
        server.wait(2)
        gate.set()
        for thread in threads:
            thread.join(5)
    assert server.busiest == 2


def test_a_strict_server_hangs_up_on_what_is_no_http() -> None:
    with (
        serve(strict=True) as server,
        httpx.Client(trust_env=False) as client,
        pytest.raises(httpx.ConnectError),
    ):
        client.get(f"https://{server.netloc}")


def test_addresses_and_ports() -> None:
    assert Server(port=81).netloc == "127.0.0.1:81"
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection(("127.0.0.1", unused_port()), timeout=1)
