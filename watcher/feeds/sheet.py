"""What a feed says, field by field, and the entries that it comes to, whoever read it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urljoin

from watcher.feeds.body import compose, readable
from watcher.feeds.entry import Entry, believable
from watcher.feeds.vocabulary import Slot
from watcher.feeds.when import parse_when

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


def to_entries(sheet: Sheet, url: str) -> Iterator[Entry]:
    """The entries; strings not yet made safe, links joined to what the feed calls its base."""
    about = sheet.about
    home = _link(about, "")
    base = based(home if PAGE.match(home) else url, about.given)
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


def _order(said: Said) -> tuple[int, int]:
    return said.order


def _entry(bag: Bag, base: str, language: str) -> Entry:
    """What is said of an item as an entry; strings not yet made safe."""
    spoken = [said.given.get("xml:lang", "") for said in bag.all(Slot.CONTENT)]
    own = bag.first(Slot.LANGUAGE) or bag.given.get("xml:lang", "")
    title, *titles = (*filter(None, map(_words, bag.all(Slot.TITLE))), "")
    return Entry(
        guid=bag.first(Slot.GUID) or bag.given.get("rdf:about", ""),
        link=_joined(based(base, bag.given), _link(bag, base)),
        title=title,
        text=_text(bag, [other for other in titles if other and other not in title]),
        published=_published(bag),
        language=next(filter(None, (*spoken, own, language)), ""),
    )


def _text(bag: Bag, titles: Sequence[str]) -> str:
    """The longest of what an item gives as its content, and what else it tells."""
    content = max(map(_words, bag.all(Slot.CONTENT)), key=len, default="")
    others = (*bag.all(Slot.SUMMARY), *bag.all(Slot.CAPTION))
    return compose(content, *titles, *map(_words, others))


def _words(said: Said) -> str:
    """A field as plain text; the Channel Definition Format has it in an attribute."""
    return readable(said.value or said.given.get("value", ""), said.given, is_source=said.is_source)


def _link(bag: Bag, base: str) -> str:
    """Where an item or a feed is to be read, as it is written; "" if it does not say."""
    links = [(said, _target(said)) for said in bag.all(Slot.LINK)]
    pages = [(said, to) for said, to in links if to and said.given.get("rel", "") in ITSELF]
    found = [to for said, to in pages if "html" in said.given.get("type", "html")]
    found += [to for _, to in pages]
    found += [said.value for said in bag.all(Slot.GUID) if _is_page(said)]
    found += [bag.given.get("rdf:about", "") or bag.given.get("href", "")]
    found += [to for _, to in links] if base else []
    found += [_target(said) for said in bag.all(Slot.ENCLOSURE)]
    return next(filter(None, found), "")


def _target(said: Said) -> str:
    """The address that a link leads to; its own base counts first."""
    given = said.given
    named = given.get("href") or given.get("rdf:resource") or given.get("url") or ""
    written = (said.value or named).replace("&amp;", "&").strip()
    return _joined(based("", given), written)


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


def based(base: str, given: Mapping[str, str]) -> str:
    """The base that holds inside a tag, for the addresses that stand there."""
    return _joined(base, given.get("xml:base", "")) or base


def _published(bag: Bag) -> datetime | None:
    """When an item appeared, or else changed; what no news can be dated is not believed."""
    dates = (*bag.all(Slot.PUBLISHED), *bag.all(Slot.UPDATED))
    return next(filter(None, (believable(parse_when(said.value)) for said in dates)), None)
