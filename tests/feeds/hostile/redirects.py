"""Where an answer sends its reader."""

from __future__ import annotations

from collections.abc import Iterator

from tests.feeds.hostile.case import (
    XML,
    Case,
    bad,
    feed,
)
from tests.servers import Reply, Server
from watcher.source import Health


def redirects(server: Server) -> Iterator[tuple[str, Case]]:
    """To the feed, in circles, or where nobody may go."""
    server.script("/target", Reply(200, XML, feed().encode()))
    for status in (301, 302, 303, 307, 308):
        yield f"/to/{status}", Case(Reply(status, {"Location": "/target"}))
    twice = Reply(302, (("Location", "/target"), ("Location", "http://127.0.0.2/")))
    yield "/to/twice", Case(twice)
    yield "/to/backslash", Case(Reply(302, {"Location": "\\target"}))
    yield "/to/relative", Case(Reply(302, {"Location": "../target"}))
    yield (
        "/to/self",
        bad(Reply(302, {"Location": "/to/self"}), Health.FAULTY, "127.0.0.1 redirects for ever"),
    )
    yield "/to/nowhere", bad(Reply(302), Health.FAULTY, "302: found")
    port = server.port
    private = (
        f"http://127.0.0.2:{port}/", f"http://[::1]:{port}/", f"http://0.0.0.0:{port}/",
        f"http://[::]:{port}/", f"http://127.0.0.1:{port + 1}/", "http://127.0.0.1/",
        "http://169.254.169.254/latest/meta-data/", "http://[fd00:ec2::254]/", "http://10.0.0.1/",
        "http://192.168.1.1/", "http://172.16.0.1/", "http://100.64.0.1/", "http://224.0.0.1/",
        "http://2130706433/", "http://0x7f000001/", "http://127.1/", "http://0/",
        "http://[::ffff:10.0.0.1]/", "http://[::ffff:a9fe:a9fe]/", "http://[64:ff9b::a00:1]/",
        "http://[2002:a00:1::]/", "http://[fe80::1]/", "http://me@10.1.1.1:80/",
        "http://0177.0.0.1/", "http://0300.0250.1.1/", "http://me@012.0.0.1:8080/x",
        f"//127.0.0.2:{port}/",
    )  # fmt: skip
    for number, target in enumerate(private):
        yield (
            f"/inside/{number}",
            bad(Reply(302, {"Location": target}), Health.REFUSED, "refused: "),
        )
    others = ("file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/", "data:,x")
    for number, target in enumerate(others):
        yield f"/other/{number}", bad(Reply(302, {"Location": target}), Health.FAULTY, "only http")
