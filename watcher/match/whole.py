"""Whole names in an article, judged only where something can come of it.

Every word of an article is a little like some name of a long list. Nearly all of these spots come
to nothing for reasons that show before their letters are compared, or would need support that the
article does not give. So the strong ones are judged first, then the weak ones of entities that have
support, and the rest only if somebody asks which words they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from watcher.match.bound import may_be_strong, most
from watcher.match.index import Index, Listed, Use
from watcher.match.judge import Find, judge
from watcher.match.mention import Field
from watcher.match.short import is_everyday
from watcher.match.spot import Page, Piece, lone, spots
from watcher.match.weak import is_given, is_weak
from watcher.names import Evidence

NEAR = 0.04
"""Names whose scores differ by no more are as sure as each other."""


class Told(NamedTuple):
    """A find with its field, what spoke for it besides the words, and whether it needs that."""

    field: Field
    find: Find
    notes: tuple[Evidence, ...] = ()
    weak: bool = False


class Spotted(NamedTuple):
    """Words of an article that may be a listed name.

    Attributes:
        field: where they stand.
        page: the text.
        listed: the name.
        pieces: the words, in order.
        most: the most that judging them can give.
    """

    field: Field
    page: Page
    listed: Listed
    pieces: tuple[Piece, ...]
    most: float

    @property
    def words(self) -> range:
        """The words they hold, from the first to the last."""
        return range(self.pieces[0].unit.first, max(p.unit.last for p in self.pieces) + 1)


class Whole:
    """The whole names of an article: those of several parts together, those of one alone."""

    def __init__(
        self, pages: Mapping[Field, Page], index: Index, bar: Callable[[Listed], float]
    ) -> None:
        self._bar = bar
        self._names = len(index.listed)
        every = [one for field, page in pages.items() for one in _spotted(field, page, index)]
        self._spotted = [one for one in every if one.listed.use is not Use.EXCLUDED]
        self._excluded: dict[str, list[Spotted]] = {}
        for one in every:
            if one.listed.use is Use.EXCLUDED:
                self._excluded.setdefault(one.listed.entity.id, []).append(one)
        self._alone: dict[tuple[Field, str], list[int]] = {}
        for number, one in enumerate(self._spotted):
            if len(one.pieces) == 1:
                self._alone.setdefault((one.field, one.listed.name.text), []).append(number)
        self._given: dict[tuple[Field, str], bool] = {}
        self._found: dict[int, Find] = {}

    def strong(self) -> set[str]:
        """The entities that a name which needs no support introduces."""
        promising = (
            number
            for number, one in enumerate(self._spotted)
            if one.most >= self._bar(one.listed)
            and may_be_strong(one.page, one.listed, one.pieces, one.most, self._names)
        )
        return {
            told.find.listed.entity.id
            for number in promising
            if (told := self._reached(number)) is not None and not told.weak
        }

    def of(self, entities: Iterable[str]) -> list[Told]:
        """The names of some entities that reach their bar and that nobody else explains better."""
        wanted = frozenset(entities)
        return [
            told
            for number, one in enumerate(self._spotted)
            if one.listed.entity.id in wanted and one.most >= self._bar(one.listed)
            if (told := self._reached(number)) is not None
        ]

    def taken(self, field: Field, least: float) -> frozenset[int]:
        """The words of a field that names of several words hold, however they are supported.

        Args:
            field: where the words stand.
            least: what the names score at least.
        """
        return frozenset(
            place
            for number, one in enumerate(self._spotted)
            if one.field is field and one.most >= least and len(one.words) > 1
            if (found := self._judged(number)).score >= least and not self._explained(number, found)
            for place in one.words
        )

    def _judged(self, number: int) -> Find:
        found = self._found.get(number)
        if found is None:
            one = self._spotted[number]
            found = self._found[number] = judge(one.page, one.listed, one.pieces)
        return found

    def _reached(self, number: int) -> Told | None:
        """A name that reaches its bar; None if it does not, or is somebody else."""
        one, found = self._spotted[number], self._judged(number)
        if found.score < self._bar(one.listed) or self._explained(number, found):
            return None
        weak = is_weak(one.page, found, self._names) or self._is_given(one)
        return Told(one.field, found, weak=weak)

    def _is_given(self, one: Spotted) -> bool:
        """Whether the one word of an organisation is a given name anywhere in the field."""
        name = one.field, one.listed.name.text
        if name not in self._given:
            numbers = self._alone.get(name, ())
            self._given[name] = any(is_given(one.page, self._judged(n)) for n in numbers)
        return self._given[name]

    def _explained(self, number: int, found: Find) -> bool:
        """Whether the same words are better taken for somebody this entity is not."""
        one = self._spotted[number]
        return any(
            judge(other.page, other.listed, other.pieces).score >= found.score - NEAR
            for other in self._excluded.get(one.listed.entity.id, ())
            if other.field is one.field and _meet(one.words, other.words)
        )


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop


def _spotted(field: Field, page: Page, index: Index) -> Iterator[Spotted]:
    """All words of a page that may be listed names, but for short forms."""
    for spot in spots(page, index):
        listed = index.listed[spot.listed]
        if listed.use is not Use.SHORT:
            yield Spotted(field, page, listed, spot.pieces, most(listed, spot.pieces))
    for number, piece in lone(page, index):
        listed = index.listed[number]
        if listed.use is not Use.SHORT and _may_be_whole(listed, piece):
            yield Spotted(field, page, listed, (piece,), most(listed, (piece,)))


def _may_be_whole(listed: Listed, piece: Piece) -> bool:
    """Whether a word may be a whole name: no everyday word, unless it is spelled as listed."""
    spelled = listed.name.parts[listed.core[0]].folded == piece.hit.form
    return spelled or not is_everyday(piece.hit.form, piece.unit.script)
