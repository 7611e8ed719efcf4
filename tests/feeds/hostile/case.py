"""A path of a hostile server: what it sends, and what must come of it.

Every feed that can be read at all tells of one man, so that it is seen in the end whether he was
found. What cannot be read has the health, and the beginning of the reason, that are shown of it.
"""

from __future__ import annotations

import gzip
import zlib
from dataclasses import dataclass

from tests.servers import Reply
from watcher.source import Health

MAN = "Qasem Soleimani"
MANN = "قاسم سليماني"
ARABIC = f"اغتيال {MANN} في بغداد وقال القائد إن الحرب مستمرة ولن تتوقف"
PERSIAN = "سردار قاسم سلیمانی فرمانده نیروی قدس گفت که جنگ ادامه دارد"
RUSSIAN = "Генерал Касем Сулеймани был убит в Багдаде, сообщил представитель"
HEBREW = "קאסם סולימאני נהרג בבגדד אמר הדובר של הצבא"
TEXT = f"The general {MAN} was there."
XML = {"Content-Type": "application/rss+xml"}
SIZE = 10_000_000


@dataclass(frozen=True, slots=True)
class Case:
    """One path.

    Attributes:
        reply: what is answered.
        health: what must be said of it; by default that all is well.
        reason: how the reason must begin.
        finds: the man is found in it.
    """

    reply: Reply
    health: Health = Health.OK
    reason: str = ""
    finds: bool = True


def feed(text: str = TEXT, more: str = "") -> str:
    """A feed with one item."""
    return (
        "<?xml version='1.0'?><rss version='2.0'><channel><title>F</title>"
        f"<item><title>News</title><guid>g</guid><description>{text}</description>{more}</item>"
        "</channel></rss>"
    )


def good(body: str | bytes, status: int = 200, **headers: str) -> Case:
    """A feed that must be read, and the man found in it."""
    data = body.encode() if isinstance(body, str) else body
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Case(Reply(status, XML | named, data))


def bad(
    reply: Reply | str | bytes, health: Health, reason: str = "", *, finds: bool = False
) -> Case:
    """Something of which the operator must hear."""
    if not isinstance(reply, Reply):
        reply = Reply(200, XML, reply.encode() if isinstance(reply, str) else reply)
    return Case(reply, health, reason, finds)


def packed(data: bytes, *, times: int = 1) -> bytes:
    """Data packed by gzip."""
    for _ in range(times):
        data = gzip.compress(data, mtime=0)
    return data


def raw_deflate(data: bytes) -> bytes:
    """Data packed by deflate without a header."""
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()
