"""The past of an archive on record: its articles beside those that sources brought.

An article that a source brought already is not recorded again, and two records of an archive that
share an address or an id are told apart by their words, so that none takes the place of another.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from watcher.alerts import file_away
from watcher.article import Article
from watcher.feeds import article_id, clean
from watcher.match import Mention
from watcher.store import Store
from watcher.watchlist import Rulebook


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What came of articles of the past.

    Attributes:
        new: alerts that were recorded.
        known: alerts that were on record already, and were left as they are.
    """

    new: int = 0
    known: int = 0


def take_in_past(
    store: Store,
    found: Sequence[tuple[Article, Sequence[Mention]]],
    rulebook: Rulebook,
    now: datetime,
) -> Archived:
    """Record articles of the past, searched already, and their alerts, of which nobody is told.

    Recording the same again changes nothing, and adds the alerts of rules that are new since. So it
    is of an article that a source brought already: the same address with the same words.

    Args:
        store: where it is recorded.
        found: articles with what was found in each.
        rulebook: what is in force.
        now: aware, in UTC.
    """
    first: dict[str, Article] = {}
    found = [(_as_on_record(store, article, first), mentions) for article, mentions in found]
    dossiers = file_away(found, rulebook, now)
    raised = {judged.alert.id for dossier in dossiers for judged in dossier.judged}
    known = sum(store.alert(each) is not None for each in raised)
    store.record(dossiers, None, now)
    return Archived(new=len(raised) - known, known=known)


def _as_on_record(store: Store, article: Article, first: dict[str, Article]) -> Article:
    """An article of an archive under the id that it has already, or else one of its own.

    Args:
        store: what is on record.
        article: the article.
        first: those of this portion before it that are not on record yet, by id; it is added.
    """
    own = _apart(store, article, first)
    if store.first_seen(own.id) is None:
        brought = _as_brought(store, article)
        if brought is not None:
            return brought
    first.setdefault(own.id, own)
    return own


def _apart(store: Store, article: Article, first: dict[str, Article]) -> Article:
    """An article under an id of its own if another has its address, or its id, with other words.

    Nobody knows whether these are a correction or other news, and what is told twice is not lost.
    An address of a file has one article alone, in its latest version.
    """
    stored = store.stored(article.id)
    other = stored.article if stored else first.get(article.id, article)
    if other is article or _is_file(article.link):
        return article
    # A hash of the words is all that is left of what is forgotten.
    if stored and not store.unseen([article]):
        return article
    is_same = _words(other) == _words(article)
    return article if is_same else replace(article, id=_apart_id(article.id, article))


def _as_brought(store: Store, article: Article) -> Article | None:
    """An article as a source brought it, if one did: the same address with the same words.

    Its text and title stay, since what was found stands in these, unless it has no title itself.
    """
    kept = [stored.article for stored in store.at_address(article.link)]
    said = _said(article) if kept else []
    same = (each for each in kept if _said(each) == said)
    archived = {article.id, *(_apart_id(article.id, each) for each in kept)}
    known = next((each for each in same if each.id not in archived), None)
    return known and replace(
        known,
        text=article.text,
        title=article.title or known.title,
        published=known.published or article.published,
        language=known.language or article.language,
    )


def _is_file(link: str) -> bool:
    """Whether an address is that of a whole file, and not of a record in it."""
    return link.startswith("file:") and "#" not in link


def _apart_id(shared: str, article: Article) -> str:
    """The id of an article that is told from another of the same id by its words."""
    return article_id(shared, "\n".join(_words(article)))


def _words(article: Article) -> tuple[str, str]:
    """Headline and text, with one space between two words."""
    return " ".join(clean(article.title).split()), " ".join(clean(article.text).split())


def _said(article: Article) -> list[str]:
    """The words of an article; an archive has them with marks that sources take away."""
    return clean(article.text or article.title).split()
