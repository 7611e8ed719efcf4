"""RSS, RDF and Atom as their specifications have them, read by feedparser.

feedparser knows these tongues best, as long as the XML is in order: at the first fault it falls
back to a reader that is quadratic on attributes, comments and depth, and of some modules it keeps
one text an entry, so that the others would be lost. What is not in order, too large, or tells more
than it keeps is left to `xmlfeed`, which reads anything in linear time; so are sitemaps. Both come
to the same entries, which tests hold, or an article would be new whenever its feed breaks.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any
from xml.parsers import expat

import feedparser

from watcher.feeds.sheet import PAGE, Bag, Said, Sheet
from watcher.feeds.vocabulary import FIELDS, FOREIGN, ITEMS, ROOTS, Slot, full_name, space_of

LARGEST = 1_000_000  # characters; feedparser reads that in a second
DEEPEST = 50  # elements within elements; a feed needs 4, a page of text within it 20
ATTRIBUTES = 50  # of one element
ELEMENTS = 20_000  # of which feedparser reads as many in a second
IS_ALL = True  # what the parser is given is the whole document
HEADERS = {"content-type": "application/xml; charset=utf-8"}
BASE = "http://www.w3.org/XML/1998/namespace base"

# Fields of which feedparser keeps all that we do.
KEPT = frozenset(
    {
        "title", "link", "guid", "id", "content:encoded", "content", "xhtml:body", "xhtml:div",
        "description", "summary", "pubdate", "published", "issued", "dc:date", "updated",
        "modified", "created", "lastbuilddate", "language", "dc:language", "enclosure", "ttl",
        "sy:updateperiod", "sy:updatefrequency",
    }
)  # fmt: skip

# Elements in which feedparser knows that nothing is the entry's, or the feed's, own.
APART = frozenset({"source"})
APART_OF_FEED = frozenset({"image", "textinput"})

# Fields that may stand more than once in an entry; of all others feedparser keeps one.
MANY = frozenset({"link", "enclosure", "content", "xhtml:body", "xhtml:div"})


def read_regular(source: str, most: int) -> Sheet | None:
    """What a feed in good order says; None for one that feedparser would not read as well.

    Args:
        source: the document from its root on.
        most: how many items it may have.
    """
    if len(source) > LARGEST:
        return None
    data = source.encode("utf-8", "surrogatepass")
    root = _Order(most).check(data)
    if not root:
        return None
    try:
        return _sheet(data, root)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # one feed; feedparser stumbles over modules nobody reads here
        return None


def _sheet(data: bytes, root: str) -> Sheet | None:
    """What feedparser found; from str it would guess files and addresses."""
    found = feedparser.parse(
        BytesIO(data), response_headers=HEADERS, sanitize_html=False, resolve_relative_uris=False
    )
    if found.get("bozo") or not found.get("version") or any(map(_is_unsure, found["entries"])):
        return None
    items = tuple(Bag(_given(entry), list(_said(entry))) for entry in found["entries"])
    about = found["feed"]
    return Sheet(Bag(_given(about), list(_said(about))), items, 0, root, is_whole=True)


def _is_unsure(entry: Mapping[str, Any]) -> bool:
    """Without a link, and feedparser does not tell whether its guid was meant to be one."""
    return not dict(entry).get("link") and PAGE.match(str(entry.get("id"))) is not None


class _Order:
    """One look through a document by the parser that feedparser uses, which builds nothing."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._items = 0
        self._count = 0
        self._depth = 0
        self._item_at = 0  # how deep the item begins that is being read; 0 outside
        self._foreign_at = 0  # how deep the foreign element begins that is being read
        self._is_apart = False  # feedparser knows that it is foreign
        self._root = ""
        self._has_channel = False
        self._is_kept = True
        self._known: dict[str, str] = {}
        self._fields: set[str] = set()  # of the entry, or of the feed, that it stands in

    def check(self, data: bytes) -> str:
        """The name of the root of a feed in good order; "" for any other document."""
        parser = expat.ParserCreate("utf-8", " ")
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(data, IS_ALL)
        except (expat.ExpatError, ValueError):
            return ""
        is_feed = self._root == "feed" or self._has_channel
        return self._root if is_feed and self._is_kept and self._items <= self._most else ""

    def _start(self, qualified: str, given: Mapping[str, str]) -> None:
        name = self._known.get(qualified) or self._learn(qualified)
        self._depth += 1
        self._count += 1
        self._root = self._root or name
        self._has_channel = self._has_channel or name == "channel"
        if name in ITEMS:
            self._items += 1
            self._fields.clear()
            self._item_at = self._depth
        elif name in FOREIGN and not self._foreign_at:
            self._foreign_at = self._depth
            self._is_apart = name in (APART if self._item_at else APART_OF_FEED)
        self._is_kept = (
            self._is_kept
            and self._depth <= DEEPEST
            and self._count <= ELEMENTS
            and len(given) <= ATTRIBUTES
            and BASE not in given
            and self._root in ROOTS - {"urlset", "channel"}
            and (name not in FIELDS or self._keeps(name))
        )

    def _keeps(self, name: str) -> bool:
        """Whether feedparser keeps this field beside those before it, and keeps it apart."""
        if self._foreign_at:
            return self._is_apart
        is_first = name not in self._fields
        self._fields.add(name)
        return name in KEPT and (is_first or name in MANY)

    def _end(self, _: str) -> None:
        if self._depth == self._foreign_at:
            self._foreign_at = 0
        if self._depth == self._item_at:
            self._item_at = 0
        self._depth -= 1

    def _learn(self, qualified: str) -> str:
        space, _, local = qualified.rpartition(" ")
        name = full_name(space_of(space) if space else "", local.lower())
        self._known[qualified] = name
        return name


