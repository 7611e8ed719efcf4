"""Signatures as Standard Webhooks 1.0.0 wants them: HMAC-SHA256 with a key the receiver knows.

Source: github.com/standard-webhooks/standard-webhooks, spec/standard-webhooks.md.
"""

from __future__ import annotations

import binascii
import hmac
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable
from datetime import datetime

from watcher.errors import ConfigError

PREFIX = "whsec_"
SHORTEST, LONGEST = 24, 64
_ADVICE = "write whsec_ and the base64 of 24 to 64 random bytes, as from: openssl rand -base64 32"


def parse_keys(secret: str, channel: str) -> tuple[bytes, ...]:
    """The keys of a channel's secret, as `read_keys` reads them.

    Raises:
        ConfigError: as `read_keys`; the message names the channel.
    """
    try:
        return read_keys(secret)
    except ValueError as error:
        raise ConfigError(f'channel "{channel}": {error}') from None


def read_keys(secret: str) -> tuple[bytes, ...]:
    """The keys of a webhook's secret, in the order given.

    Args:
        secret: one key, or several parted by spaces or commas while keys rotate; every message is
            then signed with each, so receivers may change over one by one.

    Raises:
        ValueError: a key is not `whsec_` and base64 of 24 to 64 bytes; it does not show the key.
    """
    words = [word for word in re.split(r"[\s,]+", secret) if word]
    if not words:
        raise ValueError(f"the secret is empty; {_ADVICE}")
    return tuple(map(_read_key, words))


def signatures(keys: Iterable[bytes], key: str, at: datetime, body: bytes) -> str:
    """The value of `webhook-signature`: one signature for each key, parted by spaces.

    Args:
        keys: from `parse_keys`.
        key: the value of `webhook-id`.
        at: the time of the attempt; whole seconds of it are the value of `webhook-timestamp`.
        body: the bytes that are sent.
    """
    signed = b".".join((key.encode(), str(int(at.timestamp())).encode(), body))
    digests = (hmac.digest(secret, signed, "sha256") for secret in keys)
    return " ".join(f"v1,{b64encode(digest).decode()}" for digest in digests)


def _read_key(word: str) -> bytes:
    if not word.startswith(PREFIX):
        raise ValueError(f"the secret does not begin with whsec_; {_ADVICE}")
    coded = word.removeprefix(PREFIX)
    try:
        key = b64decode(coded + "=" * (-len(coded) % 4), validate=True)
    except (binascii.Error, ValueError):
        # The cause would show the key.
        raise ValueError(f"what follows whsec_ is not base64; {_ADVICE}") from None
    if not SHORTEST <= len(key) <= LONGEST:
        raise ValueError(f"the secret holds {len(key)} bytes; {_ADVICE}")
    return key
