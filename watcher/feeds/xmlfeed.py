"""RSS, RDF, Atom and news sitemaps field by field, well-formed or not.

Marks are read in their order: a field is collected from its opening tag to its closing one, or to
whatever shows that the closing one was forgotten. What stands inside an author, an image or the
feed that an entry was taken from is not the entry's own. No tree is built, so depth costs nothing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field

from watcher.feeds.sheet import Bag, Said, Sheet, based
from watcher.feeds.skip import last_items, next_end, next_item, next_telling
from watcher.feeds.tags import Kind, Mark, Scanner, attributes, resolve
from watcher.feeds.vocabulary import (
    FIELDS,
    FOREIGN,
    ITEMS,
    PREFIXES,
    ROOTS,
    SHORT,
    Slot,
    full_name,
    space_of,
)

FIELDS_KEPT = 100  # of one item or feed
ROOTS_KEPT = 10  # of which the attributes are looked at; RSS has two
JUNK = 1000  # tags in a row that tell nothing; a page within an entry is not counted
LONGEST_TAG = 1000  # characters behind the name; with more, what it says is not for reading
NAMES = 1000  # of elements that are kept in mind
PIECES = 200_000  # tags and texts of one field that are kept
LONGEST = 1_000_000  # characters of one field, markup included; of its text a fifth is kept
ADDRESSES = frozenset({Slot.GUID, Slot.LINK})


def read_sheet(source: str, start: int, most: int) -> Sheet:
    """The fields of a feed and of its items, in their order.

    Args:
        source: the document.
        start: where its root begins.
        most: how many items are kept; half from each end, as publishers put the newest at either.
    """
    reader = _Reader(most // 2)
    scanner = Scanner(source, start)
    for mark in scanner:
        reader.take(mark)
        if reader.passes_over:
            scanner.at = reader.onward(source, mark)
    return reader.sheet()


class _Reader:
    """One pass over a feed: what was found so far, and where it stands.

    Attributes:
        passes_over: nothing is kept of what comes next, up to where `onward` says.
    """

    def __init__(self, half: int) -> None:
        self.passes_over = False
        self._half = half
        self._about = Bag()
        self._first: list[Bag] = []
        self._last: deque[Bag] = deque(maxlen=half)
        self._count = 0
        self._item: Bag | None = None
        self._spaces: dict[str, str | None] = dict(PREFIXES)
        self._names: dict[str, str] = {}
        self._root = ""
        self._roots = 0
        self._is_middle = False  # the first items are read, and the last are to come
        self._is_whole = False
        self._depth = 0
        self._junk = 0  # tags in a row that told nothing
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

    def onward(self, source: str, mark: Mark) -> int:
        """Where to go on, behind a mark, in a document of which too much is not for keeping."""
        self.passes_over = False
        if self._field is not None:
            return next_end(source, mark.end, self._field.name)
        if self._is_middle:
            self._is_middle = False
            at, skipped = last_items(source, mark.start, mark.name, self._half)
            if not skipped:
                return mark.end
            self._item, self._count = None, self._count + skipped
            return at
        is_full = len(self._bag.said) >= FIELDS_KEPT
        return (next_item if is_full else next_telling)(source, mark.end)

    def sheet(self) -> Sheet:
        """All that was found; of an address that breaks off, no half is kept."""
        if self._field is not None and self._field.slot in ADDRESSES:
            self._field = None
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
            known = full_name(self._spaces.get(prefix) if colon else "", local)
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
            return full_name(space_of(given["xmlns"]) or "", mark.name.lower())
        return self._name(mark.name)

    def _open(self, mark: Mark) -> None:
        name = self._named(mark) if "xmlns" in mark.said else self._name(mark.name)
        if self._is_item(name):
            self._start_item(attributes(mark.said))
        elif self._foreign is not None:
            self._foreign = self._deeper(self._foreign, name, mark, 1)
        elif name in ROOTS:
            self._start_root(name, mark)
        elif name in FIELDS and len(self._bag.said) < FIELDS_KEPT:
            self._start_field(name, mark)
        elif not mark.is_empty and name in FOREIGN:
            self._foreign = (name, 1)
        else:
            self._depth += not mark.is_empty
            self._waste()

    def _close(self, name: str) -> None:
        if self._is_item(name):
            self._end_item()
        elif name in ROOTS:
            self._is_whole = self._is_whole or name == self._root
        elif self._foreign is not None:
            self._foreign = self._deeper(self._foreign, name, None, -1)
        else:
            self._depth = max(0, self._depth - 1)
            self._waste()

    def _waste(self) -> None:
        """Count a tag that told nothing; after too many in a row, the next that may is looked for.

        How deep that one stands is then not known any more, and matters no more.
        """
        self._junk += 1
        self.passes_over = self._junk > JUNK

    def _deeper(
        self, foreign: tuple[str, int], name: str, mark: Mark | None, step: int
    ) -> tuple[str, int] | None:
        """How deep we are in a foreign element; None behind its end."""
        self._waste()
        known, depth = foreign
        if name == known and not (mark and mark.is_empty):
            depth += step
        return (known, depth) if depth else None

    def _is_item(self, name: str) -> bool:
        return name in ITEMS and (name != "url" or self._root == "urlset")

    def _start_root(self, name: str, mark: Mark) -> None:
        self._waste()
        self._roots += 1
        if self._roots > ROOTS_KEPT:
            return
        given = attributes(mark.said)
        self._root = self._root or name
        self._is_whole = self._is_whole or mark.is_empty
        inner = based(self._about.given.get("xml:base", ""), given)
        self._about.given = {**self._about.given, **given, "xml:base": inner}

    def _start_item(self, given: Mapping[str, str]) -> None:
        self._end_item()
        self._item = Bag(given)
        self._is_middle = self.passes_over = self._count == self._half

    def _end_item(self) -> None:
        self._depth, self._junk, self._foreign = 0, 0, None
        if self._item is None:
            return
        self._count += 1
        (self._first if self._count <= self._half else self._last).append(self._item)
        self._item = None

    def _start_field(self, name: str, mark: Mark) -> None:
        self._junk = 0
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
        else:
            at.inner, self.passes_over = 0, True

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
        is_enclosed = at.slot is Slot.LINK and at.given.get("rel") == "enclosure"
        said = Said(
            slot=Slot.ENCLOSURE if is_enclosed else at.slot,
            order=at.order,
            value="".join(at.source if at.has_tags else at.parts).strip(),
            given=at.given,
            is_source=at.has_tags,
        )
        if said.value or said.given:
            self._bag.said.append(said)

    @property
    def _bag(self) -> Bag:
        """Of whom it is said."""
        return self._about if self._item is None else self._item


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
        if mark.kind in {Kind.OPEN, Kind.CLOSE}:
            said = _tag(mark)
        else:
            said = mark.said[: LONGEST - self.size]
            self.parts.append(resolve(said) if mark.kind is Kind.TEXT else said)
        self.source.append(said)
        self.size += len(said)


def _tag(mark: Mark) -> str:
    """A tag as HTML writes it, without the prefix of a namespace, or attributes of any length."""
    slash = "/" if mark.kind is Kind.CLOSE else ""
    said = mark.said if len(mark.said) <= LONGEST_TAG else ""
    return f"<{slash}{mark.name.rpartition(':')[2]}{said}>"
