"""HTML to plain text, in time linear to its length whatever it holds.

Feeds and pages are written by strangers. The parsers at hand are quadratic on unclosed comments or
attributes, or build a tree that costs fifty times the text; a name needs neither. One pass over the
source finds tags and text; the text comes out as a browser would show it: blocks end lines, white
space collapses, cells are parted by tabs, what is hidden is left out, and a name cut by inline tags
stays in one piece.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import unescape

# fmt: off
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd",
    "details", "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer",
    "form", "h1", "h2", "h3", "h4", "h5", "h6", "head", "header", "hgroup", "hr", "html",
    "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option", "p", "pre", "search",
    "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul",
})
# HTML standard, 13.1.2: these have no end tag
VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param",
    "source", "track", "wbr",
})
# fmt: on
CELLS = frozenset({"td", "th"})
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
DROPPED = frozenset({"template", "noscript", "object", "select", "svg", "math", "rp", "rt"})
REOPENED = frozenset({"p", "li", "dd", "dt", "tr", "td", "th"})  # opening one closes the last

CDATA = "<![CDATA["
NAME = re.compile(r"/?[A-Za-z][^\s/>]*+")
ATTRIBUTE = re.compile(
    r"""[\s/]*+([^\s/>][^\s/>=]*+)(?:\s*+=\s*+("[^"]*+"|'[^']*+'|[^\s>"'][^\s>]*+|))?"""
)
SPACE = re.compile(r"[ \t\n\r\f]+")
LINE_END = re.compile(r"\r\n?")
UNDISPLAYED = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
HUGE_REFERENCE = re.compile(r"&#(?:\d{8,}|[xX][0-9a-fA-F]{7,});?")  # no such character exists
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
LD_PUBLISHED = re.compile(r'"datePublished"\s*:\s*"([^"]{4,40})"')

PUBLISHED_NAMES = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "dc.date.issued",
    "dc.date",
    "pubdate",
    "date",
)
LANGUAGE_NAMES = ("content-language", "og:locale")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a person would read on a page, and what it says about itself.

    Attributes:
        text: plain text, one block a line, cells parted by tabs; no markup.
        title: one line; "" if it has none.
        language: a BCP 47 tag such as "ar" or "fa-IR"; "" if not said.
        published: when it says it appeared, in UTC; None if not said.
    """

    text: str
    title: str = ""
    language: str = ""
    published: datetime | None = None


def parse_html(source: str) -> Page:
    """Read a whole page. Never raises; what is not HTML is simply text."""
    reader = _Reader()
    reader.read(source)
    return Page(
        text=reader.text(),
        title=_line(reader.meta.get("og:title", "") or reader.title or reader.heading()),
        language=_language(reader),
        published=_published(reader),
    )


def plain(fragment: str) -> str:
    """The text of a piece of HTML, such as a feed's summary; one block a line. Never raises."""
    if "<" not in fragment and "&" not in fragment:
        return _line(fragment)
    reader = _Reader()
    reader.read(fragment)
    return reader.text()


def parse_moment(value: str) -> datetime | None:
    """A time in ISO 8601 as an aware time in UTC; UTC is meant where no zone is given.

    Returns:
        None if it is no such time.
    """
    try:
        moment = datetime.fromisoformat(value.strip())
        if moment.tzinfo is None:
            return moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


