"""One message carried to one address, for every channel that speaks HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from watcher.alerts import shorten, tidy
from watcher.errors import DeliveryError
from watcher.net import Answer, Client, Limits, NetworkError, exchange

ATTEMPT = timedelta(seconds=30)
"""The whole of one attempt; Standard Webhooks asks for 15 to 30 s."""

_SIZE = 64_000
_WORDS = 100


async def post(  # noqa: PLR0913 - a request has these parts
    client: Client,
    url: str,
    headers: Mapping[str, str],
    body: bytes,
    *,
    channel: str,
    deadline: timedelta = ATTEMPT,
) -> Answer:
    """Post once and return the answer, whatever it says; no redirect is followed.

    At most 64 kB of the answer are read; a status that came counts even if its body breaks off.

    Raises:
        DeliveryError: no answer came; worth another try. The message names no path, which with
            some receivers is the secret.
    """
    limits = Limits(deadline=deadline, size=_SIZE, redirects=0, partial=True)
    try:
        return await exchange(client, "POST", url, headers=headers, body=body, limits=limits)
    except NetworkError as error:
        raise DeliveryError(f"{channel}: {error}", channel=channel) from error


def summary(answer: Answer) -> str:
    """Status and first words of an answer, fit for a log: "404 no_service"."""
    words = tidy(answer.body[:_SIZE].decode("utf-8", "replace")).strip()
    return f"{answer.status} {shorten(words, _WORDS)}".strip()
