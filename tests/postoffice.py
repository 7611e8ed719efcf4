"""A loopback mail server that takes what it is handed, or refuses it as it is told."""

from __future__ import annotations

import asyncio
import base64
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class Office:
    """A running mail server.

    Attributes:
        replies: instead of "250 ok", by the first word of the command, or by the whole command;
            "" hangs up, "wait" never answers.
        tls: the server's certificate, for STARTTLS, or from the start if `implicit`.
        implicit: TLS from the first byte.
        port: on 127.0.0.1.
        mails: what was taken: the readers' addresses and the message.
        heard: every command.
    """

    replies: Mapping[str, str] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    implicit: bool = False
    port: int = 0
    mails: list[tuple[list[str], bytes]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One conversation."""
        try:
            await self._talk(reader, writer)
        except (OSError, EOFError):
            pass  # the other side has gone
        finally:
            writer.close()

    async def _talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        to: list[str] = []
        await self._say(writer, self.replies.get("hello", "220 ready"))
        while line := (await reader.readline()).decode().rstrip("\r\n"):
            self.heard.append(line)
            word = line.split(" ")[0].upper()
            reply = self.replies.get(line, self.replies.get(word))
            if reply == "wait":
                await asyncio.sleep(60)
            if word == "EHLO" and reply is None:
                starttls = "" if self.implicit or not self.tls else "250-STARTTLS\r\n"
                reply = f"250-office\r\n{starttls}250 AUTH PLAIN"
            if word == "STARTTLS":
                await self._say(writer, "220 go on")
                await writer.start_tls(self.tls)
                continue
            if word == "AUTH" and reply is None:
                told = base64.b64decode(line.split(" ")[-1])
                reply = "235 ok" if told == b"\0desk\0pass word" else "535 wrong password"
            if word == "RCPT" and reply is None:
                to.append(line[len("RCPT TO:<") :].rstrip(">"))
            if word == "DATA" and reply is None:
                await self._say(writer, "354 go on")
                text = await reader.readuntil(b"\r\n.\r\n")
                reply = self.replies.get("end", "250 taken as 1")
                if reply.startswith("250"):
                    self.mails.append((to, text[:-3].replace(b"\r\n..", b"\r\n.")))
            if reply == "":
                return
            await self._say(writer, reply or "250 ok")

    async def _say(self, writer: asyncio.StreamWriter, words: str) -> None:
        writer.write(words.encode() + b"\r\n")
        await writer.drain()


@contextmanager
def opened(office: Office) -> Iterator[Office]:
    """The server at work in a thread of its own."""
    ready = threading.Event()
    loop = asyncio.new_event_loop()
    ends: list[asyncio.Event] = []

    async def serve() -> None:
        ends.append(asyncio.Event())
        secure = office.tls if office.implicit else None
        server = await asyncio.start_server(office.talk, "127.0.0.1", 0, ssl=secure)
        office.port = server.sockets[0].getsockname()[1]
        ready.set()
        await ends[0].wait()
        server.close()
        others = asyncio.all_tasks() - {asyncio.current_task()}
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)

    thread = threading.Thread(target=lambda: loop.run_until_complete(serve()))
    thread.start()
    assert ready.wait(10)
    try:
        yield office
    finally:
        loop.call_soon_threadsafe(ends[0].set)
        thread.join(10)
        loop.close()
