"""One message handed to one mail server, through the same guarded door as all else, in time.

The conversation runs in a daemon thread: Python's own SMTP knows TLS, log-in and every odd reply,
but waits in its calls.
"""

from __future__ import annotations

import asyncio
import smtplib
import socket
import ssl
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from watcher.net.door import TRIED
from watcher.net.error import NetworkError, Trouble
from watcher.net.guard import Guard
from watcher.written import Secret


class Security(StrEnum):
    """How the line to a mail server is kept from others' eyes."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server.

    Attributes:
        host: its name, for the certificate as well.
        port: usually 587 with STARTTLS, 465 with TLS.
        security: of the line.
        user: to log in as; "" to send without.
        password: for that.
    """

    host: str
    port: int
    security: Security = Security.STARTTLS
    user: str = ""
    password: Secret | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """What is handed in.

    Attributes:
        sender: the address of the envelope.
        to: the addresses of the envelope.
        text: the message as bytes, header and all.
    """

    sender: str
    to: tuple[str, ...]
    text: bytes = field(repr=False)


class RefusedError(NetworkError):
    """The server does not take a message.

    Attributes:
        code: its SMTP reply; 400 to 499 may heal by itself.
        addressed: it speaks of this message or its readers, not of us or the server's state.
    """

    def __init__(self, message: str, *, code: int, addressed: bool) -> None:
        super().__init__(message, trouble=Trouble.REFUSED)
        self.code = code
        self.addressed = addressed


async def hand_in(
    relay: Relay, letter: Letter, guard: Guard, trust: ssl.SSLContext, deadline: timedelta
) -> str:
    """Hand a message to a server; its last reply, with who of the readers was refused.

    Args:
        relay: the server.
        letter: the message.
        guard: which addresses may be reached.
        trust: the certificates to trust.
        deadline: for all of it.

    Raises:
        RefusedError: the server does not take it.
        NetworkError: there is no server, or it does not keep to SMTP or to time.
    """
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str] = loop.create_future()
    talk = _Talk(relay, letter, trust, deadline.total_seconds())

    def work(addresses: Sequence[str]) -> None:
        told: str | Exception
        try:
            told = talk.hold(addresses)
        except Exception as error:  # noqa: BLE001 - carried over to whoever waits
            told = error
        with suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(_settle, answer, told)

    try:
        async with asyncio.timeout(deadline.total_seconds()):
            addresses = (await guard.admit(relay.host, relay.port))[:TRIED]
            threading.Thread(target=work, args=(addresses,), name="mail", daemon=True).start()
            return await answer
    except TimeoutError as error:
        message = f"{relay.host} took longer than {deadline.total_seconds():g} s"
        raise NetworkError(message, trouble=Trouble.TIMEOUT) from error
    finally:
        talk.hang_up()


def _settle(answer: asyncio.Future[str], told: str | Exception) -> None:
    """Give the outcome to whoever still waits for it."""
    if answer.done():
        return
    if isinstance(told, Exception):
        answer.set_exception(told)
    else:
        answer.set_result(told)


class _Talk:
    """The conversation with one server; it may be broken off from another thread."""

    def __init__(
        self, relay: Relay, letter: Letter, trust: ssl.SSLContext, patience_s: float
    ) -> None:
        self._relay = relay
        self._letter = letter
        self._trust = trust
        self._patience_s = patience_s
        self._line: _Line | None = None

    def hang_up(self) -> None:
        """Break off, wherever it waits; nothing if it is over."""
        if self._line is not None:
            with suppress(OSError):
                self._line.close()

    def hold(self, addresses: Sequence[str]) -> str:
        """Have the conversation with the first address that answers; the last reply."""
        *others, last = addresses
        for address in others:
            with suppress(OSError):
                return self._with(address)
        try:
            return self._with(last)
        except ssl.SSLError as error:
            told = getattr(error, "verify_message", "") or error.reason or str(error)
            message = f"TLS with {self._relay.host} failed: {told}"
            raise NetworkError(message, trouble=Trouble.TLS) from error
        except OSError as error:
            message = f"cannot reach {self._relay.host}: {error.strerror or error}"
            raise NetworkError(message, trouble=Trouble.UNREACHABLE) from error

    def _with(self, address: str) -> str:
        relay = self._relay
        context = self._trust if relay.security is Security.TLS else None
        self._line = line = _Line(address, relay.host, relay.port, context, self._patience_s)
        try:
            return self._speak(line)
        except smtplib.SMTPResponseException as error:
            words = _words(error.smtp_error)
            raise _refusal(relay.host, error.smtp_code, words, addressed=False) from error
        except smtplib.SMTPNotSupportedError as error:
            message = f"{relay.host}: {error}; check the channel's security and user"
            raise NetworkError(message, trouble=Trouble.NOT_HTTP) from error
        except smtplib.SMTPException as error:
            message = f"{relay.host} broke off: {error}"
            raise NetworkError(message, trouble=Trouble.RESET) from error
        finally:
            line.close()

    def _speak(self, line: _Line) -> str:
        relay, letter = self._relay, self._letter
        line.open()
        line.ehlo_or_helo_if_needed()
        if relay.security is Security.STARTTLS:
            line.starttls(context=self._trust)
            line.ehlo()
        if relay.user and relay.password:
            line.login(relay.user, relay.password.reveal())
        _expect(relay.host, line.mail(letter.sender), addressed=False)
        refused = [(to, reply) for to in letter.to if (reply := line.rcpt(to))[0] >= 300]
        if len(refused) == len(letter.to):
            _expect(relay.host, refused[0][1], addressed=True)
        reply = line.data(letter.text)
        _expect(relay.host, reply, addressed=True)
        with suppress(smtplib.SMTPException, OSError):  # it is taken: how they part is their affair
            line.quit()
        told = f"{reply[0]} {_words(reply[1])}".strip()
        return f"{told}; refused: {', '.join(to for to, _ in refused)}" if refused else told


class _Line(smtplib.SMTP):
    """A connection to a checked address, under the server's own name."""

    def __init__(
        self, address: str, host: str, port: int, context: ssl.SSLContext | None, patience_s: float
    ) -> None:
        super().__init__(local_hostname="localhost", timeout=patience_s)
        self._host = host
        self._goal = (address, port)
        self._context = context

    def open(self) -> None:
        """Connect, and hear the greeting."""
        code, words = self.connect(self._host, self._goal[1])
        if code != 220:
            raise smtplib.SMTPConnectError(code, words)

    def _get_socket(self, host: str, port: int, timeout: float) -> socket.socket:
        del host, port
        plain = socket.create_connection(self._goal, timeout)
        if self._context is None:
            return plain
        try:
            return self._context.wrap_socket(plain, server_hostname=self._host)
        except BaseException:
            plain.close()
            raise


def _expect(host: str, reply: tuple[int, bytes], *, addressed: bool) -> None:
    if reply[0] >= 300:
        raise _refusal(host, reply[0], _words(reply[1]), addressed=addressed)


def _refusal(host: str, code: int, words: str, *, addressed: bool) -> RefusedError:
    return RefusedError(f"{host} answered {code} {words}".strip(), code=code, addressed=addressed)


def _words(reply: bytes | str) -> str:
    text = reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply
    return " ".join(text.split())[:100]
