"""From settings to channels."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest

from tests.channels.posting import CLIENT
from tests.channels.test_signing import KEY
from watcher.channels import (
    AppriseChannel,
    AppriseSettings,
    Channel,
    ChannelSettings,
    MailSettings,
    SlackChannel,
    SlackSettings,
    TerminalChannel,
    TerminalSettings,
    WebhookChannel,
    WebhookSettings,
    open_channels,
)
from watcher.channels import open as module
from watcher.channels.signing import parse_keys
from watcher.errors import ConfigError
from watcher.net import Guard, Relay, Security
from watcher.written import Secret, SecretRef

STREAM = StringIO()
HOOK = "https://hooks.example/services/T/B/secret"


def opened(
    settings: dict[str, ChannelSettings], environ: dict[str, str] | None = None
) -> dict[str, Channel]:
    return open_channels(
        settings, client=CLIENT, environ=environ or {}, stream=STREAM, guard=Guard()
    )


def test_each_kind_of_setting_opens_its_kind_of_channel(tmp_path: Path) -> None:
    (tmp_path / "soc-secret").write_text(f"{KEY}\n")
    channels = opened(
        {
            "screen": TerminalSettings(),
            "desk": SlackSettings(webhook=SecretRef(env="SLACK"), digest_over=7),
            "soc": WebhookSettings(
                url=SecretRef.openly("https://soc.example/hook"),
                secret=SecretRef(credential="soc-secret"),
            ),
            "open": WebhookSettings(
                url=SecretRef.openly("http://10.0.0.1:8080/"), digest_over=None
            ),
        },
        {"SLACK": HOOK, "CREDENTIALS_DIRECTORY": str(tmp_path)},
    )
    assert channels == {
        "screen": TerminalChannel(name="screen", stream=STREAM, digest_over=50),
        "desk": SlackChannel(name="desk", url=Secret(HOOK), client=CLIENT, digest_over=7),
        "soc": WebhookChannel(
            name="soc",
            url=Secret("https://soc.example/hook"),
            keys=parse_keys(KEY, "soc"),
            client=CLIENT,
            digest_over=50,
        ),
        "open": WebhookChannel(name="open", url=Secret("http://10.0.0.1:8080/"), client=CLIENT),
    }
    assert list(channels) == ["screen", "desk", "soc", "open"]


def test_every_missing_or_wrong_secret_is_said_at_once_and_none_is_shown() -> None:
    with pytest.raises(ConfigError) as caught:
        opened(
            {
                "screen": TerminalSettings(),
                "desk": SlackSettings(webhook=SecretRef(env="SLACK")),
                "typo": SlackSettings(webhook=SecretRef(env="TYPO")),
                "soc": WebhookSettings(
                    url=SecretRef.openly("https://soc.example/"), secret=SecretRef(env="KEY")
                ),
            },
            {"TYPO": "hooks.example/services/secret", "KEY": "whsec_c2hvcnQ="},
        )
    said = str(caught.value).split("\n")
    assert len(said) == 3
    assert said[0].startswith('channel "desk": the environment variable SLACK is not set')
    assert said[1].startswith('channel "typo": its address is not http or https')
    assert said[2].startswith('channel "soc": the secret holds 5 bytes')
    assert "services" not in str(caught.value)
    assert "c2hvcnQ" not in str(caught.value)


def test_mail_is_handed_to_the_operators_server(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("pass word\n")
    address = {"server": "[::1]:587", "from": "w@example.org", "to": ["a@example.org"]}
    kept = {"user": "desk", "password": {"file": str(tmp_path / "password")}}
    channels = opened(
        {
            "open": MailSettings.model_validate(address | {"security": "tls"}),
            "night": MailSettings.model_validate(address | kept),
        }
    )
    relay = Relay(host="::1", port=587, security=Security.TLS)
    logged_in = Relay(host="::1", port=587, user="desk", password=Secret("pass word"))
    assert [channel.relay for channel in channels.values()] == [relay, logged_in]
    assert "pass word" not in repr(channels)
    assert channels["night"].to == ("a@example.org",)
    assert channels["night"].digest_over == 50


def test_apprise_is_opened_where_it_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    settings = {"any": AppriseSettings(url=SecretRef(env="URL"))}
    monkeypatch.setattr(module, "find_spec", lambda _: object())
    (channel,) = opened(settings, {"URL": "json://a.example/"}).values()
    assert channel == AppriseChannel(name="any", url=Secret("json://a.example/"), digest_over=10)
    monkeypatch.setattr(module, "find_spec", lambda _: None)
    with pytest.raises(ConfigError, match=r'channel "any": Apprise is not installed; run: pip'):
        opened(settings, {"URL": "json://a.example/"})
