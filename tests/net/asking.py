"""One question to a server of the test, and what came of it."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta

import pytest

from watcher.net import Answer, Guard, Limits, NetworkError, Trouble, exchange, open_client

LOOPBACK = Guard(("127.0.0.0/8",))


SHORT = Limits(deadline=timedelta(seconds=0.2), size=1000)


PLAIN = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # trusts nobody, and is quick to make


def ask(url, *, method="GET", guard=LOOPBACK, trust=None, contact="", **kwargs) -> Answer:
    async def run() -> Answer:
        async with open_client(guard, contact, trust=trust or PLAIN) as client:
            return await exchange(client, method, url, **kwargs)

    return asyncio.run(run())


def trouble(url, **kwargs) -> tuple[Trouble, str]:
    with pytest.raises(NetworkError) as caught:
        ask(url, **kwargs)
    return caught.value.trouble, str(caught.value)
