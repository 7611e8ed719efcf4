"""What every channel is, whatever stands behind it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from watcher.alerts import Alert, Delivery


class Channel(Protocol):
    """A way to tell somebody of an alert."""

    @property
    def name(self) -> str:
        """As the operator's file calls it."""

    @property
    def pace(self) -> timedelta:
        """Least time between the starts of two sends; zero if the receiver does not mind."""

    @property
    def digest_over(self) -> int | None:
        """More waiting alerts than this go as one digest; None for never."""

    def room(self, alerts: Sequence[Alert]) -> int:
        """How many of these, from the first one on, one digest tells without leaving any out."""

    async def send(self, delivery: Delivery, now: datetime) -> str:
        """Try once, within 30 s, and return a short receipt such as "200 ok".

        Args:
            delivery: what is sent; a repeat of it looks the same to the receiver.
            now: the time of this attempt, aware, in UTC.

        Raises:
            DeliveryError: it did not arrive, as far as we can know; says what to do next.
        """
