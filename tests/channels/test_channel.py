"""What every channel keeps to, the tests' own included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from io import StringIO

import pytest

from tests.alerts.samples import delivery
from tests.channels.posting import attempt, failure
from tests.fakes import ListChannel
from tests.servers import Reply, serve, unused_port
from watcher.alerts import sample_delivery
from watcher.channels import Channel, SlackChannel, TerminalChannel, WebhookChannel
from watcher.errors import DeliveryError
from watcher.net import Client
from watcher.written import Secret

Maker = Callable[[str, Client], Channel]


def closed() -> StringIO:
    stream = StringIO()
    stream.close()
    return stream


def trouble() -> DeliveryError:
    return DeliveryError("list: told to fail", channel="list")


WORKING: dict[str, Maker] = {
    "list": lambda _url, _client: ListChannel(),
    "terminal": lambda _url, _client: TerminalChannel(name="terminal", stream=StringIO()),
    "slack": lambda url, client: SlackChannel(name="slack", url=Secret(url), client=client),
    "webhook": lambda url, client: WebhookChannel(name="webhook", url=Secret(url), client=client),
}
FAILING: dict[str, Maker] = WORKING | {
    "list": lambda _url, _client: ListChannel(troubles=[trouble()]),
    "terminal": lambda _url, _client: TerminalChannel(name="terminal", stream=closed()),
}


@pytest.mark.parametrize("kind", WORKING)
def test_a_channel_knows_its_name_and_pace_and_gives_a_receipt_each_time(kind: str) -> None:
    with serve(Reply(body=b"ok")) as server:

        def make(client: Client) -> Channel:
            channel = WORKING[kind](server.url, client)
            assert channel.name == kind
            assert timedelta(0) <= channel.pace <= timedelta(seconds=1)
            return channel

        for sent in (
            delivery(),
            delivery(attempts=1),
            sample_delivery(kind, delivery().content.raised),
        ):
            receipt = attempt(make, sent)
            assert isinstance(receipt, str)
            assert 0 < len(receipt) < 120


@pytest.mark.parametrize("kind", FAILING)
def test_a_failure_names_its_channel_and_can_be_tried_again(kind: str) -> None:
    url = f"http://127.0.0.1:{unused_port()}/"
    error = failure(lambda client: FAILING[kind](url, client))
    assert error.channel == kind
    assert str(error).startswith(f"{kind}: ")
    assert not error.permanent
