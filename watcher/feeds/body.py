"""What an item tells as plain text, however often its markup was wrapped."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping

from watcher.text import plain

MARKUP = re.compile(r"<[A-Za-z/!]|&[#A-Za-z]")
# Markup that shows after one unwrapping was wrapped twice; only what surely is markup.
WRAPPED = re.compile(
    r"</?(?:p|b|i|u|a|br|em|strong|span|div|font|img|ul|ol|li|td|tr|table|h[1-6]|script|style"
    r"|blockquote|figure|iframe|wbr|sup|sub|small|mark|center|section|article)(?:\s[^<>]*+)?/?>"
    r"|&(?:#\d{1,7}|#x[0-9a-f]{1,6}|amp|lt|gt|quot|apos|nbsp|shy|zwnj|zwj|rlm|lrm"
    r"|[lr][sd]quo|[mn]dash|hellip|laquo|raquo);",
    re.IGNORECASE,
)
LAYERS = 3  # of wrapping that are taken off
START = 60  # letters of a summary by which it is found in the content
WORDLESS = re.compile(r"[\W_]+")
PACKED = re.compile(r"[A-Za-z0-9+/\s]+={0,2}\s*")


def readable(value: str, given: Mapping[str, str], *, is_source: bool = False) -> str:
    """A field as plain text, one block a line.

    Args:
        value: the text of the field; the source of its tags, if `is_source`.
        given: the attributes of its tag.
        is_source: the value was not text but tags and text, references in it not resolved.
    """
    kind = given.get("type", "").strip().lower()
    if not is_source and _is_packed(kind, given):
        value = _unpacked(value)
    if not is_source and kind in {"text", "text/plain"} and not MARKUP.search(value):
        return value.strip()
    return unwrapped(plain(value))


def unwrapped(text: str) -> str:
    """Plain text without the markup that shows in it if it was wrapped more than once."""
    for _ in range(LAYERS):
        if not WRAPPED.search(text):
            break
        text = plain(text.replace("\n", "<br>"))
    return text


def compose(content: str, *others: str) -> str:
    """A text of one block a line: what else is told stands first, unless the content has it."""
    told = [content] if content else []
    known = _letters(content)
    for other in others:
        letters = _letters(other)
        if letters and letters[:START] not in known:
            told.insert(len(told) - 1 if content else len(told), other)
            known += letters
    return "\n".join(told)


def _letters(text: str) -> str:
    return WORDLESS.sub("", text)


def _is_packed(kind: str, given: Mapping[str, str]) -> bool:
    """Whether a field is base64: Atom 0.3 says so, Atom 1.0 (4.1.3.3) means it of other types."""
    if given.get("mode", "").lower() == "base64":
        return True
    is_text = "/" not in kind or kind.startswith("text/") or kind.endswith(("/xml", "+xml"))
    return not is_text


def _unpacked(value: str) -> str:
    """Text from base64; as it is if it is none."""
    if not PACKED.fullmatch(value):
        return value
    try:
        return base64.b64decode(value).decode("utf-8", "replace")
    except (binascii.Error, ValueError):
        return value
