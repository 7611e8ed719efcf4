"""Why an entity is found in an article, or is not: each place that may be it, what stopped it.

Nothing is decided here. What `find` found is told as it was found; for everything else the steps of
`find` are asked one by one, without the short cuts that pass over what cannot count.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import chain

from watcher.article import Article
from watcher.match.again import said_again
from watcher.match.find import Survey, conclude, cut, survey
from watcher.match.index import Index, Listed, Use
from watcher.match.judge import Cost, Find, costs, judge
from watcher.match.mention import Field, Mention
from watcher.match.near import Near, nearest
from watcher.match.page import Page
from watcher.match.short import Refusal, nicknames, refusal, standing, surnames
from watcher.match.single import lone
from watcher.match.spot import Piece, learn
from watcher.match.weak import Weakness
from watcher.match.whole import Spotted
from watcher.names import Evidence

_FAINT = 0.2
"""What is less sure than this is no place worth a word."""
_IDLE = (Refusal.UNLIKE, Refusal.EVERYDAY)
"""Beside names that count, words refused for these are not worth a word either."""
_SHOWN = 3
"""So many places that do not count are told, the surest."""


class Hurdle(StrEnum):
    """What a place was stopped by, in the order in which it is asked."""

    BAR = "it is not sure enough"
    EXCLUDED = "it is somebody else's name"
    SUPPORT = "it needs support"
    SHORT = "it is a part that stands alone"
    RIVAL = "another name fits the words better"


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place of an article that may be the entity.

    Attributes:
        field: where it stands; `start` and `end` count code points of that field.
        start: of the first code point.
        end: behind the last code point.
        quote: the words as they stand there.
        name: the name of the watchlist they may be.
        use: what that name is good for.
        likeness: how alike the words and the name are, before the article's own costs.
        costs: what the article does not give, each with what it leaves of the score.
        score: how sure it is, 0.0 to 1.0.
        bar: what it must reach.
        evidence: what became of each part.
        weakness: why it needs support; None if it needs none.
        support: what supports it: a context word, or another name of the entity; "" if nothing.
        exclusion: a name under `not:` that the words are better taken for; "" if none.
        refusal: why a part that stands alone does not count; None if it is none, or counts.
        rival: the mention of another entity that the words were taken for; None if there is none.
        mention: what it became; None if it does not count.
    """

    field: Field
    start: int
    end: int
    quote: str
    name: str
    use: Use
    likeness: float
    costs: tuple[tuple[Cost, float], ...] = ()
    score: float
    bar: float
    evidence: tuple[Evidence, ...] = ()
    weakness: Weakness | None = None
    support: str = ""
    exclusion: str = ""
    refusal: Refusal | None = None
    rival: Mention | None = None
    mention: Mention | None = None

    @property
    def hurdle(self) -> Hurdle | None:
        """What stopped it; None if it counts."""
        if self.mention is not None:
            return None
        if self.refusal is not None:
            return Hurdle.SHORT
        if self.score < self.bar:
            return Hurdle.BAR
        if self.exclusion:
            return Hurdle.EXCLUDED
        if self.weakness is not None and not self.support:
            return Hurdle.SUPPORT
        return Hurdle.RIVAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """The road from an article to the mentions of one entity.

    Attributes:
        words: how many words title and text have; a title that the text says again counts once.
        context: the first context word of the entity that the article holds; "" if none.
        candidates: the places that may be the entity: those that count, and the surest of the
            others; title first, then by start. What the text says again of the title is told once.
        near: for each part of its names, the word of the article that is most like it.
        mentions: what was found of the entity, as `find` tells it.
    """

    words: int
    context: str
    candidates: tuple[Candidate, ...]
    near: tuple[Near, ...]
    mentions: tuple[Mention, ...]


def trace(article: Article, entity: str, index: Index) -> Trace:
    """Say why an entity of a watchlist is found in an article, or why not.

    Args:
        article: its title and text are read.
        entity: the entity's id; it must be one of the index.
        index: the watchlist, made fast to look up.
    """
    with index.asked():
        return _traced(article, entity, index)


def _traced(article: Article, entity: str, index: Index) -> Trace:
    pages = cut(article, index)
    learn(pages.values(), index)
    seen = survey(pages, index)
    mentions = conclude(pages, index, seen)
    own = tuple(mention for mention in mentions if mention.entity == entity)
    others = [mention for mention in mentions if mention.entity != entity]
    others.sort(key=lambda one: _origin(one.entity, index) != _origin(entity, index))
    places = [*_whole(pages, entity, seen), *_short(pages, entity, index, seen)]
    again = said_again(article)
    told = _once([*_counted(own, places), *_missed(own, places, others)], again)
    listed = [index.listed[number] for number in index.names_of(entity)]
    return Trace(
        words=sum(len(page.words) for field, page in pages.items() if _is_new(field, again)),
        context=seen.context.get(entity, ""),
        candidates=tuple(sorted(told, key=lambda one: (one.field is Field.TEXT, one.start))),
        near=nearest(pages, listed),
        mentions=own,
    )


def _origin(entity: str, index: Index) -> str:
    """The list on which an entity stands; only another of the same list can take its words."""
    return next(index.listed[number].entity.origin for number in index.names_of(entity))


