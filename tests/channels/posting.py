"""Sending to a loopback server, in one line of a test."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Callable
from datetime import datetime

from tests.alerts.samples import NOW, delivery
from watcher.alerts import Delivery
from watcher.channels import Channel
from watcher.errors import DeliveryError
from watcher.net import Client, Guard, open_client

TRUST = ssl.create_default_context()
OPENED = Guard(("127.0.0.0/8",))
CLIENT = open_client(OPENED, trust=TRUST)


def attempt(
    make: Callable[[Client], Channel],
    sent: Delivery | None = None,
    now: datetime = NOW,
    *,
    guard: Guard = OPENED,
) -> str | DeliveryError:
    """One attempt: the receipt, or the error as a value."""

    async def go() -> str | DeliveryError:
        async with open_client(guard, trust=TRUST) as client:
            try:
                return await make(client).send(sent or delivery(), now)
            except DeliveryError as error:
                return error

    return asyncio.run(go())


def failure(
    make: Callable[[Client], Channel],
    sent: Delivery | None = None,
    now: datetime = NOW,
    *,
    guard: Guard = OPENED,
) -> DeliveryError:
    """One attempt that must fail."""
    error = attempt(make, sent, now, guard=guard)
    assert isinstance(error, DeliveryError), error
    return error
