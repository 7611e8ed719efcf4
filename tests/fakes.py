"""Small stand-ins where two makers are natural: a list is a channel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from watcher.alerts import Delivery


@dataclass
class ListChannel:
    """Keeps what it is sent; what it is given in `troubles` it raises first, one a send.

    Attributes:
        name: as the operator's file would call it.
        pace: least time between two sends.
        troubles: errors to raise, the first one first; None is a send that works.
        sent: each delivery that arrived, with its time.
    """

    name: str = "list"
    pace: timedelta = timedelta(0)
    troubles: list[Exception | None] = field(default_factory=list)
    sent: list[tuple[Delivery, datetime]] = field(default_factory=list)

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Keep it, or raise what is next."""
        trouble = self.troubles.pop(0) if self.troubles else None
        if trouble is not None:
            raise trouble
        self.sent.append((delivery, now))
        return "kept"
