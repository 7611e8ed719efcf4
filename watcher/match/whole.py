"""Whole names in an article, judged only where something can come of it.

Every word of an article is a little like some name of a long list. Nearly all of these spots come
to nothing for reasons that show before their letters are compared, or would need support that the
article does not give. So the strong ones are judged first, then the weak ones of entities that have
support, and the rest only if somebody asks which words they hold.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from watcher.match.bound import may_be_strong, most, supposed
from watcher.match.index import Index, Listed, Use
from watcher.match.judge import Find, judge, opened
from watcher.match.mention import Field
from watcher.match.page import Page
from watcher.match.short import is_everyday
from watcher.match.single import alone, lone
from watcher.match.spot import Piece, spots
from watcher.match.wanted import Few, Wanted, evenly
from watcher.match.weak import Weakness, is_given, is_spelled, may_tell, weakness
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
        number: of the name in the index.
        pieces: the words, in order.
    """

    field: Field
    number: int
    pieces: tuple[Piece, ...]

    @property
    def words(self) -> range:
        """The words they hold, from the first to the last."""
        return range(self.pieces[0].unit.first, max(p.unit.last for p in self.pieces) + 1)


_Around: TypeAlias = Callable[[int], AbstractSet[int]]
_Of: TypeAlias = Callable[[frozenset[int]], Iterable[Spotted]]
_Holds: TypeAlias = Callable[[Spotted], bool]


