"""The thread that takes turns."""

from __future__ import annotations

import asyncio
import threading

import pytest

from watcher.service.worker import Worker


def test_steps_are_done_in_order_in_one_thread() -> None:
    async def scene() -> None:
        worker, done = Worker("turns"), []

        def step(number: int, *, factor: int = 1) -> str:
            done.append(number * factor)
            return threading.current_thread().name

        names = await asyncio.gather(*(worker.do(step, n, factor=2) for n in range(5)))
        assert (done, set(names)) == ([0, 2, 4, 6, 8], {"turns"})
        worker.close()

    asyncio.run(scene())


def test_an_error_reaches_whoever_waits_and_the_next_step_is_done() -> None:
    async def scene() -> None:
        worker = Worker("turns")
        with pytest.raises(ZeroDivisionError):
            await worker.do(lambda: 1 / 0)
        assert await worker.do(lambda: 7) == 7
        worker.close()

    asyncio.run(scene())


def test_a_step_is_done_though_its_task_was_cancelled() -> None:
    async def scene() -> None:
        worker, gate, done = Worker("turns"), threading.Event(), []
        first = asyncio.create_task(worker.do(gate.wait, 5))
        second = asyncio.create_task(worker.do(done.append, "recorded"))
        await asyncio.sleep(0)
        first.cancel()
        second.cancel()
        await asyncio.gather(first, second, return_exceptions=True)
        gate.set()
        await worker.do(lambda: None)
        assert done == ["recorded"]
        worker.close()

    asyncio.run(scene())


def test_a_result_that_comes_after_the_loop_is_gone_is_dropped() -> None:
    worker, gate = Worker("turns"), threading.Event()

    async def scene() -> None:
        task = asyncio.create_task(worker.do(gate.wait, 5))
        await asyncio.sleep(0)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)

    asyncio.run(scene())
    gate.set()

    async def after() -> None:
        assert await worker.do(lambda: 1) == 1
        worker.close()

    asyncio.run(after())


def test_close_lets_queued_steps_end() -> None:
    async def scene() -> None:
        worker, gate = Worker("turns"), threading.Event()
        waits = asyncio.create_task(worker.do(gate.wait, 5))
        last = asyncio.create_task(worker.do(threading.current_thread))
        await asyncio.sleep(0)
        worker.close()
        gate.set()
        thread = await last
        thread.join(5)
        assert (await waits, thread.is_alive()) == (True, False)

    asyncio.run(scene())


def test_a_worker_nobody_used_closes() -> None:
    Worker("idle").close()
