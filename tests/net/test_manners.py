"""A polite guest: spaced, one at a time, and patient when asked."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from watcher.net import Gate, Manners, retry_after

NOW = datetime(2026, 5, 1, 12, 0, tzinfo=UTC)
AT_ONCE = Manners(spacing=timedelta(0), at_once=1)


async def starts(gate: Gate, *urls: str) -> tuple[list[float], int]:
    """When each turn began, in seconds from the first, and the most that ran together."""
    begun: list[float] = []
    running = busiest = 0

    async def visit(url: str) -> None:
        nonlocal running, busiest
        async with gate.turn(url):
            begun.append(asyncio.get_running_loop().time())
            running += 1
            busiest = max(busiest, running)
            await asyncio.sleep(0.005)
            running -= 1

    await asyncio.gather(*(visit(url) for url in urls))
    return [at - begun[0] for at in begun], busiest


def test_one_host_is_asked_one_question_at_a_time():
    gate = Gate(default=AT_ONCE)
    urls = ("http://a.example/1", "https://A.example:8443/2", "http://a.example/3")
    assert asyncio.run(starts(gate, *urls))[1] == 1


def test_hosts_do_not_wait_for_each_other():
    gate = Gate(default=AT_ONCE)
    assert asyncio.run(starts(gate, *(f"http://{n}.example/" for n in "abc")))[1] == 3


@pytest.mark.parametrize("url", ["http://xn--/", "http://[", ""])
def test_what_is_no_address_has_its_turn_like_any_other(url):
    assert asyncio.run(starts(Gate(), url)) == ([0.0], 1)


def test_who_gives_up_the_wait_for_another_host_leaves_both_free():
    async def act() -> int:
        gate = Gate(default=Manners(timedelta(hours=1), 1), at_once=1)
        async with gate.turn("http://b.example/"):
            pass
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.01), gate.turn("http://a.example/") as turn:
                await turn.move("http://b.example/")
        async with asyncio.timeout(1), gate.turn("http://c.example/") as turn:
            await turn.move("http://C.example/2")
            turn.end()
            return 1

    assert asyncio.run(act()) == 1


def test_starts_are_spaced():
    gate = Gate({"a.example": Manners(timedelta(seconds=0.03), 8)})
    begun, _ = asyncio.run(starts(gate, *["http://a.example/"] * 3))
    assert begun[1] >= 0.029
    assert begun[2] - begun[1] >= 0.029


def test_a_host_may_bear_more():
    gate = Gate({"a.example": Manners(timedelta(0), 2)})
    assert asyncio.run(starts(gate, *["http://a.example/"] * 5))[1] == 2


def test_the_machine_bears_so_many_in_all():
    gate = Gate(default=AT_ONCE, at_once=2)
    assert asyncio.run(starts(gate, *(f"http://{n}.example/" for n in "abcde")))[1] == 2


def test_a_start_put_off_by_a_busy_machine_still_keeps_its_distance():
    async def visit() -> float:
        gate = Gate(
            {"a.example": Manners(timedelta(seconds=0.03), 2), "b.example": AT_ONCE}, at_once=1
        )
        loop = asyncio.get_running_loop()

        async def busy() -> None:
            async with gate.turn("http://b.example/"):
                await asyncio.sleep(0.05)

        other = asyncio.create_task(busy())
        await asyncio.sleep(0)
        async with gate.turn("http://a.example/"):
            first = loop.time()
        async with gate.turn("http://a.example/"):
            second = loop.time()
        await other
        return second - first

    assert asyncio.run(visit()) >= 0.029


def test_what_is_not_an_address_waits_in_a_lane_of_its_own():
    assert asyncio.run(starts(Gate(default=AT_ONCE), "http://a:b/", "http://a:b/"))[1] == 1


@pytest.mark.parametrize(("spacing", "at_once"), [(-1, 1), (0, 0)])
def test_bad_manners_cannot_be_built(spacing, at_once):
    with pytest.raises(ValueError, match="spacing must not be negative"):
        Manners(timedelta(seconds=spacing), at_once)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120),
        (" 3 ", 3),
        ("1.5", 1.5),
        ("0", 0),
        ("999999", 86_400),
        ("9" * 5000, 86_400),
        ("Fri, 01 May 2026 12:10:00 GMT", 600),
        ("Fri, 01 May 2026 12:10:00 -0000", 600),
        ("Fri, 01 May 2026 11:00:00 GMT", 0),
        ("Fri, 01 May 2099 11:00:00 GMT", 86_400),
    ],
)
def test_the_wait_an_answer_asks_for(value, seconds):
    assert retry_after({"retry-after": value}, NOW) == timedelta(seconds=seconds)


@pytest.mark.parametrize("value", ["", "soon", "-5", "١٢", "Fri, 99 May 2026 12:10:00 GMT"])
def test_no_wait_is_made_up(value):
    assert retry_after({"retry-after": value}, NOW) is None
    assert retry_after({}, NOW) is None


@given(st.text(max_size=40))
def test_any_header_gives_nothing_or_up_to_a_day(value):
    wait = retry_after({"retry-after": value}, NOW)
    assert wait is None or timedelta(0) <= wait <= timedelta(days=1)


def test_a_host_that_asks_for_rest_has_it_from_all_its_addresses():
    async def act() -> tuple[timedelta, ...]:
        gate = Gate({"many.example": Manners(timedelta(0), at_once=2)})
        for url in ("http://a.example/1", "http://many.example/1"):
            gate.rest(url, timedelta(minutes=1))
        gate.rest("http://a.example/2", timedelta(seconds=1))
        hosts = ("a.example", "many.example", "b.example")
        return tuple(gate.resting(f"https://{host}/2") for host in hosts)

    wanted, *others = asyncio.run(act())
    assert timedelta(seconds=59) < wanted <= timedelta(minutes=1)
    assert others == [timedelta(0), timedelta(0)]


def test_hosts_that_need_no_memory_are_forgotten(monkeypatch):
    monkeypatch.setattr("watcher.net.manners.LANES", 3)

    async def act() -> list[str]:
        gate = Gate({"set.example": AT_ONCE}, default=AT_ONCE)
        gate.rest("http://rests.example/", timedelta(hours=1))
        async with gate.turn("http://set.example/"), gate.turn("http://busy.example/"):
            for number in range(6):
                async with gate.turn(f"http://{number}.example/"):
                    pass
            return list(gate._lanes)

    kept = asyncio.run(act())
    assert {"rests.example", "set.example", "busy.example"} <= set(kept)
    assert len(kept) <= 6
