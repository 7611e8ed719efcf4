"""A message handed to a mail server of ours, over real sockets."""

from __future__ import annotations

import asyncio
import ssl
from datetime import timedelta
from pathlib import Path

import pytest

from tests.postoffice import Office, opened
from tests.servers import unused_port
from watcher.net import Guard, Letter, NetworkError, RefusedError, Relay, Security, Trouble, hand_in
from watcher.written import Secret

PEM = Path(__file__).with_name("feeds.example.pem")
TEXT = b"Subject: x\r\n\r\n.dot\r\nend\r\n"
LETTER = Letter("watcher@example.org", ("a@example.org", "b@example.org"), TEXT)
TRUST = ssl.create_default_context(cafile=PEM)


async def home(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.1",)


async def twice(host: str, port: int) -> tuple[str, ...]:
    return ("127.0.0.2", "127.0.0.1")


def certificate() -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(PEM)
    return context


def relay(office: Office, security: Security = Security.NONE, password: str = "") -> Relay:
    return Relay(
        host="feeds.example",
        port=office.port,
        security=security,
        user="desk" if password else "",
        password=Secret(password) if password else None,
    )


def hand(
    to: Relay,
    resolve=home,
    letter: Letter = LETTER,
    trust: ssl.SSLContext = TRUST,
    seconds: float = 5,
) -> str:
    guard = Guard(("127.0.0.0/8",), resolve=resolve)
    return asyncio.run(hand_in(to, letter, guard, trust, timedelta(seconds=seconds)))


def trouble(to: Relay, **more) -> NetworkError:
    with pytest.raises(NetworkError) as caught:
        hand(to, **more)
    return caught.value


def test_a_message_arrives_byte_for_byte_with_the_servers_last_word():
    with opened(Office()) as office:
        assert hand(relay(office)) == "250 taken as 1"
    assert office.mails == [(["a@example.org", "b@example.org"], TEXT)]
    assert office.heard[1] == "mail FROM:<watcher@example.org>"


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_the_line_is_secured_and_the_name_of_the_server_is_proven(security):
    office = Office(tls=certificate(), implicit=security is Security.TLS)
    with opened(office):
        assert hand(relay(office, security, "pass word")) == "250 taken as 1"
        wrong = Relay(host="other.example", port=office.port, security=security)
        told = trouble(wrong)
        assert (told.trouble, "TLS with other.example failed" in str(told)) == (Trouble.TLS, True)
    assert len(office.mails) == 1


def test_no_word_is_said_in_the_clear_where_a_secure_line_was_asked_for():
    with opened(Office()) as office:
        told = trouble(relay(office, Security.STARTTLS, "pass word"))
    assert "STARTTLS" in str(told)
    assert [line.split(" ")[0].lower() for line in office.heard] == ["ehlo"]


def test_a_wrong_password_is_the_servers_affair_and_may_heal():
    with opened(Office(tls=certificate())) as office:
        told = trouble(relay(office, Security.STARTTLS, "wrong"))
    assert isinstance(told, RefusedError)
    assert (told.code, told.addressed) == (535, False)
    assert "wrong password" in str(told)


def test_a_reader_who_is_refused_keeps_the_mail_from_no_other():
    refusals = {"rcpt TO:<a@example.org>": "550 nobody here"}
    with opened(Office(refusals)) as office:
        assert hand(relay(office)) == "250 taken as 1; refused: a@example.org"
    assert [to for to, _ in office.mails] == [["b@example.org"]]


@pytest.mark.parametrize(
    ("replies", "code", "addressed"),
    [
        ({"RCPT": "550 nobody here"}, 550, True),
        ({"RCPT": "450 later"}, 450, True),
        ({"end": "552 too large"}, 552, True),
        ({"MAIL": "530 log in first"}, 530, False),
        ({"hello": "554 go away"}, 554, False),
        ({"DATA": "451 later"}, 451, False),
    ],
)
def test_a_refusal_says_whom_it_speaks_of(replies, code, *, addressed):
    with opened(Office(replies)) as office:
        told = trouble(relay(office))
    assert isinstance(told, RefusedError)
    assert (told.code, told.addressed) == (code, addressed)
    assert str(told).startswith(f"feeds.example answered {code} ")


@pytest.mark.parametrize("replies", [{"MAIL": ""}, {"hello": "garbage"}, {"EHLO": "500 what"}])
def test_a_server_that_does_not_keep_to_the_protocol_is_said(replies):
    with opened(Office(replies | {"HELO": "500 what"})) as office:
        told = trouble(relay(office))
    assert "feeds.example" in str(told)


def test_a_server_that_leaves_without_a_word_has_taken_the_mail():
    with opened(Office({"QUIT": ""})) as office:
        assert hand(relay(office)) == "250 taken as 1"


@pytest.mark.parametrize("resolve", [home, twice])
def test_nobody_there_is_said(resolve):
    told = trouble(Relay(host="feeds.example", port=unused_port()), resolve=resolve)
    assert told.trouble is Trouble.UNREACHABLE


def test_of_several_addresses_the_first_that_answers_is_taken():
    with opened(Office()) as office:
        assert hand(relay(office), resolve=twice) == "250 taken as 1"


def test_a_private_server_must_be_opened_by_the_operator():
    with opened(Office()) as office, pytest.raises(NetworkError, match=r"network\.allow_private"):
        asyncio.run(hand_in(relay(office), LETTER, Guard((), resolve=home), TRUST, timedelta(5)))
    assert office.heard == []


def test_a_server_that_stands_still_is_left_in_time():
    with opened(Office({"EHLO": "wait"})) as office:
        told = trouble(relay(office), seconds=0.3)
    assert (told.trouble, str(told)) == (Trouble.TIMEOUT, "feeds.example took longer than 0.3 s")
