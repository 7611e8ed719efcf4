"""An alert as the JSON of a Slack message, within every limit for any text.

Limits: docs.slack.dev (blocks 50, header 150, section 3,000, text 4,000); that all blocks together
may hold about 13,200 characters is known from slackapi/bolt-js#2509 only. Where Slack does not say
what it counts, the largest reading is used: UTF-16 units of the whole JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace

from watcher.alerts import Excerpt, Message, account, isolate, plain
from watcher.channels.mrkdwn import bare_link, bold, escape, fit, link, silence, width

Block = dict[str, object]

MOST_BLOCKS = 50
HEADER = 150
TEXT = 4_000
ALL_BLOCKS = 11_800
_TITLE, _META, _AROUND, _MATCH, _WHY = 900, 600, 600, 400, 900
"""Units of UTF-16, escaped, that we show of each piece; together far below a section's 3,000."""


def to_blocks(message: Message) -> dict[str, object]:
    """The message in Block Kit, with a text for notifications beside it.

    Header, title as the link, source and time, then each quote in a block of its own, so that it
    runs in its own direction. What does not fit is counted in a last line.
    """
    blocks = [_head(message), *_article(message), context(_origin(message))]
    # Room for the last line is kept from the start.
    room = ALL_BLOCKS - sum(map(size, blocks)) - size(_more(len(message.excerpts)))
    shown = 0
    for excerpt in message.excerpts:
        pair = _quote(excerpt)
        room -= sum(map(size, pair))
        if room < 0 or len(blocks) + len(pair) >= MOST_BLOCKS:
            break
        blocks += pair
        shown += 1
    if left := len(message.excerpts) - shown:
        blocks.append(_more(left))
    return payload(_text(message), blocks)


def to_text(message: Message) -> dict[str, object]:
    """The message as text alone: what is sent when Slack does not take the blocks."""
    return payload(_text(message))


def payload(text: str, blocks: Sequence[Block] = ()) -> dict[str, object]:
    """What is posted: a text for notifications, or alone, and the blocks if there are any.

    Args:
        text: escaped, within `TEXT`.
        blocks: within all limits.
    """
    shown = {"blocks": list(blocks)} if blocks else {}
    return {"text": text, **shown, "unfurl_links": False, "unfurl_media": False}


def header(title: str) -> Block:
    """A title of plain text, within `HEADER`."""
    return {"type": "header", "text": {"type": "plain_text", "text": title, "emoji": False}}


def section(text: str) -> Block:
    """A paragraph of escaped text."""
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def context(text: str) -> Block:
    """A small line of escaped text."""
    element = {"type": "mrkdwn", "text": text, "verbatim": True}
    return {"type": "context", "elements": [element]}


def size(block: Block) -> int:
    """What a block takes of `ALL_BLOCKS`."""
    return width(json.dumps(block, ensure_ascii=False))


def _text(message: Message) -> str:
    # Escaped with the words, an address would get look-alikes too, and lead elsewhere.
    address = bare_link(message.link)
    words = plain(replace(message, link="") if address else message)
    return "\n".join(filter(None, (escape(fit(words, TEXT - width(address) - 1)), address)))


def _head(message: Message) -> Block:
    # Escaped text is never shorter than plain text, so what fits escaped fits plain.
    name = fit(message.entity, HEADER - 45)
    told = (message.grave, isolate(silence(name)), message.sureness)
    return header(" · ".join(filter(None, told)))


def _article(message: Message) -> list[Block]:
    title = escape(fit(message.title, _TITLE)) or "no title"
    return [section(link(message.link, isolate(title)))]


def _origin(message: Message) -> str:
    tags = ", ".join(message.tags)
    rule = f"rule {isolate(message.rule)}"
    pieces = (message.origin, rule, tags, f"score {message.score}", message.known)
    return escape(fit(" · ".join(filter(None, pieces)), _META))


def _quote(excerpt: Excerpt) -> list[Block]:
    before = escape(_fit_end(excerpt.before, _AROUND))
    match = bold(escape(fit(excerpt.match, _MATCH)))
    after = escape(fit(excerpt.after, _AROUND))
    quoted = isolate(f"{before}{match}{after}".strip() or "…")
    why = escape(fit(account(excerpt), _WHY))
    return [section(quoted), context(why)] if why else [section(quoted)]


def _fit_end(text: str, limit: int) -> str:
    return fit(text[::-1], limit)[::-1]


def _more(count: int) -> Block:
    return context(f"and {count} more in the same article")