def _given(said: Mapping[str, Any]) -> Mapping[str, str]:
    """What a tag says in its attributes, as far as feedparser hands it on."""
    language = (said.get("title_detail") or {}).get("language")
    return {"xml:lang": language} if language else {}


def _said(found: Mapping[str, Any]) -> Iterator[Said]:
    """What feedparser found of a feed or of an entry, as fields."""
    for content in found.get("content") or ():
        yield _text(Slot.CONTENT, content)
    for key, slot in (("title", Slot.TITLE), ("summary", Slot.SUMMARY)):
        if detail := found.get(f"{key}_detail"):
            yield _text(slot, detail)
    for link in found.get("links") or ():
        slot = Slot.ENCLOSURE if link.get("rel") == "enclosure" else Slot.LINK
        yield _field(slot, "", 0, {key: str(value) for key, value in link.items()})
    if guid := found.get("id"):
        is_page = str(found.get("guidislink", True)).lower()
        yield _field(Slot.GUID, str(guid), 0, {"ispermalink": is_page})
    values = dict(found)  # without its guesses, by which one date stands in for another
    for key, slot, rank in _PLAIN:
        if value := values.get(key):
            yield _field(slot, str(value), rank)


_PLAIN = (
    ("published", Slot.PUBLISHED, 0),
    ("created", Slot.PUBLISHED, 1),
    ("updated", Slot.UPDATED, 0),
    ("language", Slot.LANGUAGE, 0),
    ("ttl", Slot.TTL, 0),
    ("sy_updateperiod", Slot.PERIOD, 0),
    ("sy_updatefrequency", Slot.FREQUENCY, 0),
)


def _text(slot: Slot, detail: Mapping[str, Any]) -> Said:
    given = {"type": str(detail.get("type") or ""), "xml:lang": str(detail.get("language") or "")}
    return _field(slot, str(detail.get("value") or ""), 0, given)


def _field(slot: Slot, value: str, rank: int, given: Mapping[str, str] | None = None) -> Said:
    return Said(slot=slot, order=(rank, 0), value=value.strip(), given=given or {})