@dataclass(slots=True)
class _Reader:
    """One pass over a source: what has been read so far."""

    meta: dict[str, str] = field(default_factory=dict)
    title: str = ""
    language: str = ""
    moment: str = ""
    _parts: list[str] = field(default_factory=list)
    _gap: str = ""
    _hidden: str = ""
    _depth: int = 0
    _pre: int = 0
    _h1: tuple[int, int] = (0, 0)

    def text(self) -> str:
        """All text that a person would see."""
        return "".join(self._parts)

    def heading(self) -> str:
        """The text of the first heading."""
        return "".join(self._parts[slice(*self._h1)])

    def read(self, source: str) -> None:
        """Walk over tags and text once, from start to end."""
        at = 0
        while (start := source.find("<", at)) >= 0:
            match = NAME.match(source, start + 1)
            if match is None:
                at = self._skip(source, at, start)
                continue
            self._say(source[at:start])
            name, at = match[0].lower(), match.end()
            attributes, at = _attributes(source, at)
            if name.startswith("/"):
                self._close(name[1:])
            elif name in RAW:
                at = self._swallow(source, at, name, attributes)
            else:
                self._open(name, attributes)
        self._say(source[at:])

    def _skip(self, source: str, at: int, start: int) -> int:
        """Pass a comment, a declaration, or a `<` that is only a character; where to go on."""
        if source.startswith(CDATA, start):  # feeds wrap twice: what is inside is meant to be read
            self._say(source[at:start])
            return start + len(CDATA)
        for opening, closing in (("<!--", "-->"), ("<!", ">"), ("<?", ">"), ("</", ">")):
            if source.startswith(opening, start):
                self._say(source[at:start])
                return _after(source, closing, start + 2)
        self._say(source[at : start + 1])
        return start + 1

    def _swallow(self, source: str, at: int, name: str, attributes: Mapping[str, str]) -> int:
        """Pass an element that holds no markup, keeping a title; where to go on."""
        end = re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE).search(source, at)
        content = source[at : end.start()] if end else source[at:]
        if name == "title" and not self.title and not self._hidden:
            self.title = _characters(content)
        if name == "script" and "ld+json" in attributes.get("type", ""):
            found = LD_PUBLISHED.search(content)
            self.meta.setdefault("datepublished", found[1] if found else "")
        if name in BLOCKS:
            self._part("\n")
        return _after(source, ">", end.start()) if end else len(source)

    def _open(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._hidden:
            if name != self._hidden:
                return
            if name not in REOPENED:
                self._depth += 1
                return
            self._hidden = ""
        if name not in VOID and (name in DROPPED or _is_hidden(attributes)):
            self._hidden, self._depth = name, 1
            return
        self._note(name, attributes)
        if name in BLOCKS:
            self._part("\n")
        elif name in CELLS:
            self._part("\t")
        if name == "pre":
            self._pre += 1
        if name == "h1" and not self._h1[1]:
            self._h1 = (len(self._parts), 0)

    def _close(self, name: str) -> None:
        if self._hidden:
            if name == self._hidden:
                self._depth -= 1
                self._hidden = name if self._depth else ""
            return
        if name == "h1" and not self._h1[1]:
            self._h1 = (self._h1[0], len(self._parts))
        if name in BLOCKS:
            self._part("\n")
        elif name in CELLS:
            self._part("\t")
        if name == "pre":
            self._pre = max(0, self._pre - 1)

    def _note(self, name: str, attributes: Mapping[str, str]) -> None:
        """Keep what an element says about the page."""
        if name == "html":
            self.language = attributes.get("lang", "") or attributes.get("xml:lang", "")
        elif name == "time":
            self.moment = self.moment or attributes.get("datetime", "")
        elif name == "meta":
            for key in ("property", "name", "itemprop", "http-equiv"):
                known_as = attributes.get(key, "").lower()
                if known_as and attributes.get("content"):
                    self.meta.setdefault(known_as, attributes["content"])

    def _say(self, raw: str) -> None:
        """Put text where it stands, white space collapsed unless it is kept as written."""
        if not raw or self._hidden:
            return
        text = _characters(raw)
        if self._pre:
            self._keep(LINE_END.sub("\n", text))
            return
        words = SPACE.sub(" ", text)
        if words.startswith(" "):
            self._part(" ")
        if words := words.strip(" "):
            self._put(words)
        if words and text[-1] in " \t\n\r\f":
            self._part(" ")

    def _keep(self, text: str) -> None:
        """Put text with its own lines and spaces; those around it are gaps like any other."""
        inner = text.strip(" \t\n")
        if "\n" in text[: len(text) - len(text.lstrip(" \t\n"))]:
            self._part("\n")
        elif text[:1] in {" ", "\t"}:
            self._part(" ")
        if inner:
            self._put(inner)
            tail = text[len(text.rstrip(" \t\n")) :]
            self._part("\n" if "\n" in tail else tail[:1])

    def _put(self, words: str) -> None:
        """Put words after the widest gap asked for since the last ones."""
        if self._parts and self._gap:
            self._parts.append(self._gap)
        self._gap = ""
        self._parts.append(words)

    def _part(self, gap: str) -> None:
        """Ask for a gap before the next words; a line end beats a tab, a tab beats a space."""
        if not self._hidden and " \t\n".find(gap) > " \t\n".find(self._gap or "?"):
            self._gap = gap


def _after(source: str, closing: str, start: int) -> int:
    """The place after the next closing mark; the end if there is none."""
    end = source.find(closing, start)
    return len(source) if end < 0 else end + len(closing)


def _attributes(source: str, at: int) -> tuple[dict[str, str], int]:
    """The attributes of a tag, the first of each name, and the place after its `>`."""
    found: dict[str, str] = {}
    while match := ATTRIBUTE.match(source, at):
        at = match.end()
        found.setdefault(match[1].lower(), _characters(_bare(match[2] or "")))
    return found, _after(source, ">", at)


def _bare(value: str) -> str:
    """An attribute's value without the quotes around it."""
    return value[1:-1] if value[:1] in {'"', "'"} else value


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element says that it is not shown."""
    return "hidden" in attributes or UNDISPLAYED.search(attributes.get("style", "")) is not None


def _characters(raw: str) -> str:
    """Text with its character references resolved."""
    if "&" not in raw:
        return raw
    return unescape(HUGE_REFERENCE.sub("\ufffd", raw))


def _line(text: str) -> str:
    """Text on one line, white space collapsed."""
    return SPACE.sub(" ", text).strip(" ")


def _language(reader: _Reader) -> str:
    """The language tag that a page gives itself, in the form of BCP 47."""
    said = (reader.language, *(reader.meta.get(name, "") for name in LANGUAGE_NAMES))
    tags = (tag.strip() for tag in said)
    return next((tag.replace("_", "-") for tag in tags if LANGUAGE.fullmatch(tag)), "")


def _published(reader: _Reader) -> datetime | None:
    """The first time of appearance that can be read."""
    return next(filter(None, map(parse_moment, _moments(reader))), None)


def _moments(reader: _Reader) -> Iterator[str]:
    """What a page says of when it appeared, the most reliable first."""
    yield from (reader.meta.get(name, "") for name in PUBLISHED_NAMES)
    yield reader.moment
