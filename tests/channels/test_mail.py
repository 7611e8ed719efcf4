"""Mail: what it says for any text, and what becomes of a refusal."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from hypothesis import given

from tests.alerts.samples import ARTICLE, HOSTILE, LINK, NOW, QUOTE, alert, alerts, delivery
from tests.postoffice import Office, opened
from watcher.alerts import About, Alert, Delivery, Digest, Event, write_notice
from watcher.channels import MailChannel
from watcher.channels.letter import write_letter
from watcher.errors import DeliveryError
from watcher.net import Guard, Relay, Security

FROM, TO = "watcher@example.org", ("desk@example.org", "night@example.org")


def read(content: object) -> EmailMessage:
    sent = Delivery(key="msg_1", channel="desk", content=content)
    letter = message_from_bytes(write_letter(sent, FROM, TO), policy=policy.default)
    assert isinstance(letter, EmailMessage)
    assert letter.defects == []
    return letter


def bodies(letter: EmailMessage) -> tuple[str, str]:
    """The text and the page."""
    text, page = letter.iter_parts()
    return "\n".join(text.get_content().splitlines()), page.get_content()


def channel(port: int) -> MailChannel:
    return MailChannel(
        name="desk",
        relay=Relay(host="127.0.0.1", port=port, security=Security.NONE),
        sender=FROM,
        to=TO,
        guard=Guard(("127.0.0.0/8",)),
        trust=ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT),
        deadline=timedelta(seconds=5),
    )


def test_an_alert_is_a_text_and_a_page() -> None:
    letter = read(alert())
    assert letter["Subject"] == "Qasem Soleimani · قاسم سليماني يجتمع بميليشيات عراقية"
    assert (letter["From"], letter["To"]) == (FROM, ", ".join(TO))
    assert letter["Message-ID"] == "<msg_1@example.org>"
    assert letter["Date"].datetime == NOW
    text, page = bodies(letter)
    assert "«قاسم سليماني»" in text
    assert text.endswith(LINK)
    assert f'<a href="{LINK.replace("&", "&amp;")}">' in page
    assert "<blockquote dir=auto>" in page
    assert "<b>قاسم سليماني</b>" in page


def test_a_repeat_is_the_same_byte_for_byte() -> None:
    assert write_letter(delivery(), FROM, TO) == write_letter(delivery(attempts=3), FROM, TO)


def test_a_digest_has_every_alert_and_a_notice_is_short() -> None:
    digest = read(Digest((alert(), alert(name="Esmail Qaani")), NOW))
    assert digest["Subject"] == "2 alerts"
    for body in bodies(digest):
        assert "Esmail Qaani" in body
        assert "Qasem Soleimani" in body
    notice = read(write_notice(Event.TROUBLE, About.SOURCE_FAILING, "<b>", "404 & gone", NOW))
    assert notice["Subject"] == "watcher: source failing <b>"
    text, page = bodies(notice)
    assert text.endswith("\n404 & gone")
    assert "404 &amp; gone" in page
    assert "<b>" not in page


@given(alerts)
def test_no_text_forges_a_header_or_a_tag(any_alert: Alert) -> None:
    letter = read(any_alert)
    assert set(letter.keys()) == {
        "Subject",
        "From",
        "To",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "MIME-Version",
        "Content-Type",
    }
    _, page = bodies(letter)
    hostile = page.replace('<!doctype html><meta charset="utf-8">', "")
    assert "<script" not in hostile
    assert "javascript:" not in hostile.partition("href=")[2][:20]


def test_hostile_words_are_words() -> None:
    quote = replace(QUOTE, before=HOSTILE, match="<script>alert(1)</script>")
    article = replace(ARTICLE, title="a\r\nBcc: x@evil.example", link="javascript:alert(1)")
    letter = read(alert(quote, article=article))
    assert letter["Bcc"] is None
    _, page = bodies(letter)
    assert "<script" not in page
    assert "href" not in page
    assert "href" not in bodies(read(alert(article=replace(article, link="http://[", title=""))))[1]


def test_it_is_handed_to_the_server_and_its_word_is_the_receipt() -> None:
    with opened(Office()) as office:
        assert asyncio.run(channel(office.port).send(delivery(), NOW)) == "250 taken as 1"
    ((to, text),) = office.mails
    assert to == list(TO)
    assert text == write_letter(delivery(), FROM, TO)


@pytest.mark.parametrize(
    ("replies", "permanent"),
    [({"RCPT": "550 nobody here"}, True), ({"RCPT": "450 later"}, False), ({"MAIL": "530"}, False)],
)
def test_what_speaks_of_the_message_is_final_and_all_else_may_heal(
    replies: dict[str, str], *, permanent: bool
) -> None:
    with opened(Office(replies)) as office, pytest.raises(DeliveryError) as caught:
        asyncio.run(channel(office.port).send(delivery(), NOW))
    assert (caught.value.permanent, caught.value.suspend) == (permanent, False)
    assert str(caught.value).startswith("desk: 127.0.0.1 answered ")


def test_a_digest_by_mail_has_room_for_all() -> None:
    assert channel(25).room([alert()] * 300) == 300
