"""RSS, RDF, Atom and news sitemaps to entries, well-formed or not.

Marks are read in their order: a field is collected from its opening tag to its closing one, or to
whatever shows that the closing one was forgotten. What stands inside an author, an image or the
feed that an entry was taken from is not the entry's own. No tree is built, so depth costs nothing.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

from watcher.feeds.body import compose, readable
from watcher.feeds.entry import Entry, believable
from watcher.feeds.tags import Kind, Mark, attributes, marks, resolve
from watcher.feeds.vocabulary import (
    FIELDS,
    FOREIGN,
    ITEMS,
    PREFIXES,
    ROOTS,
    SHORT,
    Slot,
    space_of,
)
from watcher.feeds.when import parse_when

FIELDS_KEPT = 100  # of one item or feed
NAMES = 1000  # of elements that are kept in mind
PIECES = 200_000  # tags and texts of one field that are kept
LONGEST = 1_000_000  # characters of one field, markup included; of its text a fifth is kept
PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}
PAGE = re.compile(r"https?://", re.IGNORECASE)
ITSELF = frozenset({"", "alternate"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a feed says in one field.

    Attributes:
        slot: what it is taken for.
        order: how much it counts among the others of its slot; the least counts.
        value: text; or source, if `is_source`.
        given: the attributes of its tag.
        is_source: it holds tags of its own, so the value is their source.
    """

    slot: Slot
    order: tuple[int, int]
    value: str
    given: Mapping[str, str]
    is_source: bool = False


@dataclass(slots=True)
class Bag:
    """What is said of a feed or of one of its entries.

    Attributes:
        given: the attributes of its tag.
        said: the fields that say something.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)

    def all(self, slot: Slot) -> list[Said]:
        """The fields of a slot, the one that counts most first."""
        return sorted((each for each in self.said if each.slot is slot), key=_order)

    def first(self, slot: Slot) -> str:
        """What the field that counts most says; "" if there is none."""
        return next((each.value for each in self.all(slot)), "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A feed as it was found.

    Attributes:
        about: what it says of itself.
        items: its first and its last items.
        dropped: how many between them were left out.
        root: the name of its outermost element.
        is_whole: that element is closed.
    """

    about: Bag
    items: tuple[Bag, ...]
    dropped: int
    root: str
    is_whole: bool