def _whole(pages: Mapping[Field, Page], entity: str, seen: Survey) -> Iterator[Candidate]:
    """The places of its whole names."""
    for one in seen.whole.every(entity):
        found = seen.whole.judged(one)
        candidate = _candidate(one.field, pages[one.field], found, seen.whole.bar(found.listed))
        yield candidate if found.score < candidate.bar else _weighed(one, found, candidate, seen)


def _weighed(one: Spotted, found: Find, candidate: Candidate, seen: Survey) -> Candidate:
    """A place that is sure enough, with what else is asked of it."""
    excluded = seen.whole.explained(one, found)
    weakness = seen.whole.weakness(one, found)
    return replace(
        candidate,
        weakness=weakness,
        support=_support(found.listed.entity.id, seen) if weakness else "",
        exclusion=excluded.listed.name.text if excluded else "",
    )


def _support(entity: str, seen: Survey) -> str:
    """Another name of the entity that needs no support, or else a context word; "" if neither."""
    strong = (told.find for told in seen.sure if not told.weak)
    quotes = (found.quote for found in strong if found.listed.entity.id == entity)
    return next(quotes, seen.context.get(entity, ""))


def _short(
    pages: Mapping[Field, Page], entity: str, index: Index, seen: Survey
) -> Iterator[Candidate]:
    """Parts of its names that stand alone."""
    for field, page in pages.items():
        taken = seen.taken(field)
        in_text = field is Field.TEXT
        finds = chain(
            surnames(page, seen.introduced, taken, in_text=in_text),
            nicknames(page, index, seen.introduced, seen.context, taken),
        )
        for found, _ in finds:
            if found.listed.entity.id == entity:
                yield _part(field, page, found, seen.whole.bar(found.listed))
        for alone in standing(page, seen.introduced, taken, in_text=in_text):
            if alone.refusal and alone.known.find.listed.entity.id == entity:
                yield _refused(field, page, (alone.listed, alone.piece), alone.refusal)
        yield from _nicknames(field, page, entity, index, seen)


def _nicknames(
    field: Field, page: Page, entity: str, index: Index, seen: Survey
) -> Iterator[Candidate]:
    """Words that may be its short forms, and do not count."""
    names = [number for number in index.names_of(entity) if index.listed[number].use is Use.SHORT]
    known, backed = seen.introduced.get(entity), entity in seen.context
    for number, piece in lone(page, index, names) if names else ():
        why = refusal(page, piece, known, seen.taken(field), backed=backed)
        if why:
            yield _refused(field, page, (index.listed[number], piece), why)


def _part(field: Field, page: Page, found: Find, bar: float) -> Candidate:
    """A part that stands alone; what whole names must give is not asked of it."""
    return replace(_candidate(field, page, found, bar), use=Use.SHORT, costs=())


def _refused(field: Field, page: Page, part: tuple[Listed, Piece], why: Refusal) -> Candidate:
    listed, piece = part
    found = judge(page, listed, (piece,))._replace(score=piece.hit.score)
    return replace(_part(field, page, found, 0.0), refusal=why)


def _candidate(field: Field, page: Page, found: Find, bar: float) -> Candidate:
    return Candidate(
        field=field,
        start=found.start,
        end=found.end,
        quote=found.quote,
        name=found.listed.name.text,
        use=found.listed.use,
        likeness=found.comparison.score,
        costs=tuple(costs(page, found.listed, found.pieces, found.comparison)),
        score=found.score,
        bar=bar,
        evidence=found.comparison.evidence,
    )


def _counted(own: Iterable[Mention], places: Iterable[Candidate]) -> Iterator[Candidate]:
    """What was found, each with the place it came from."""
    at = {(one.field, one.start, one.end, one.name): one for one in places}
    for mention in own:
        place = at[mention.field, mention.start, mention.end, mention.name]
        yield replace(place, mention=mention, score=mention.score, evidence=mention.evidence)


def _missed(
    own: Sequence[Mention], places: Iterable[Candidate], others: Sequence[Mention]
) -> Iterator[Candidate]:
    """The surest of the places that do not count, each word once, and not again elsewhere."""
    covered: list[Candidate | Mention] = list(own)
    told: set[tuple[str, str, Refusal | None]] = set()
    for place in sorted(places, key=lambda one: -one.score):
        if len(told) == _SHOWN or place.score < _FAINT:
            return
        if not any(_meet(place, other) for other in covered):
            covered.append(place)
            same = (place.quote, place.name, place.refusal)
            if own and place.refusal in _IDLE:
                continue
            if same not in told:
                rivals = (other for other in others if _meet(place, other))
                yield replace(place, rival=next(rivals, None))
            told.add(same)


def _once(told: Sequence[Candidate], again: range) -> list[Candidate]:
    """The places without those of the title that the text has again where it says the title."""
    twice = {_read(one) for one in told if one.field is Field.TEXT and one.start in again}
    return [one for one in told if one.field is Field.TEXT or _read(one) not in twice]


def _read(one: Candidate) -> tuple[str, str, str]:
    """How a place reads."""
    return (" ".join(one.quote.split()), one.name, one.hurdle or "")


def _is_new(field: Field, again: range) -> bool:
    return field is Field.TEXT or not again


def _meet(one: Candidate | Mention, other: Candidate | Mention) -> bool:
    return one.field is other.field and one.start < other.end and other.start < one.end
