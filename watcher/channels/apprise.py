"""Messages through any service that Apprise knows, in a process of its own (see `apprised`)."""

from __future__ import annotations

import asyncio
import json
import os
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any, assert_never

from watcher.alerts import Alert, Content, Delivery, Digest, Notice, amount, compose, shorten, tidy
from watcher.channels.mrkdwn import silence
from watcher.channels.post import ATTEMPT
from watcher.errors import DeliveryError
from watcher.written import Secret

BOOT = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]);"
    " from watcher.channels.apprised import main; main()"
)
"""What the process runs; its argument is our `sys.path` as JSON."""

_PASSED = ("PATH", "LANG")
"""Of the environment: no proxies, no home with log-ins, no secrets of other channels."""

_TITLE, _BODY = 200, 1_800
"""Code points: the narrowest of the well-known services (Discord) takes 2,000 together."""

_LINE = 300
_SAYS = 300
_STATUS = re.compile(r"error[ =:]+(\d{3})\b")
_CLOSED = frozenset({401, 403, 404, 410})
_UNREAD = frozenset({400, 413, 422})


@dataclass(frozen=True, slots=True, kw_only=True)
class AppriseChannel:
    """Hands each alert, digest and notice to Apprise.

    Attributes:
        name: as the operator's file calls it.
        url: of the service, as Apprise writes them; it holds the secrets.
        allow_private: what may be reached although private, as for `Guard`.
        pace: least time between two messages.
        digest_over: more waiting alerts than this go as one digest; None for never.
        deadline: for one attempt.
    """

    name: str
    url: Secret
    allow_private: tuple[str, ...] = ()
    pace: timedelta = timedelta(seconds=1)
    digest_over: int | None = None
    deadline: timedelta = ATTEMPT

    def room(self, alerts: Sequence[Alert]) -> int:
        """As many as the narrowest service shows whole."""
        sizes = accumulate(len(_line(alert)) + 1 for alert in alerts)
        return sum(size <= _BODY for size in sizes)

    async def send(self, delivery: Delivery, now: datetime) -> str:  # noqa: ARG002 - Channel's
        """Have it sent (see `Channel.send`)."""
        title, body = write(delivery.content)
        asked = {
            "url": self.url.reveal(),
            "title": title,
            "body": body,
            "allow_private": self.allow_private,
        }
        try:
            async with asyncio.timeout(self.deadline.total_seconds()):
                answer = await _ask(asked)
        except TimeoutError as error:
            says = f"the service took longer than {self.deadline.total_seconds():g} s"
            raise DeliveryError(f"{self.name}: {says}", channel=self.name) from error
        if not answer.get("sent"):
            raise self._failure(answer)
        return "taken"

    def _failure(self, answer: dict[str, Any]) -> DeliveryError:
        says = shorten(tidy(str(answer.get("says", ""))).strip(), _SAYS)
        found = _STATUS.search(says)
        status = int(found[1]) if found else 0
        closed = bool(answer.get("final")) or status in _CLOSED
        return DeliveryError(
            f"{self.name}: {says}{_advice(closed=closed)}",
            channel=self.name,
            permanent=closed or status in _UNREAD,
            suspend=closed,
        )


def write(content: Content) -> tuple[str, str]:
    """Title and body in plain text, in which nothing rings anybody."""
    match content:
        case Alert():
            message = compose(content)
            lines = [message.title, message.origin, message.link]
            lines += [excerpt.marked("«", "»") for excerpt in message.excerpts]
            title, body = message.headline, "\n".join(filter(None, lines))
        case Digest():
            title = amount(len(content.alerts), "alert")
            body = "\n".join(map(_line, content.alerts))
        case Notice():
            title, body = content.headline, content.words
        case _:
            assert_never(content)
    return shorten(_quiet(title), _TITLE), shorten(_quiet(body) or "…", _BODY)


def _line(alert: Alert) -> str:
    """One alert of a digest."""
    message = compose(alert)
    told = " · ".join(filter(None, (message.entity, str(message.sureness), message.title)))
    return _quiet(f"{shorten(told, _LINE)} {message.link}".strip())


def _quiet(text: str) -> str:
    # Every service has its own way to ring everybody; all of them begin with this sign.
    return silence(text).replace("@", "@\u200b")


async def _ask(asked: Mapping[str, object]) -> dict[str, Any]:
    """What came of a message; the process is gone afterwards, whatever happens."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        BOOT,
        json.dumps(sys.path),
        stdin=PIPE,
        stdout=PIPE,
        stderr=DEVNULL,
        start_new_session=True,
        env={name: os.environ[name] for name in _PASSED if name in os.environ},
    )
    try:
        said, _ = await process.communicate(json.dumps(asked).encode())
    finally:
        await _end(process)
    try:
        answer: dict[str, Any] = json.loads(said)
    except ValueError:
        return {"says": "Apprise ended without an answer; is the service's own package installed?"}
    return answer


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def _advice(*, closed: bool) -> str:
    return "; check the address in the channel's secret" if closed else ""
