"""The one door to the network: guarded, bounded and polite, for feeds, channels and lists alike."""

from __future__ import annotations

from watcher.net.body import Limits, Load, Room
from watcher.net.door import Client, Hop, open_client, trusted
from watcher.net.error import NetworkError, Trouble
from watcher.net.exchange import Answer, exchange
from watcher.net.guard import Guard
from watcher.net.mail import Letter, RefusedError, Relay, Security, hand_in
from watcher.net.manners import Gate, Manners, Turn, retry_after

__all__ = [
    "Answer",
    "Client",
    "Gate",
    "Guard",
    "Hop",
    "Letter",
    "Limits",
    "Load",
    "Manners",
    "NetworkError",
    "RefusedError",
    "Relay",
    "Room",
    "Security",
    "Trouble",
    "Turn",
    "exchange",
    "hand_in",
    "open_client",
    "retry_after",
    "trusted",
]
