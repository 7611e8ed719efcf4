"""XML as the web writes it, read in one pass, in time linear to its length whatever it holds.

Parsers of XML give up at the first bare `&`; those that go on are quadratic on attributes, comments
or depth. A feed needs neither trees nor rules: marks in their order are enough, and what is no mark
is text. No entity is ever expanded here, so nothing can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import Enum
from html.entities import html5
from typing import NamedTuple

START = re.compile(r"<(?=[A-Za-z_/!?]|\Z)")
TAG = re.compile(r"""<(/?)([A-Za-z_][^\s<>/="']*+)((?:[^<>"']++|"[^"<]*+"|'[^'<]*+')*+)>""")
LOOSE = re.compile(r"<(/?)([A-Za-z_][^\s<>/=\"']*+)([^<>]*+)>?")  # quotes that never end
ATTRIBUTE = re.compile(r"""([^\s=/"'<>]++)\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"']++)""")
REFERENCE = re.compile(r"&(#[0-9]{1,9}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z][A-Za-z0-9]{0,40});")
ITEM_END = re.compile(r"</(?:[A-Za-z]\w{0,20}:)?(?:item|entry)\s*>", re.IGNORECASE)
CDATA = "<![CDATA["
COMMENT = "<!--"
ATTRIBUTES = 200  # of one tag that are looked at


class Kind(Enum):
    """What a mark is."""

    OPEN = "open"
    CLOSE = "close"
    TEXT = "text"
    CDATA = "cdata"


class Mark(NamedTuple):
    """One piece of a document.

    Attributes:
        kind: what it is.
        name: of a tag, as written; "" for text.
        said: the text, references not resolved; of an opening tag, what stands behind its name.
        start: where it begins.
        end: where the next one begins.
    """

    kind: Kind
    name: str
    said: str
    start: int
    end: int

    @property
    def is_empty(self) -> bool:
        """An opening tag that closes itself."""
        return self.kind is Kind.OPEN and self.said.endswith("/")


def marks(source: str) -> Iterator[Mark]:
    """The tags and texts of a document in their order; comments and declarations are left out."""
    return iter(Scanner(source))


def attributes(said: str) -> dict[str, str]:
    """The attributes of an opening tag by lower-case name, the first of each, resolved."""
    found: dict[str, str] = {}
    for number, match in enumerate(ATTRIBUTE.finditer(said)):
        if number == ATTRIBUTES:
            break
        value = match[2]
        bare = value[1:-1] if value[0] in {'"', "'"} else value.removesuffix("/")
        found.setdefault(match[1].lower(), resolve(bare))
    return found


def resolve(text: str) -> str:
    """Text with its character references resolved; one that means nothing stays as it is.

    Only complete references count: in an address, `&copy=1` is no copyright sign.
    """
    return REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    said = reference[1]
    if not said.startswith("#"):
        return html5.get(f"{said};", reference[0])
    digits = said[1:].lower()
    number = int(f"0{digits}", 16) if digits[0] == "x" else int(digits)
    if 0x80 <= number < 0xA0:  # HTML 5, 13.2.5.80: Windows' letters are meant
        return bytes([number]).decode("cp1252", "replace")
    is_one = number in {9, 10, 13} or 32 <= number < 0xD800 or 0xE000 <= number < 0x110000
    return chr(number) if is_one else "\ufffd"


class Scanner:
    """One pass over a document, which gives its marks in their order.

    Args:
        source: the document.
        at: where to begin.

    Attributes:
        at: where to go on; may be set to a place further on.
    """

    def __init__(self, source: str, at: int = 0) -> None:
        self.at = at
        self._source = source
        self._next: dict[str, int] = {}  # where each closing mark was found last; never twice

    def __iter__(self) -> Iterator[Mark]:
        source = self._source
        while found := START.search(source, self.at):
            at, start = self.at, found.start()
            if start > at:
                self.at = start
                yield Mark(Kind.TEXT, "", source[at:start], at, start)
                if self.at > start:
                    continue
            mark = self._tag(start) or self._other(start)
            self.at = mark.end
            if mark.said or mark.name:
                yield mark
        if self.at < len(source):
            yield Mark(Kind.TEXT, "", source[self.at :], self.at, len(source))

    def _tag(self, start: int) -> Mark | None:
        match = TAG.match(self._source, start) or LOOSE.match(self._source, start)
        if match is None:
            return None
        kind = Kind.CLOSE if match[1] else Kind.OPEN
        return Mark(kind, match[2], match[3], start, match.end())

    def _other(self, start: int) -> Mark:
        """What begins with `<` and is no tag."""
        if self._source.startswith(CDATA, start):
            return self._cdata(start)
        if self._source.startswith(COMMENT, start):  # one without an end hides nothing
            after = self._after("-->", start + 2) or start + len(COMMENT)
        else:
            closing = "?>" if self._source.startswith("<?", start) else ">"
            after = self._after(closing, start + 2) or self._after(">", start + 2)
        return Mark(Kind.TEXT, "", "", start, after or len(self._source))

    def _cdata(self, start: int) -> Mark:
        """Text that is taken as it is; one without an end ends where its item or element does."""
        inner = start + len(CDATA)
        end = self._find("]]>", inner)
        limit = end if end >= 0 else len(self._source)
        over = ITEM_END.search(self._source, inner, limit)
        if over:
            stop = self._source.rfind("</", inner, over.start())
            stop = stop if stop >= 0 else over.start()
            return Mark(Kind.CDATA, "", self._source[inner:stop], start, stop)
        after = limit + len("]]>") if end >= 0 else limit
        return Mark(Kind.CDATA, "", self._source[inner:limit], start, after)

    def _after(self, closing: str, start: int) -> int:
        """The place behind the next closing mark; 0 if there is none any more."""
        found = self._find(closing, start)
        return found + len(closing) if found >= 0 else 0

    def _find(self, closing: str, start: int) -> int:
        """The place of the next closing mark; -1 if there is none any more."""
        known = self._next.get(closing, 0)
        if 0 <= known < start or closing not in self._next:
            known = self._next[closing] = self._source.find(closing, start)
        return known
