"""An article and a watchlist to mentions.

The steps, in their fixed order: cut title and text into words and look each up; propose places
where parts of one listed name stand together; judge each; drop what a name under `not:` explains
better; hold back weak names without support; settle places that several names claim; then, for the
entities so introduced, take their short forms; keep what reaches the bar.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import chain
from typing import NamedTuple

from watcher.article import Article
from watcher.match.bar import BAR
from watcher.match.index import Index, index_of
from watcher.match.mention import Field, Mention
from watcher.match.page import Page
from watcher.match.reader import read_all
from watcher.match.short import Introduced, introduce, nicknames, surnames
from watcher.match.spot import learn
from watcher.match.whole import NEAR, Told, Whole
from watcher.names import Evidence, Verdict
from watcher.watchlist.entity import Watchlist

_TOGETHER = 100_000
"""Code points that are read ahead."""


def find(
    article: Article, watchlist: Watchlist | Index, min_score: float | None = None
) -> tuple[Mention, ...]:
    """Find the names of a watchlist in an article.

    Never raises, whatever the text. Time is linear in the text. Several threads may ask one index,
    which answers one after the other.

    Args:
        article: its title and text are read.
        watchlist: who to look for; compiled once and remembered (or an Index).
        min_score: the bar for all mentions; None for each entity's own (see `bar_of`), or what
            the index was compiled with where that is lower.

    Returns:
        Mentions at or above the bar, those in the title first, then by start.
    """
    index = index_of(watchlist)
    with index.asked():
        pages = cut(article, index)
        learn(pages.values(), index)
        return _found(pages, index, min_score)


def find_all(
    articles: Iterable[Article], watchlist: Watchlist | Index, min_score: float | None = None
) -> Iterator[tuple[Mention, ...]]:
    """Find the names of a watchlist in many articles: what `find` finds, several times as fast.

    Some articles are read ahead, since new words are best looked up many at a time.

    Args:
        articles: read as far as needed.
        watchlist: as for `find`.
        min_score: as for `find`.

    Yields:
        The mentions of each article, in the order of the articles.
    """
    index = index_of(watchlist)
    # Each time anew, so that no page outlives its turn: it holds what is forgotten meanwhile.
    for several in _together(articles):
        yield from _find_some(several, index, min_score)


def _find_some(
    articles: Sequence[Article], index: Index, min_score: float | None
) -> Iterator[tuple[Mention, ...]]:
    """Find the names in some articles, of which the words are looked up together."""
    with index.asked():
        every = cut_all(articles, index)
        learn((page for pages in every for page in pages.values()), index)
    for pages in every:
        with index.asked():
            found = _found(pages, index, min_score)
        yield found


def _together(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Articles by so many that looking their words up at once pays."""
    several: list[Article] = []
    size = 0
    for article in articles:
        several.append(article)
        size += len(article.text)
        if size >= _TOGETHER:
            yield several
            several, size = [], 0
    if several:
        yield several


def cut(article: Article, index: Index) -> dict[Field, Page]:
    """Title and text of an article, as far as it has them, cut up for the index."""
    (pages,) = cut_all((article,), index)
    return pages


def cut_all(articles: Sequence[Article], index: Index) -> list[dict[Field, Page]]:
    """What `cut` makes of each of some articles."""
    fields = [
        [(field, text) for field, text in ((Field.TITLE, a.title), (Field.TEXT, a.text)) if text]
        for a in articles
    ]
    pages = iter(read_all([text for own in fields for _, text in own], index))
    return [{field: next(pages) for field, _ in own} for own in fields]


class Survey(NamedTuple):
    """What is known of an article before short forms are looked for.

    Attributes:
        context: by entity, the first context word that the article holds.
        whole: the whole names.
        strong: the entities that a name which needs no support introduces.
        sure: the whole names that count, before rivals are settled.
        introduced: by entity, what those introduce.
    """

    context: dict[str, str]
    whole: Whole
    strong: set[str]
    sure: tuple[Told, ...]
    introduced: Mapping[str, Introduced]

    def taken(self, field: Field) -> AbstractSet[int]:
        """The words of a field that whole names hold."""
        return self.whole.taken(field, BAR / 2)


