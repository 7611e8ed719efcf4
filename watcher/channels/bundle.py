"""A digest and a notice as the JSON of a Slack message, within every limit for any text.

Each alert of a digest has a block of its own, and none is left out: how many go into one digest is
asked here first (`room`).
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from watcher.alerts import Alert, Digest, Message, Notice, amount, compose, isolate
from watcher.channels.blocks import (
    ALL_BLOCKS,
    HEADER,
    MOST_BLOCKS,
    TEXT,
    Block,
    header,
    payload,
    section,
    size,
)
from watcher.channels.mrkdwn import bold, escape, fit, link, silence

_NAME, _MATCH, _TITLE, _ORIGIN, _WORDS = 120, 120, 240, 160, 2_400
"""Units of UTF-16, escaped, that we show of each piece."""

_SHORTEST = 40
"""Units for each alert in the text that goes alone: a name and the beginning of a title."""


def digest_blocks(digest: Digest) -> dict[str, object]:
    """The digest in Block Kit, with a text for notifications beside it."""
    blocks = [_title(len(digest.alerts)), *map(_line, map(compose, digest.alerts))]
    return payload(_digest_text(digest), blocks)


def digest_text(digest: Digest) -> dict[str, object]:
    """The digest as text alone: every alert is in it, the longer ones cut short."""
    return payload(_digest_text(digest))


def notice_blocks(notice: Notice) -> dict[str, object]:
    """The notice in Block Kit, with a text for notifications beside it."""
    title = header(silence(fit(notice.headline, HEADER)))
    words = escape(fit(notice.words, _WORDS)) or "…"
    return payload(_notice_text(notice), [title, section(isolate(words))])


def notice_text(notice: Notice) -> dict[str, object]:
    """The notice as text alone."""
    return payload(_notice_text(notice))


def room(alerts: Sequence[Alert]) -> int:
    """How many of these, from the first one on, fit into one digest."""
    fixed = size(_title(len(alerts)))
    # Two units more for each: what parts it from the next, and the brackets around all.
    sizes = accumulate((size(_line(compose(alert))) + 2 for alert in alerts), initial=fixed + 2)
    fitting = sum(each <= ALL_BLOCKS for each in sizes) - 1
    return min(fitting, MOST_BLOCKS - 1, TEXT // _SHORTEST)


def _title(count: int) -> Block:
    return header(amount(count, "alert"))


def _line(message: Message) -> Block:
    """One alert: who, how sure, in which words, and the article as a link."""
    who = bold(escape(fit(message.entity, _NAME)))
    match = escape(fit(message.excerpts[0].match, _MATCH)).strip()
    title = isolate(escape(fit(message.title, _TITLE)) or "no title")
    origin = escape(fit(message.origin, _ORIGIN))
    first = " · ".join(filter(None, (isolate(who), str(message.sureness), isolate(match))))
    rest = " · ".join(filter(None, (link(message.link, title), origin)))
    return section(f"{first}\n{rest}")


def _digest_text(digest: Digest) -> str:
    count = len(digest.alerts)
    title = f"{amount(count, 'alert')}:"
    each = max(_SHORTEST, TEXT - len(title)) // count - 1
    lines = [_short(compose(alert), each) for alert in digest.alerts]
    return "\n".join([title, *lines])


def _short(message: Message, limit: int) -> str:
    return escape(fit(f"{isolate(message.entity)}: {isolate(message.title)}", limit))


def _notice_text(notice: Notice) -> str:
    words = f"{notice.headline}\n{isolate(notice.words)}".strip()
    return escape(fit(words, TEXT))
