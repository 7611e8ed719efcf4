from __future__ import annotations

import pytest
from pydantic import ValidationError

from watcher.channels.settings import (
    MailSettings,
    SlackSettings,
    TerminalSettings,
    WebhookSettings,
)
from watcher.net import Security
from watcher.written import Secret, SecretRef


def test_a_channel_digests_above_fifty_unless_told_otherwise():
    assert TerminalSettings().digest_over == 50
    assert TerminalSettings(digest_over=None).digest_over is None
    assert TerminalSettings.model_validate({"digest_over": "none"}).digest_over is None
    assert TerminalSettings.model_validate({"digest_over": "7"}).digest_over == 7


def test_an_address_may_be_written_or_kept():
    written = WebhookSettings.model_validate({"url": "https://soc.example/hook"})
    assert written.url.resolve({}) == Secret("https://soc.example/hook")
    assert written.secret is None
    kept = SlackSettings.model_validate({"webhook": {"env": "HOOK"}})
    assert kept.webhook == SecretRef(env="HOOK")
    assert kept.webhook.resolve({"HOOK": "https://hooks.example/x"}).reveal() == (
        "https://hooks.example/x"
    )


@pytest.mark.parametrize("address", ["hooks.example/T0/secret", "ftp://a.b", "https://"])
def test_an_address_that_is_none_is_refused_without_repeating_it(address):
    with pytest.raises(ValidationError, match="this is not an http or https address"):
        WebhookSettings.model_validate({"url": address})


@pytest.mark.parametrize("key", ["hunter2", "whsec_abc", "whsec_!!!!"])
def test_a_key_that_cannot_sign_is_refused_without_repeating_it(key):
    with pytest.raises(ValidationError, match="write whsec_ and the base64 of") as error:
        WebhookSettings.model_validate({"url": "https://soc.example/hook", "secret": key})
    assert key not in error.value.errors()[0]["msg"]
    kept = {"url": "https://soc.example/hook", "secret": {"env": "KEY"}}
    assert WebhookSettings.model_validate(kept).secret == SecretRef(env="KEY")


def test_a_mail_server_and_addresses_are_read():
    mail = MailSettings.model_validate(
        {"server": "mail.example:587", "from": "w@example.org", "to": "desk@example.org"}
    )
    assert (mail.server, mail.security, mail.user) == (
        "mail.example:587",
        Security.STARTTLS,
        None,
    )
    assert (mail.sender, mail.to) == ("w@example.org", ("desk@example.org",))


@pytest.mark.parametrize(
    ("key", "value", "says"),
    [
        ("server", "mail.example", "is no mail server; write host:port, as mail.example:587"),
        ("server", "mail.example:70000", "is no mail server"),
        ("server", ":25", "is no mail server"),
        ("to", "desk", "is no address of mail; write desk@example.org"),
        ("to", ["Desk <desk@example.org>"], "is no address of mail"),
        ("from", "a@b@c", "is no address of mail"),
        ("security", "ssl", "starttls"),
        ("to", [], "at least 1"),
    ],
)
def test_what_is_no_server_or_address_is_refused(key, value, says):
    mail = {"server": "mail.example:587", "from": "w@example.org", "to": "desk@example.org"}
    with pytest.raises(ValidationError, match=says):
        MailSettings.model_validate(mail | {key: value})
