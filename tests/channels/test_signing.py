"""Signatures that receivers of Standard Webhooks accept."""

from __future__ import annotations

import base64
from datetime import UTC, datetime, timedelta, timezone

import pytest

from watcher.channels.signing import parse_keys, signatures
from watcher.errors import ConfigError

KEY = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
AT = datetime.fromtimestamp(1614265330, tz=UTC)
BODY = b'{"test": 2432232314}'
ID = "msg_p5jXN8AQM9LWM0D4loKWxJek"
SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def key(length: int) -> str:
    return "whsec_" + base64.b64encode(b"k" * length).decode()


def test_the_test_vector_of_the_reference_libraries() -> None:
    assert signatures(parse_keys(KEY, "soc"), ID, AT, BODY) == SIGNATURE


def test_the_time_zone_of_the_attempt_does_not_matter() -> None:
    tehran = AT.astimezone(timezone(timedelta(hours=3, minutes=30)))
    assert signatures(parse_keys(KEY, "soc"), ID, tehran, BODY) == SIGNATURE


@pytest.mark.parametrize("gap", [" ", ",", ", ", "\n"])
def test_while_keys_rotate_each_signs(gap: str) -> None:
    old, new = KEY, key(32)
    both = signatures(parse_keys(f"{new}{gap}{old}\n", "soc"), ID, AT, BODY).split(" ")
    assert both[1] == SIGNATURE
    assert both[0] == signatures(parse_keys(new, "soc"), ID, AT, BODY)


@pytest.mark.parametrize("length", [24, 32, 64])
def test_keys_of_24_to_64_bytes_are_taken_with_or_without_padding(length: int) -> None:
    assert parse_keys(key(length), "soc") == parse_keys(key(length).rstrip("="), "soc")


@pytest.mark.parametrize(
    ("secret", "fault"),
    [
        ("", "the secret is empty"),
        (" , ", "the secret is empty"),
        ("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "does not begin with whsec_"),
        ("whsec_!!!!", "not base64"),
        ("whsec_Zürich", "not base64"),
        ("whsec_", "holds 0 bytes"),
        (key(23), "holds 23 bytes"),
        (key(65), "holds 65 bytes"),
        (f"{KEY} {key(3)}", "holds 3 bytes"),
    ],
)
def test_a_wrong_secret_is_refused_in_words_that_do_not_show_it(secret: str, fault: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_keys(secret, "soc")
    said = str(caught.value)
    assert said.startswith('channel "soc": ')
    assert fault in said
    assert "openssl rand -base64 32" in said
    assert "MfKQ9" not in said
