"""Messages for a Slack channel, through an incoming webhook.

Slack knows no idempotency key: if the machine dies between Slack's answer and our record of it, one
message is repeated. Which answers mean what: docs.slack.dev and the 2016 list of webhook errors.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import assert_never

from watcher.alerts import Alert, Content, Delivery, Digest, Notice, compose
from watcher.channels.blocks import to_blocks, to_text
from watcher.channels.bundle import digest_blocks, digest_text, notice_blocks, notice_text, room
from watcher.channels.post import post, summary
from watcher.errors import DeliveryError
from watcher.net import Answer, Client, retry_after
from watcher.written import Secret

PACE = timedelta(seconds=1)
"""Slack takes one message a second; going on after its 429 may disable the webhook for good."""

_ONE_POST = timedelta(seconds=14)
"""Two posts and the pace between them stay within the 30 s of an attempt."""

_ACCEPTED = b"ok"
_CLOSED = frozenset({403, 404, 410})
_LATER = frozenset({408, 429})
_UNREAD = frozenset({400, 413})


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackChannel:
    """Posts each alert, digest and notice to one incoming webhook.

    Attributes:
        name: as the operator's file calls it.
        url: the webhook; whoever has it can post.
        client: from `watcher.net.open_client`.
        pace: least time between two posts.
        digest_over: more waiting alerts than this go as one digest; None for never.
    """

    name: str
    url: Secret
    client: Client = field(repr=False)
    pace: timedelta = PACE
    digest_over: int | None = None

    def room(self, alerts: Sequence[Alert]) -> int:
        """As many as fit into one message, whatever their length."""
        return room(alerts)

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Post it; if Slack cannot read it, once more as plain text (see `Channel.send`)."""
        blocks, text = write(delivery.content)
        answer = await self._post(blocks)
        if _is_unread(answer):
            await asyncio.sleep(self.pace.total_seconds())
            answer = await self._post(text)
        if not _is_accepted(answer):
            raise self._failure(answer, now)
        return summary(answer)

    async def _post(self, document: Mapping[str, object]) -> Answer:
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"content-type": "application/json; charset=utf-8"}
        return await post(
            self.client, self.url.reveal(), headers, body, channel=self.name, deadline=_ONE_POST
        )

    def _failure(self, answer: Answer, now: datetime) -> DeliveryError:
        closed = answer.status in _CLOSED
        return DeliveryError(
            f"{self.name}: Slack answered {summary(answer)}{_advice(answer.status)}",
            channel=self.name,
            retry_after=retry_after(answer.headers, now),
            permanent=not _may_heal(answer.status),
            suspend=closed,
        )


def write(content: Content) -> tuple[Mapping[str, object], Mapping[str, object]]:
    """What is posted: in blocks, and as text alone, for when Slack does not take the blocks."""
    match content:
        case Alert():
            message = compose(content)
            return to_blocks(message), to_text(message)
        case Digest():
            return digest_blocks(content), digest_text(content)
        case Notice():
            return notice_blocks(content), notice_text(content)
        case _:
            assert_never(content)


def _is_accepted(answer: Answer) -> bool:
    return answer.status == 200 and answer.body.strip() == _ACCEPTED


def _is_unread(answer: Answer) -> bool:
    """Whether Slack (or what stands in its place) took the request but not its content."""
    return answer.status in _UNREAD or (200 <= answer.status < 300 and not _is_accepted(answer))


def _may_heal(status: int) -> bool:
    """Whether the same message may be taken later; a redirect may be a passing detour."""
    return status in _LATER or status >= 500 or 300 <= status < 400


def _advice(status: int) -> str:
    if status in _CLOSED:
        return "; the webhook is closed: make a new one and put it in the channel's secret"
    if 300 <= status < 400:
        return "; redirects are not followed: check the webhook's address"
    if 200 <= status < 300:
        return ' instead of "ok"; check the webhook\'s address'
    return ""
