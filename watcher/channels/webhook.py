"""Messages for programs: a signed JSON document posted to an address (Standard Webhooks 1.0.0)."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from typing import assert_never

from watcher.alerts import (
    Alert,
    Content,
    Delivery,
    Digest,
    Notice,
    alert_data,
    digest_data,
    notice_data,
    stamp,
)
from watcher.channels.post import post, summary
from watcher.channels.signing import signatures
from watcher.errors import DeliveryError
from watcher.net import Answer, Client, retry_after
from watcher.written import Secret

_LONE = re.compile("[\ud800-\udfff]")
_GONE = 410
LONGEST = 256_000
"""Bytes of a digest's body: receivers refuse what is far larger."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """Posts each alert, digest and notice to one address.

    Attributes:
        name: as the operator's file calls it.
        url: where to; it may hold a secret.
        keys: to sign with, from `parse_keys`; empty to send unsigned.
        client: from `watcher.net.open_client`.
        pace: least time between two posts.
        digest_over: more waiting alerts than this go as one digest; None for never.
    """

    name: str
    url: Secret
    keys: tuple[bytes, ...] = field(default=(), repr=False)
    client: Client = field(repr=False)
    pace: timedelta = timedelta(0)
    digest_over: int | None = None

    def room(self, alerts: Sequence[Alert]) -> int:
        """As many as a receiver takes in one body."""
        sizes = accumulate(len(encode(alert)) for alert in alerts)
        return sum(size <= LONGEST for size in sizes)

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Post the message; any 2xx means it arrived (see `Channel.send`)."""
        body = encode(delivery.content)
        headers = {
            "content-type": "application/json",
            "webhook-id": delivery.key,
            "webhook-timestamp": str(int(now.timestamp())),
        }
        if self.keys:
            headers["webhook-signature"] = signatures(self.keys, delivery.key, now, body)
        answer = await post(self.client, self.url.reveal(), headers, body, channel=self.name)
        if not 200 <= answer.status < 300:
            raise self._failure(answer, now)
        return summary(answer)

    def _failure(self, answer: Answer, now: datetime) -> DeliveryError:
        """Every refusal is retried on the schedule, save the one that means for ever."""
        gone = answer.status == _GONE
        return DeliveryError(
            f"{self.name}: the receiver answered {summary(answer)}",
            channel=self.name,
            retry_after=retry_after(answer.headers, now),
            permanent=gone,
            suspend=gone,
        )


def encode(content: Content) -> bytes:
    """The body for an alert, a digest or a notice: UTF-8 JSON, the same bytes at every attempt.

    Text is as the article has it; only a lone surrogate, which no UTF-8 can hold, becomes U+FFFD.
    """
    text = json.dumps(
        _document(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False
    )
    return _LONE.sub("\ufffd", text).encode()


def _document(content: Content) -> dict[str, object]:
    match content:
        case Alert():
            kind, at, data = "alert.created", content.raised, alert_data(content)
        case Digest():
            kind, at, data = "alert.digest", content.made, digest_data(content.alerts)
        case Notice():
            kind, at, data = f"notice.{content.event}", content.raised, notice_data(content)
        case _:
            assert_never(content)
    return {"type": kind, "timestamp": stamp(at), "data": data}
