"""A hostile feed costs a worker, and nothing else."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.feeds.samples import RSS, hostile, rss
from watcher.errors import FeedError
from watcher.feeds import Allowance, Parser
from watcher.feeds import parser as module
from watcher.feeds.parse import parse_feed
from watcher.source import Health

SMALL = Allowance(cpu_s=1)


async def fault(parser: Parser, data: bytes) -> tuple[str, str]:
    with pytest.raises(FeedError) as caught:
        await parser.parse(data)
    return str(caught.value), caught.value.state


def pids(parser: Parser) -> list[int]:
    return [worker._process.pid for worker in parser._all]


def is_running(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def environ_of(pid: int) -> bytes:
    return Path(f"/proc/{pid}/environ").read_bytes()


def test_feeds_are_read_by_one_worker_in_turn():
    async def run() -> None:
        async with Parser() as parser:
            first = await parser.parse(RSS.encode(), "text/xml", "http://a.example/")
            assert first == parse_feed(RSS.encode(), "text/xml", "http://a.example/")
            assert await fault(parser, b"") == ("not a feed: the body is empty", Health.NOT_A_FEED)
            (pid,) = pids(parser)
        assert not is_running(pid)

    asyncio.run(run())


def test_a_hostile_feed_is_stopped_while_others_go_on():
    async def run() -> None:
        async with Parser(workers=2, allowance=SMALL) as parser:
            await asyncio.gather(*(parser.parse(rss("<title>a</title>")) for _ in range(2)))
            fight = asyncio.create_task(fault(parser, hostile()))
            for number in range(20):
                parsed = await parser.parse(rss(f"<title>{number}</title>"))
                assert parsed.entries[0].title == str(number)
            assert not fight.done()
            assert await fight == (
                "cannot be read: parsing takes more than 1 s of CPU",
                Health.FAULTY,
            )
            assert (await parser.parse(rss("<title>b</title>"))).entries

    asyncio.run(run())


def test_a_feed_that_takes_too_long_by_the_clock_is_stopped():
    async def run() -> None:
        async with Parser(allowance=Allowance(wall=timedelta(seconds=0.05))) as parser:
            assert (await fault(parser, hostile()))[0] == (
                "cannot be read: parsing takes more than 0.05 s"
            )
            assert pids(parser) == []

    asyncio.run(run())


def test_a_worker_that_grew_is_replaced():
    async def run() -> None:
        async with Parser(allowance=Allowance(retire=1)) as parser:
            await parser.parse(rss("<title>a</title>"))
            assert pids(parser) == []

    asyncio.run(run())


def test_memory_is_bounded():
    async def run() -> None:
        allowance = Allowance(memory=100_000_000)
        large = rss(f"<title>{'ق' * 8_000_000}</title>")
        async with Parser(allowance=allowance) as parser:
            message, state = await fault(parser, large)
            assert message.startswith("cannot be read: ")
            assert state is Health.FAULTY
            assert (await parser.parse(rss("<title>a</title>"))).entries

    asyncio.run(run())


def test_an_answer_without_measure_is_not_waited_for(monkeypatch):
    monkeypatch.setattr(module, "LONGEST_REPLY", 1)

    async def run() -> None:
        async with Parser() as parser:
            message, _ = await fault(parser, rss("<title>a</title>"))
            assert message == "cannot be read: the parser ended with status -9"

    asyncio.run(run())


def test_a_worker_that_died_in_its_sleep_is_replaced():
    async def run() -> None:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            (worker,) = parser._all
            os.kill(worker._process.pid, signal.SIGKILL)
            await worker._process.wait()
            assert (await parser.parse(rss("<title>b</title>"))).entries

    asyncio.run(run())


def test_a_worker_killed_by_somebody_else_is_said():
    async def run() -> None:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            (pid,) = pids(parser)
            fight = asyncio.create_task(fault(parser, hostile()))
            await asyncio.sleep(0)
            os.kill(pid, signal.SIGKILL)
            assert (await fight)[0] == "cannot be read: the parser ended with status -9"

    asyncio.run(run())


def test_signals_for_the_daemon_pass_the_worker_by():
    async def run() -> None:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            (pid,) = pids(parser)
            os.kill(pid, signal.SIGINT)
            os.kill(pid, signal.SIGTERM)
            assert os.getsid(pid) == pid
            await parser.parse(rss("<title>b</title>"))
            assert pids(parser) == [pid]

    asyncio.run(run())


def test_the_end_comes_at_once_whatever_is_being_read():
    async def run() -> float:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            fight = asyncio.create_task(parser.parse(hostile()))
            await asyncio.sleep(0)
            (pid,) = pids(parser)
            start = time.monotonic()
        with pytest.raises(FeedError, match="ended with status -9"):
            await fight
        assert not is_running(pid)
        return time.monotonic() - start

    assert asyncio.run(run()) < 1


def test_a_cancelled_request_leaves_no_worker_with_half_an_answer():
    async def run() -> None:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            fight = asyncio.create_task(parser.parse(hostile()))
            await asyncio.sleep(0)
            fight.cancel()
            with pytest.raises(asyncio.CancelledError):
                await fight
            assert pids(parser) == []
            assert (await parser.parse(rss("<title>b</title>"))).entries[0].title == "b"

    asyncio.run(run())


def test_the_worker_sees_no_secret(monkeypatch):
    monkeypatch.setenv("SLACK_WEBHOOK_URL", "secret")
    monkeypatch.setenv("LD_LIBRARY_PATH", "/nowhere")

    async def run() -> None:
        async with Parser() as parser:
            await parser.parse(rss("<title>a</title>"))
            (pid,) = pids(parser)
            assert environ_of(pid) == b"LD_LIBRARY_PATH=/nowhere\0"

    asyncio.run(run())


def test_a_closed_parser_starts_no_worker(monkeypatch):
    async def run() -> None:
        parser = Parser()
        started = []

        async def start(allowance: Allowance) -> asyncio.subprocess.Process:
            started.append(await start_worker(allowance))
            await parser.aclose()  # meanwhile
            return started[0]

        monkeypatch.setattr(module, "_start", start)
        for _ in range(2):
            with pytest.raises(RuntimeError, match="closed"):
                await parser.parse(RSS.encode())
        (process,) = started
        assert process.returncode is not None
        assert pids(parser) == []

    start_worker = module._start
    asyncio.run(run())