def read_sheet(source: str, start: int, most: int) -> Sheet:
    """The fields of a feed and of its items, in their order.

    Args:
        source: the document.
        start: where its root begins.
        most: how many items are kept; half from each end, as publishers put the newest at either.
    """
    reader = _Reader(most // 2)
    for mark in marks(source, start):
        reader.take(mark)
    return reader.sheet()


def to_entries(sheet: Sheet, url: str) -> Iterator[Entry]:
    """The entries; strings not yet made safe, links joined to what the feed calls its base."""
    about = sheet.about
    home = _link(about, "")
    base = _based(home if PAGE.match(home) else url, about.given)
    language = about.first(Slot.LANGUAGE) or about.given.get("xml:lang", "")
    for bag in sheet.items:
        yield _entry(bag, base, language)


def title_of(about: Bag) -> str:
    """What a feed calls itself."""
    return next(map(_words, about.all(Slot.TITLE)), "")


def ttl_of(about: Bag) -> timedelta | None:
    """How long a feed says that it does not change: `ttl` in minutes, or `sy:updatePeriod`."""
    ttl = about.first(Slot.TTL)
    if ttl.isascii() and ttl.isdigit() and len(ttl) <= 6:
        return timedelta(minutes=int(ttl))
    hours = PERIODS.get(about.first(Slot.PERIOD).lower())
    if hours is None:
        return None
    times = about.first(Slot.FREQUENCY)
    count = int(times) if times.isascii() and times.isdigit() and len(times) <= 4 else 1
    return timedelta(hours=hours) / max(1, count)


def rests_of(about: Bag) -> frozenset[int]:
    """The hours of the day, in UTC, in which a feed asks not to be asked (`skipHours`)."""
    said = {each.value for each in about.all(Slot.REST)}
    return frozenset(hour % 24 for hour in range(25) if {str(hour), f"{hour:02}"} & said)


class _Reader:
    """One pass over a feed: what was found so far, and where it stands."""

    def __init__(self, half: int) -> None:
        self._half = half
        self._about = Bag()
        self._first: list[Bag] = []
        self._last: deque[Bag] = deque(maxlen=half)
        self._count = 0
        self._item: Bag | None = None
        self._spaces: dict[str, str | None] = dict(PREFIXES)
        self._names: dict[str, str] = {}
        self._root = ""
        self._is_whole = False
        self._depth = 0
        self._foreign: tuple[str, int] | None = None
        self._field: _Field | None = None

    def take(self, mark: Mark) -> None:
        """Read on."""
        if self._field is not None:
            self._collect(self._field, mark)
        elif mark.kind is Kind.OPEN:
            self._open(mark)
        elif mark.kind is Kind.CLOSE:
            self._close(self._name(mark.name))

    def sheet(self) -> Sheet:
        """All that was found."""
        self._end_field()
        self._end_item()
        dropped = self._count - len(self._first) - len(self._last)
        items = (*self._first, *self._last)
        return Sheet(self._about, items, dropped, self._root, self._is_whole)

    def _name(self, raw: str) -> str:
        """An element's name with our short name for its namespace; "?" is none of ours."""
        known = self._names.get(raw)
        if known is None:
            prefix, colon, local = raw.lower().rpartition(":")
            known = _full(self._spaces.get(prefix) if colon else "", local)
            if len(self._names) < NAMES:
                self._names[raw] = known
        return known

    def _named(self, mark: Mark) -> str:
        """The name of a tag that says which namespaces it and its prefixes stand for."""
        given = attributes(mark.said)
        self._names.clear()
        for name, value in given.items():
            prefix = name.removeprefix("xmlns:")
            if prefix != name:
                self._spaces[prefix] = space_of(value)
        if self._root and "xmlns" in given and ":" not in mark.name:
            return _full(space_of(given["xmlns"]) or "", mark.name.lower())
        return self._name(mark.name)

    def _open(self, mark: Mark) -> None:
        name = self._named(mark) if "xmlns" in mark.said else self._name(mark.name)
        if self._is_item(name):
            self._start_item(attributes(mark.said))
        elif self._foreign is not None:
            self._foreign = self._deeper(self._foreign, name, mark, 1)
        elif name in ROOTS:
            self._start_root(name, mark)
        elif name in FIELDS:
            self._start_field(name, mark)
        elif not mark.is_empty and name in FOREIGN:
            self._foreign = (name, 1)
        elif not mark.is_empty:
            self._depth += 1

    def _close(self, name: str) -> None:
        if self._is_item(name):
            self._end_item()
        elif name in ROOTS:
            self._is_whole = self._is_whole or name == self._root
        elif self._foreign is not None:
            self._foreign = self._deeper(self._foreign, name, None, -1)
        else:
            self._depth = max(0, self._depth - 1)

    def _deeper(
        self, foreign: tuple[str, int], name: str, mark: Mark | None, step: int
    ) -> tuple[str, int] | None:
        """How deep we are in a foreign element; None behind its end."""
        known, depth = foreign
        if name == known and not (mark and mark.is_empty):
            depth += step
        return (known, depth) if depth else None

    def _is_item(self, name: str) -> bool:
        return name in ITEMS and (name != "url" or self._root == "urlset")

    def _start_root(self, name: str, mark: Mark) -> None:
        given = attributes(mark.said)
        self._root = self._root or name
        self._is_whole = self._is_whole or mark.is_empty
        inner = _based(self._about.given.get("xml:base", ""), given)
        self._about.given = {**self._about.given, **given, "xml:base": inner}

    def _start_item(self, given: Mapping[str, str]) -> None:
        self._end_item()
        self._item = Bag(given)

    def _end_item(self) -> None:
        self._depth, self._foreign = 0, None
        if self._item is None:
            return
        self._count += 1
        (self._first if self._count <= self._half else self._last).append(self._item)
        self._item = None

    def _start_field(self, name: str, mark: Mark) -> None:
        slot, rank = FIELDS[name]
        self._field = _Field(name, slot, (rank, self._depth), attributes(mark.said))
        if mark.is_empty:
            self._end_field()

    def _collect(self, at: _Field, mark: Mark) -> None:
        """Read on inside a field."""
        if mark.kind in {Kind.OPEN, Kind.CLOSE}:
            if self._ends(at, mark):
                self._end_field()
                if mark.kind is Kind.OPEN or self._name(mark.name) != at.name:
                    self.take(mark)
                return
            at.has_tags = True
        if len(at.source) < PIECES and at.size < LONGEST:
            at.add(mark)

    def _ends(self, at: _Field, mark: Mark) -> bool:
        """Whether a tag ends the field that it stands in; counts those of the same name in it."""
        name = self._name(mark.name)
        if mark.kind is Kind.CLOSE:
            at.inner -= name == at.name
            return at.inner < 0 or self._is_item(name) or name in ROOTS
        at.inner += name == at.name and not mark.is_empty
        return self._is_item(name) or (at.slot in SHORT and name in FIELDS and name != at.name)

    def _end_field(self) -> None:
        at, self._field = self._field, None
        if at is None:
            return
        said = Said(
            slot=at.slot,
            order=at.order,
            value="".join(at.source if at.has_tags else at.parts).strip(),
            given=at.given,
            is_source=at.has_tags,
        )
        bag = self._about if self._item is None else self._item
        if (said.value or said.given) and len(bag.said) < FIELDS_KEPT:
            bag.said.append(said)


@dataclass(slots=True)
class _Field:
    """A field that is being read."""

    name: str
    slot: Slot
    order: tuple[int, int]
    given: Mapping[str, str]
    parts: list[str] = field(default_factory=list)  # references resolved
    source: list[str] = field(default_factory=list)  # as HTML
    has_tags: bool = False
    inner: int = 0  # elements of the same name that are open in it
    size: int = 0  # characters

    def add(self, mark: Mark) -> None:
        """Take what stands in it, as text and as source."""
        said = mark.said[: LONGEST - self.size]
        self.size += len(said)
        if mark.kind is Kind.TEXT:
            self.parts.append(resolve(said))
            self.source.append(said)
        elif mark.kind is Kind.CDATA:
            self.parts.append(said)
            self.source.append(said)
        else:
            self.source.append(_tag(mark))


def _full(space: str | None, local: str) -> str:
    if space is None:
        return f"?:{local}"
    return f"{space}:{local}" if space else local


def _tag(mark: Mark) -> str:
    """A tag as HTML writes it, without the prefix of a namespace."""
    slash = "/" if mark.kind is Kind.CLOSE else ""
    return f"<{slash}{mark.name.rpartition(':')[2]}{mark.said}>"


def _order(said: Said) -> tuple[int, int]:
    return said.order


def _entry(bag: Bag, base: str, language: str) -> Entry:
    """What is said of an item as an entry; strings not yet made safe."""
    spoken = [said.given.get("xml:lang", "") for said in bag.all(Slot.CONTENT)]
    own = bag.first(Slot.LANGUAGE) or bag.given.get("xml:lang", "")
    return Entry(
        guid=bag.first(Slot.GUID) or bag.given.get("rdf:about", ""),
        link=_joined(_based(base, bag.given), _link(bag, base)),
        title=next(filter(None, map(_words, bag.all(Slot.TITLE))), ""),
        text=_text(bag),
        published=_published(bag),
        language=next(filter(None, (*spoken, own, language)), ""),
    )


def _text(bag: Bag) -> str:
    """The longest of what an item gives as its content, and what else it tells."""
    content = max(map(_words, bag.all(Slot.CONTENT)), key=len, default="")
    others = (*bag.all(Slot.SUMMARY), *bag.all(Slot.CAPTION))
    return compose(content, *map(_words, others))


def _words(said: Said) -> str:
    """A field as plain text."""
    return readable(said.value, said.given, is_source=said.is_source)


def _link(bag: Bag, base: str) -> str:
    """Where an item or a feed is to be read, as it is written; "" if it does not say."""
    links = [(said, _target(said)) for said in bag.all(Slot.LINK)]
    pages = [(said, to) for said, to in links if to and said.given.get("rel", "") in ITSELF]
    found = [to for said, to in pages if "html" in said.given.get("type", "html")]
    found += [to for _, to in pages]
    found += [said.value for said in bag.all(Slot.GUID) if _is_page(said)]
    found += [bag.given.get("rdf:about", "")]
    found += [to for _, to in links] if base else []
    found += [_target(said) for said in bag.all(Slot.ENCLOSURE)]
    return next(filter(None, found), "")


def _target(said: Said) -> str:
    """The address that a link leads to; its own base counts first."""
    given = said.given
    named = given.get("href") or given.get("rdf:resource") or given.get("url") or ""
    written = (said.value or named).replace("&amp;", "&").strip()
    return _joined(_based("", given), written)


def _is_page(said: Said) -> bool:
    """Whether what an entry is called is the address of its page too."""
    is_meant = said.given.get("ispermalink", "true").lower() != "false"
    return is_meant and PAGE.match(said.value) is not None


def _joined(base: str, link: str) -> str:
    """An address seen from another; as it is if it is none, or leads nowhere."""
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return link


def _based(base: str, given: Mapping[str, str]) -> str:
    """The base that holds inside a tag."""
    return _joined(base, given.get("xml:base", "")) or base


def _published(bag: Bag) -> datetime | None:
    """When an item appeared, or else changed; what no news can be dated is not believed."""
    dates = (*bag.all(Slot.PUBLISHED), *bag.all(Slot.UPDATED))
    return next(filter(None, (believable(parse_when(said.value)) for said in dates)), None)
