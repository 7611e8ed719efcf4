"""Alerts for programs: a signed JSON document posted to an address (Standard Webhooks 1.0.0)."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import httpx

from watcher.alerts import Alert, Delivery, alert_data, stamp
from watcher.channels.post import post, summary
from watcher.channels.signing import signatures
from watcher.errors import DeliveryError
from watcher.net import Answer, retry_after
from watcher.written import Secret

_LONE = re.compile("[\ud800-\udfff]")
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookChannel:
    """Posts each alert to one address.

    Attributes:
        name: as the operator's file calls it.
        url: where to; it may hold a secret.
        keys: to sign with, from `parse_keys`; empty to send unsigned.
        client: from `watcher.net.open_client`.
        pace: least time between two posts.
    """

    name: str
    url: Secret
    keys: tuple[bytes, ...] = field(default=(), repr=False)
    client: httpx.AsyncClient = field(repr=False)
    pace: timedelta = timedelta(0)

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Post the alert; any 2xx means it arrived (see `Channel.send`)."""
        body = encode(delivery.alert)
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


def encode(alert: Alert) -> bytes:
    """The body for an alert: UTF-8 JSON, the same bytes at every attempt.

    Text is as the article has it; only a lone surrogate, which no UTF-8 can hold, becomes U+FFFD.
    """
    document = {
        "type": "alert.created",
        "timestamp": stamp(alert.raised),
        "data": alert_data(alert),
    }
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _LONE.sub("\ufffd", text).encode()
