"""The names that alerts and deliveries keep for ever.

Each is a hash of what the thing is about, never of when or where it was made: a database rolled
back by a power cut, or lost, makes the same alert and the same `webhook-id` again, so a receiver
can tell a repeat.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256


def alert_id(rule: str, entity: str, article: str) -> str:
    """The id of the alert that this rule raises for this entity on this article.

    Returns:
        "alert_" and 32 hexadecimal digits.
    """
    return f"alert_{_digest('alert', rule, entity, article)}"


def delivery_key(alert: str, channel: str) -> str:
    """The key under which this alert goes to this channel: the `webhook-id`.

    A notice has one likewise.

    Returns:
        "msg_" and 32 hexadecimal digits; no full stop, which Standard Webhooks signs with.
    """
    return f"msg_{_digest('delivery', alert, channel)}"


def digest_key(channel: str, keys: Sequence[str]) -> str:
    """The key under which several deliveries go to their channel together: the `webhook-id`.

    Args:
        channel: its name.
        keys: theirs, in order.
    """
    return f"msg_{_digest('digest', channel, *keys)}"


def notice_id(*parts: str) -> str:
    """The id of the notice that tells this; deliveries of it have a `delivery_key`.

    Returns:
        "notice_" and 32 hexadecimal digits.
    """
    return f"notice_{_digest('notice', *parts)}"


def _digest(*parts: str) -> str:
    # Each part goes with its length, so that no two lists of parts read the same.
    written = "".join(f"{len(part)}:{part}," for part in parts)
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:32]