class _Taken(AbstractSet[int]):
    """Words that names hold; names are looked for and judged where one of their words is asked."""

    def __init__(self, chains: NDArray[np.intp], around: _Around, of: _Of, holds: _Holds) -> None:
        """Take what `Whole.taken` knows.

        Args:
            chains: by word the number of the chain around it, which no name leaves.
            around: tells the chains of a word wherever the text has it.
            of: tells the names in some chains.
            holds: tells whether a name holds its words.
        """
        self._chains, self._around, self._of, self._holds = chains, around, of, holds
        self._known: dict[int, list[Spotted]] = {}

    def __contains__(self, place: object) -> bool:
        if not isinstance(place, int):
            return False
        own = int(self._chains[place])
        if own not in self._known:
            # Who asks of a word will ask of it again.
            new = ({own} | self._around(place)) - self._known.keys()
            self._known |= {number: [] for number in new}
            for one in self._of(frozenset(new)):
                self._known[int(self._chains[one.words[0]])].append(one)
        return any(place in one.words and self._holds(one) for one in self._known[own])

    def __iter__(self) -> Iterator[int]:
        return (place for place in range(len(self._chains)) if place in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Whole:
    """The whole names of an article: those of several parts together, those of one alone."""

    def __init__(
        self, pages: Mapping[Field, Page], index: Index, min_score: float | None = None
    ) -> None:
        self._pages = pages
        self._index = index
        self._min_score = min_score
        self._found: dict[Spotted, tuple[Find, float]] = {}
        self._given: dict[tuple[Field, int], bool] = {}
        self._tells: dict[tuple[Field, int, tuple[Piece, ...], bool], bool] = {}

    def bar(self, listed: Listed) -> float:
        """What a listed name must score."""
        return self._index.bar(listed.entity) if self._min_score is None else self._min_score

    def strong(self) -> set[str]:
        """The entities that a name which needs no support introduces."""
        return {
            self._listed(one).entity.id
            for one in (*self._several(self._usual()), *self._alone())
            if self._may_be_strong(one)
            if (told := self._reached(one)) is not None and not told.weak
        }

    def of(self, entities: Collection[str]) -> list[Told]:
        """The names of some entities that reach their bar and that nobody else explains better."""
        names = {number for entity in entities for number in self._index.names_of(entity)}
        own = np.array(sorted(name for name in names if self._index.whole[name]), np.intp)
        bars = self._index.usual[own]
        if self._min_score is not None:
            bars = np.full_like(bars, self._min_score)
        found = list(self._several(Few(own, bars)))
        found += [one for one in self._lone(names) if self._listed(one).use is not Use.EXCLUDED]
        found.sort(key=lambda one: (one.field is Field.TEXT, len(one.pieces) == 1))
        return [told for one in found if (told := self._reached(one)) is not None]

    def every(self, entity: str) -> list[Spotted]:
        """The places of an entity's whole names, however unlike; the title first, then in order."""
        names = set(self._index.names_of(entity))
        own = np.array(sorted(name for name in names if self._index.whole[name]), np.intp)
        wanted = Few(own, np.zeros(len(own)))
        several = (one for field in self._pages for one in self._spotted(field, wanted))
        alone = (one for one in self._lone(names) if self._index.whole[one.number])
        return sorted(
            chain(several, alone), key=lambda one: (one.field is Field.TEXT, one.words[0])
        )

    def taken(self, field: Field, least: float) -> AbstractSet[int]:
        """The words of a field that names of several words hold, however they are supported.

        Args:
            field: where the words stand.
            least: what the names score at least.

        Returns:
            A set that judges the names at a word when it is asked for the word.
        """
        page = self._pages[field]
        wanted = evenly(self._index.whole, least)
        chains = page.flow.chained()[: len(page.words)]
        wide: dict[int, list[Spotted]] = {}
        for one in self._lone(None, wide=True):
            if one.field is field:
                wide.setdefault(int(chains[one.words[0]]), []).append(one)

        def names(numbers: frozenset[int]) -> Iterator[Spotted]:
            alone = chain.from_iterable(wide.get(number, ()) for number in numbers)
            every = chain(self._spotted(field, wanted, numbers), alone)
            return (one for one in every if most(self._listed(one), one.pieces) >= least)

        return _Taken(chains, page.flow.around, names, lambda one: self._holds(one, least))

    def _holds(self, one: Spotted, least: float) -> bool:
        """Whether a name scores so much, and is not somebody else."""
        found = self.judged(one, least)
        # Without a particle that is not its own a name may be one word after all.
        several = found.last > found.first
        return several and found.score >= least and self.explained(one, found) is None

    def _listed(self, one: Spotted) -> Listed:
        return self._index.listed[one.number]

    def _usual(self) -> Wanted | None:
        """All names by their bars; None if those are the usual ones."""
        least = self._min_score
        return None if least is None else evenly(self._index.whole, least)

    def _several(self, wanted: Wanted | None) -> Iterator[Spotted]:
        """Names of several parts that may reach their bar."""
        every = (one for field in self._pages for one in self._spotted(field, wanted))
        for one in every:
            listed = self._listed(one)
            if most(listed, one.pieces) >= self.bar(listed):
                yield one

    def _spotted(
        self, field: Field, wanted: Wanted | None, chains: frozenset[int] | None = None
    ) -> Iterator[Spotted]:
        for spot in spots(self._pages[field], self._index, wanted, chains):
            yield Spotted(field, spot.listed, spot.pieces)

    def _alone(self) -> Iterator[Spotted]:
        """Names of one part that may count without support."""
        usual = self._min_score is None or self._min_score >= self._index.lowest
        for field, page in self._pages.items():
            for number, piece in (alone if usual else lone)(page, self._index):
                one = Spotted(field, number, (piece,))
                if self._may_be_whole(one):
                    yield one

    def _lone(self, names: Collection[int] | None, *, wide: bool = False) -> Iterator[Spotted]:
        """Names of one part, some or all; wide where only units of several words are meant."""
        for field, page in self._pages.items():
            for number, piece in lone(page, self._index, names, wide=wide):
                one = Spotted(field, number, (piece,))
                if self._may_be_whole(one):
                    yield one

    def _may_be_whole(self, one: Spotted) -> bool:
        """Whether a word may be a whole name: no everyday word, unless it is spelled as listed."""
        (piece,) = one.pieces
        if self._index.short[one.number]:
            return False
        if not is_everyday(piece.hit.form, piece.unit.script):
            return True
        listed = self._listed(one)
        return is_spelled(listed.name.parts[listed.core[0]], piece)

    def _may_be_strong(self, one: Spotted) -> bool:
        """Whether a name may count without support, were it as sure as it can be."""
        if self._index.listed.columns.counts[one.number] and not self._may_tell(one):
            return False
        page, names = self._pages[one.field], self._index.crowd
        return may_be_strong(page, self._listed(one), one.pieces, names)

    def _may_tell(self, one: Spotted) -> bool:
        """Whether the one part of a name lets it count without support, whoever has it."""
        person = bool(self._index.listed.columns.person[one.number])
        asked = one.field, self._word(one), one.pieces, person
        if asked not in self._tells:
            page, listed = self._pages[one.field], self._listed(one)
            found = supposed(listed, (opened(page, listed, *one.pieces),))
            self._tells[asked] = may_tell(page, found, self._index.crowd)
        return self._tells[asked]

    def _word(self, one: Spotted) -> int:
        """The one word of a name, by its number."""
        entries = self._index.entries
        return int(entries.words[entries.begins[one.number]])

    def judged(self, one: Spotted, least: float = 0.0) -> Find:
        """The careful look at some words; nobody asks about a score below `least`."""
        found, asked = self._found.get(one, (None, 0.0))
        if found is None or asked > least:
            found = judge(self._pages[one.field], self._listed(one), one.pieces, least)
            self._found[one] = found, least if found.score < least else 0.0
        return found

    def _reached(self, one: Spotted) -> Told | None:
        """A name that reaches its bar; None if it does not, or is somebody else."""
        bar = self.bar(self._listed(one))
        found = self.judged(one, bar)
        if found.score < bar or self.explained(one, found) is not None:
            return None
        return Told(one.field, found, weak=self.weakness(one, found) is not None)

    def weakness(self, one: Spotted, found: Find) -> Weakness | None:
        """Why a name needs support where it stands; None if it needs none."""
        if self._is_given(one):
            return Weakness.GIVEN
        return weakness(self._pages[one.field], found, self._index.crowd)

    def _is_given(self, one: Spotted) -> bool:
        """Whether the one word of an organisation is a given name anywhere in the field."""
        columns = self._index.listed.columns
        if columns.person[one.number] or not columns.alone[one.number]:
            return False
        word = one.field, self._word(one)
        if word not in self._given:
            listed, page = self._listed(one), self._pages[one.field]
            self._given[word] = any(
                is_given(page, supposed(listed, other.pieces))
                for other in self._lone({one.number})
                if other.field is one.field
            )
        return self._given[word]

    def explained(self, one: Spotted, found: Find) -> Find | None:
        """A name of somebody this entity is not, for which the same words are better taken.

        A middle name tells the two apart: "George Bush" is none of George W. Bush.
        """
        entity = found.listed.entity.id
        others = (
            self.judged(other)
            for place in (one.words if self._excluded else ())
            for other in self._excluded.get((one.field, entity, place), ())
        )
        return next(
            (
                other
                for other in others
                if other.score >= found.score - NEAR and other.apart <= found.apart
            ),
            None,
        )

    def excludes(self, field: Field, short: Find) -> bool:
        """Whether the word of a short form stands in the name of somebody the entity is not."""
        entity, least = short.listed.entity.id, self.bar(short.listed)
        return any(
            self.judged(other).score >= least
            for place in (range(short.first, short.last + 1) if self._excluded else ())
            for other in self._excluded.get((field, entity, place), ())
        )

    @cached_property
    def _excluded(self) -> dict[tuple[Field, str, int], list[Spotted]]:
        """By entity and word, the names there that the entity does not have."""
        names = self._index.excluded
        found: dict[tuple[Field, str, int], list[Spotted]] = {}
        if len(names):
            wanted = Few(names, np.zeros(len(names)))
            several = (one for field in self._pages for one in self._spotted(field, wanted))
            for one in chain(several, self._lone(frozenset(names.tolist()))):
                for place in one.words:
                    entity = self._listed(one).entity.id
                    found.setdefault((one.field, entity, place), []).append(one)
        return found