def survey(pages: Mapping[Field, Page], index: Index, min_score: float | None = None) -> Survey:
    """Find the whole names in the pages of an article whose words were looked up."""
    context = _contexts(index, pages)
    whole = Whole(pages, index, min_score)
    strong = whole.strong()
    backed = strong | context.keys()
    reached = whole.of(backed) if backed else ()
    sure = tuple(_supported(reached, strong, context))
    introduced = introduce((told.field is Field.TEXT, told.find) for told in sure)
    return Survey(context, whole, strong, sure, introduced)


def _found(
    pages: Mapping[Field, Page], index: Index, min_score: float | None
) -> tuple[Mention, ...]:
    return conclude(pages, index, survey(pages, index, min_score))


def conclude(pages: Mapping[Field, Page], index: Index, seen: Survey) -> tuple[Mention, ...]:
    """The mentions in the pages of an article: its whole names, and the short forms beside them."""
    if not seen.strong and not seen.context:
        return ()
    found = list(seen.sure)
    for field, page in pages.items():
        taken = seen.taken(field)
        finds = surnames(page, seen.introduced, taken, in_text=field is Field.TEXT)
        others = nicknames(page, index, seen.introduced, seen.context, taken)
        found += [
            Told(field, short, (note,))
            for short, note in chain(finds, others)
            if short.score >= seen.whole.bar(short.listed) and not seen.whole.excludes(field, short)
        ]
    return tuple(sorted((_mention(told) for told in _settled(found)), key=_order))


def _contexts(index: Index, pages: Mapping[Field, Page]) -> dict[str, str]:
    found: dict[str, str] = {}
    for page in pages.values():
        found = index.contexts.found(page.words, page.words.opening()) | found
    return found


def _supported(
    reached: Iterable[Told], strong: AbstractSet[str], context: Mapping[str, str]
) -> Iterator[Told]:
    """Names that reach their bar; weak ones only beside a strong name or a context word."""
    for told in reached:
        entity = told.find.listed.entity.id
        if not told.weak or entity in strong:
            yield told
        else:
            note = Evidence(verdict=Verdict.CONTEXT, found=context[entity])
            yield told._replace(notes=(note,))


def _settled(found: list[Told]) -> Iterator[Told]:
    """Of names that claim the same words, the surest of each list; all that are nearly as sure."""
    kept: dict[tuple[Field, int], list[Told]] = {}
    for told in sorted(found, key=_rank):
        places = [(told.field, place) for place in range(told.find.first, told.find.last + 1)]
        if all(_beside(told, rival) for place in places for rival in kept.get(place, ())):
            for place in places:
                kept.setdefault(place, []).append(told)
            yield told


def _rank(told: Told) -> tuple[float, int, int]:
    """The surest first, of equals the one with fewest parts lacking, then the longest."""
    return (-round(told.find.score, 2), told.find.lacking, told.find.first - told.find.last)


def _beside(told: Told, better: Told) -> bool:
    """Whether a name stays beside a better one for the same words.

    Two listed people of one name are both shown; one whose name the words only half give is not.
    What one official list writes more fully hides nobody of another list.
    """
    own, other = told.find.listed.entity, better.find.listed.entity
    if own.id == other.id:
        return False
    if own.origin != other.origin:
        return True
    longer = better.find.last - better.find.first > told.find.last - told.find.first
    less = told.find.lacking > better.find.lacking
    return not longer and not less and told.find.score >= better.find.score - NEAR


def _mention(told: Told) -> Mention:
    here = told.find
    return Mention(
        entity=here.listed.entity.id,
        name=here.listed.name.text,
        field=told.field,
        start=here.start,
        end=here.end,
        quote=here.quote,
        score=here.score,
        evidence=here.comparison.evidence + told.notes,
    )


def _order(mention: Mention) -> tuple[bool, int, int, float, str]:
    in_text = mention.field is Field.TEXT
    return (in_text, mention.start, mention.end, -mention.score, mention.entity)
