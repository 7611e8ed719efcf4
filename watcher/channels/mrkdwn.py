"""Text that Slack shows as it stands: nothing in it formats, links, or rings anybody.

Slack escapes only `&`, `<` and `>`; its formatting characters have no escape, so look-alikes stand
in for them. Source: docs.slack.dev "Formatting message text"; the look-alikes are those of
the jsx-slack project's notes.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_ALIKE = str.maketrans({"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"})
_ANGLES = str.maketrans({"<": "‹", ">": "›"})
_EVERYBODY = "here|channel|everyone|group"
_RINGING = re.compile(rf"(?<=<)(?=[!@#])|(?<=@)(?={_EVERYBODY})", re.IGNORECASE)
_UNSAFE = re.compile(rf"[\s<>|\"`\\^{{}}]|@(?={_EVERYBODY})", re.IGNORECASE)
_BREAK = "\u200b"
"""Zero width: nobody sees it, and no parser reads across it."""
_LONGEST_URL = 2000
ELLIPSIS = "…"


def escape(text: str) -> str:
    """Text for a `mrkdwn` field."""
    neutral = _RINGING.sub(_BREAK, text).translate(_ALIKE)
    return neutral.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def silence(text: str) -> str:
    """Text for a `plain_text` field, where Slack promises to read nothing into it.

    The signs of its links stand as look-alikes all the same, and a mention of everybody is broken
    up invisibly: where the text is shown again (notifications, previews) is not ours to see.
    """
    return _RINGING.sub(_BREAK, text).translate(_ANGLES)


def link(url: str, label: str) -> str:
    """A link in a `mrkdwn` field; only the label where Slack could not follow the address.

    Args:
        url: any; what would end or bend the link is percent-encoded.
        label: already escaped.
    """
    safe = _address(url)
    return f"<{safe}|{label}>" if safe else label


def bare_link(url: str) -> str:
    """A link that shows its address, whole and unbent; "" where Slack could not follow it."""
    safe = _address(url)
    return f"<{safe}>" if safe else ""


def bold(text: str) -> str:
    """Escaped text in bold, also in the middle of a word; "" stays ""."""
    inner = text.strip()
    return f"{_BREAK}*{inner}*{_BREAK}" if inner else ""


def width(text: str) -> int:
    """Characters as Slack may count them at worst: UTF-16 units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fit(text: str, limit: int) -> str:
    """The longest beginning of unescaped text whose escaped form is within the limit.

    Ends with "…" if it was cut. No escape sequence and no pair of UTF-16 units is cut in two.
    """
    if width(escape(text)) <= limit:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        cut = escape(text[:middle] + ELLIPSIS)
        low, high = (middle, high) if width(cut) <= limit else (low, middle - 1)
    return text[:low] + ELLIPSIS


def _address(url: str) -> str:
    """An address as it stands in a link; "" if it is none of the web or too long."""
    safe = _UNSAFE.sub(lambda found: quote(found[0]), url).replace("&", "&amp;")
    return safe if width(safe) <= _LONGEST_URL and _is_web(url) else ""


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)
