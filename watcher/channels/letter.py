"""Alerts, digests and notices as mail: plain text, and the same as a page, for any text.

The same content makes the same bytes at every attempt, `Message-ID` included, so a mailbox that
gets a repeat can tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from html import escape
from typing import assert_never
from urllib.parse import urlsplit

from watcher.alerts import (
    Alert,
    Delivery,
    Digest,
    Excerpt,
    Message,
    Notice,
    account,
    amount,
    compose,
    plain,
    shorten,
    unmark,
)

_SUBJECT = 200
"""Code points of a subject; more is cut off by every reader of mail."""


def write_letter(delivery: Delivery, sender: str, to: Sequence[str]) -> bytes:
    """The whole message, header and all.

    Args:
        delivery: what is sent.
        sender: an address.
        to: addresses.
    """
    subject, at, text, page = _compose(delivery)
    letter = EmailMessage(policy=SMTP)
    letter["Subject"] = shorten(unmark(subject), _SUBJECT)
    letter["From"] = sender
    letter["To"] = ", ".join(to)
    letter["Date"] = format_datetime(at)
    letter["Message-ID"] = f"<{delivery.key}@{sender.rpartition('@')[2]}>"
    letter["Auto-Submitted"] = "auto-generated"
    letter.set_content(text, cte="base64")
    letter.add_alternative(page, subtype="html", cte="base64")
    # The library draws lots for the boundary; a repeat shall be the same.
    letter.set_boundary(f"={delivery.key}=")
    return letter.as_bytes()


def _compose(delivery: Delivery) -> tuple[str, datetime, str, str]:
    """Subject, date, text and page."""
    match delivery.content:
        case Alert() as alert:
            message = compose(alert)
            subject = " · ".join(filter(None, (message.grave, message.entity, message.title)))
            return subject, alert.raised, plain(message), _page([_alert_html(message)])
        case Digest(alerts=alerts, made=made):
            messages = list(map(compose, alerts))
            text = "\n\n".join(map(plain, messages))
            return amount(len(alerts), "alert"), made, text, _page(map(_alert_html, messages))
        case Notice() as notice:
            words = f"{notice.headline}\n{notice.words}"
            page = _page([f"<h3>{_text(notice.headline)}</h3><p>{_text(notice.words)}</p>"])
            return notice.headline, notice.raised, words, page
        case _:
            assert_never(delivery.content)


def _page(parts: Iterable[str]) -> str:
    return f'<!doctype html><meta charset="utf-8"><body>{"<hr>".join(parts)}</body>'


def _alert_html(message: Message) -> str:
    pieces = (message.grave, f"<bdi>{_text(message.entity)}</bdi>", message.sureness)
    head = " · ".join(filter(None, pieces))
    told = " · ".join(filter(None, (message.origin, message.rule, message.known)))
    quotes = "".join(map(_quote, message.excerpts))
    return f"<h3>{head}</h3><p dir=auto>{_title(message)}</p><p>{_text(told)}</p>{quotes}"


def _title(message: Message) -> str:
    title = _text(message.title) or "no title"
    if _is_web(message.link):
        return f'<a href="{escape(message.link, quote=True)}">{title}</a>'
    return title


def _is_web(link: str) -> bool:
    try:
        return urlsplit(link).scheme in {"http", "https"}
    except ValueError:
        return False


def _quote(excerpt: Excerpt) -> str:
    said = f"{_text(excerpt.before)}<b>{_text(excerpt.match)}</b>{_text(excerpt.after)}"
    why = _text(account(excerpt))
    return f"<blockquote dir=auto>{said}</blockquote><p><small>{why}</small></p>"


def _text(words: str) -> str:
    return escape(words)
