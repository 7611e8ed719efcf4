"""The daemon from its start to its end.

Start: read the files, take the lock, open the store, the network and the channels, plan the looks,
say READY. Then wait for orders. End, in this order and within ten seconds whatever is in flight:
look at nothing more, let messengers end what they send, close the network, the parser and the
store, let go of the lock.
"""

from __future__ import annotations

import asyncio
from pathlib import Path

from watcher.errors import ConfigError, StoreError
from watcher.service.house import World
from watcher.service.notify import open_notifier
from watcher.service.opening import open_house
from watcher.service.orders import Orders, listening
from watcher.service.plan import Plan, greeting, read_plan
from watcher.service.watch import Watch
from watcher.service.worker import Worker
from watcher.store import DATABASE, Lock, Store


async def serve(path: Path, world: World) -> int:
    """Watch until ordered to stop.

    Args:
        path: the operator's file.
        world: everything from outside.

    Returns:
        The exit code: 0 if ordered to stop, 1 if a part of the daemon broke.

    Raises:
        ConfigError: the files cannot be taken, or another daemon is at work on the same state.
        StoreError: the store cannot be opened.
    """
    with listening() as orders:
        try:
            await _live(path, world, orders)
        except asyncio.CancelledError:
            if orders.code is None:
                raise
    return orders.code or 0


async def read(path: Path, world: World) -> Plan:
    """The plan that the files make, read off the event loop.

    Raises:
        ConfigError: the files cannot be taken.
    """
    reader = Worker("reader")
    try:
        return await reader.do(read_plan, path, world.environ)
    finally:
        reader.close()


def lock(plan: Plan, world: World) -> Lock:
    """The right to work on the plan's state folder.

    Raises:
        ConfigError: another daemon has it, which is named; or the folder cannot be used.
    """
    try:
        return Lock.take(plan.settings.state, world.clock())
    except StoreError as error:
        raise ConfigError(str(error)) from error


async def _live(path: Path, world: World, orders: Orders) -> None:
    plan = await read(path, world)
    database = plan.settings.state / DATABASE
    with lock(plan, world):
        async with open_house(plan, world, lambda: Store.open(database)) as house:
            notifier = open_notifier(world.environ)
            watch = Watch(house, plan, notifier, orders.give_up, orders.reload.set)
            try:
                await watch.start()
                if world.stderr.isatty():
                    print(f"{greeting(plan)}; Ctrl-C ends", file=world.stderr, flush=True)
                while True:
                    await orders.reload.wait()
                    orders.reload.clear()
                    await watch.reload(path)
            finally:
                house.log.info("stopping", by=orders.by)
                await watch.stop()
                house.log.info("stopped")
