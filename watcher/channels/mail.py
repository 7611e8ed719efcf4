"""Messages by mail, through the operator's own mail server."""

from __future__ import annotations

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watcher.alerts import Alert, Delivery, tidy
from watcher.channels.letter import write_letter
from watcher.channels.post import ATTEMPT
from watcher.errors import DeliveryError
from watcher.net import Guard, Letter, NetworkError, RefusedError, Relay, hand_in


@dataclass(frozen=True, slots=True, kw_only=True)
class MailChannel:
    """Mails each alert, digest and notice.

    Attributes:
        name: as the operator's file calls it.
        relay: the mail server.
        sender: whom the mail is from.
        to: whom it goes to.
        guard: which addresses may be reached.
        trust: the certificates to trust.
        pace: least time between two mails.
        digest_over: more waiting alerts than this go as one digest; None for never.
        deadline: for one attempt.
    """

    name: str
    relay: Relay
    sender: str
    to: tuple[str, ...]
    guard: Guard
    trust: ssl.SSLContext = field(repr=False, compare=False)
    pace: timedelta = timedelta(seconds=1)
    digest_over: int | None = None
    deadline: timedelta = ATTEMPT

    def room(self, alerts: Sequence[Alert]) -> int:
        """All of them."""
        return len(alerts)

    async def send(self, delivery: Delivery, now: datetime) -> str:  # noqa: ARG002 - Channel's
        """Hand the mail to the server (see `Channel.send`); what it says against it is final."""
        text = write_letter(delivery, self.sender, self.to)
        letter = Letter(self.sender, self.to, text)
        try:
            told = await hand_in(self.relay, letter, self.guard, self.trust, self.deadline)
        except NetworkError as error:
            raise DeliveryError(
                tidy(f"{self.name}: {error}"),
                channel=self.name,
                permanent=isinstance(error, RefusedError) and error.addressed and error.code >= 500,
            ) from error
        return tidy(told)
