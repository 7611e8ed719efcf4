"""OPML, the form in which feed readers hand over their lists (opml.org/spec2.opml)."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError, SubElement, indent, tostring

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from watcher.errors import FeedError
from watcher.feeds.clean import clean, one_line
from watcher.feeds.decode import decode
from watcher.source import Health

LARGEST = 16_000_000  # bytes; lists of ten thousand feeds have a tenth of it
BARE_AMPERSAND = re.compile(r"&(?!#\d+;|#x[0-9a-fA-F]+;|\w+;)")  # as people write in addresses


@dataclass(frozen=True, slots=True)
class Outline:
    """One feed of a list: its address, and what the list calls it ("" if nothing)."""

    url: str
    name: str


@dataclass(frozen=True, slots=True)
class Opml:
    """A list of feeds: in its order, each address once; and what is wrong with the others."""

    feeds: tuple[Outline, ...]
    faults: tuple[str, ...] = ()


def read_opml(path: Path) -> Opml:
    """Read a list of feeds from a file.

    Raises:
        FeedError: the file cannot be read, is over 16 MB, no plain file, or not OPML; the message
            names it.
    """
    try:
        return parse_opml(_content(path))
    except OSError as error:
        message = f"{path}: cannot be read: {error.strerror}"
        raise FeedError(message, state=Health.UNREACHABLE) from error
    except FeedError as error:
        raise FeedError(f"{path}: {error}", state=error.state) from error


def parse_opml(data: bytes) -> Opml:
    """Read a list of feeds, however deep its folders.

    Raises:
        FeedError: it is not OPML.
    """
    text = BARE_AMPERSAND.sub("&amp;", clean(decode(data).text).lstrip())
    try:
        root = fromstring(text)
    except ParseError as error:
        message = f"not OPML: {error}"
        raise FeedError(message, state=Health.NOT_A_FEED) from error
    except DefusedXmlException as error:
        message = "refused: it declares entities, which no list of feeds needs"
        raise FeedError(message, state=Health.REFUSED) from error
    if _local(root) != "opml":
        message = f"not OPML: its root is <{_local(root)}>"
        raise FeedError(message, state=Health.NOT_A_FEED)
    return _collect(root)


def write_opml(feeds: Iterable[Outline]) -> str:
    """A list of feeds as any reader takes it, in the order given."""
    root = Element("opml", {"version": "2.0"})
    SubElement(SubElement(root, "head"), "title").text = "Feeds of watcher"
    body = SubElement(root, "body")
    for feed in feeds:
        about = {"type": "rss", "text": feed.name or feed.url, "xmlUrl": feed.url}
        SubElement(body, "outline", about)
    indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, "unicode")}\n'


def _content(path: Path) -> bytes:
    """The bytes of a plain file of bearable size."""
    with open(path, "rb", opener=_open) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise FeedError("cannot be read: it is not a plain file", state=Health.UNREACHABLE)
        data = file.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise FeedError(f"refused: it is over {LARGEST // 1_000_000} MB", state=Health.REFUSED)
    return data


def _open(path: str, flags: int) -> int:
    """Open without waiting, which a named pipe would make us do for ever."""
    return os.open(path, flags | os.O_NONBLOCK)


def _collect(root: Element) -> Opml:
    """All feeds below the root."""
    feeds: dict[str, Outline] = {}
    faults: list[str] = []
    for element in root.iter():
        attributes = {name.lower(): one_line(value) for name, value in element.attrib.items()}
        if _local(element) != "outline" or "xmlurl" not in attributes:
            continue
        name = attributes.get("title") or attributes.get("text", "")
        url = attributes["xmlurl"]
        fault = _fault(url)
        if fault:
            faults.append(f'{_called(attributes)}: "{url[:100]}" {fault}')
        else:
            feeds.setdefault(url, Outline(url, name))
    return Opml(tuple(feeds.values()), tuple(faults))


def _local(element: Element) -> str:
    """An element's name without its namespace, in lower case."""
    return element.tag.rpartition("}")[2].lower()


def _called(attributes: Mapping[str, str]) -> str:
    """What a person would look for in the list."""
    return attributes.get("title") or attributes.get("text") or "an outline without a name"


def _fault(url: str) -> str:
    """Why an address cannot be that of a feed; "" if it can."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return "is not an address"
    if parts.scheme.lower() not in {"http", "https"}:
        return "is not an http or https address"
    return "" if parts.hostname else "names no host"
