"""One round, step by step: what is done with what a source brought, and with what waits to be sent.

The order is fixed and written here once. Of what a look brought, the unseen is kept; names are
found in it; alerts are raised, decided and routed; all that is recorded in one transaction, the
source's new state with the last of it. Sending happens afterwards, from the record: one delivery,
its outcome noted. Whoever runs the steps (the daemon, `run --once`, a queue of another day) only
decides when and in which thread.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import assert_never

from watcher.alerts import Delivery, Dossier, Judged, Reason, file_away, judge
from watcher.article import Article
from watcher.channels import Channel, GiveUp, Retry, after_failure
from watcher.errors import DeliveryError
from watcher.feeds import article_id, clean, whole
from watcher.match import Index, Mention, find
from watcher.source import SourceState
from watcher.store import Store, Stored, Wish
from watcher.watchlist import Rulebook

PORTION = 20
"""Articles recorded together: few enough that deliveries and other sources get their turn between
two portions of a long first look, many enough that waiting for the disk does not count."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Knowledge:
    """What is in force; replaced whole on a reload, between two portions.

    Attributes:
        rulebook: the watchlist and the rules, each with its version.
        index: the watchlist made fast to look up.
        max_age: an article published longer before it was first seen is held; None for no limit.
    """

    rulebook: Rulebook
    index: Index
    max_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of a portion, as it is recorded.

    Attributes:
        dossiers: one for each article, in order.
        channels: those for which there is now something new to send, each once.
    """

    dossiers: tuple[Dossier, ...] = ()
    channels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Archived:
    """What came of articles of the past.

    Attributes:
        new: alerts that were recorded.
        known: alerts that were on record already, and were left as they are.
    """

    new: int = 0
    known: int = 0


class Fate(StrEnum):
    """What became of one attempt to send, in the words of the log."""

    SENT = "sent"
    POSTPONED = "postponed"
    SUSPENDED = "suspended"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """One attempt to send.

    Attributes:
        delivery: what was sent, as it was before the attempt.
        fate: what became of it.
        at: when the attempt ended, aware, in UTC.
        says: the receipt, or what went wrong and where.
        until: when it is tried next; None unless postponed.
        asked: the receiver wants nothing before; None if it did not say.
        fault: the error behind a failure nobody foresaw, for the log; None otherwise.
    """

    delivery: Delivery
    fate: Fate
    at: datetime
    says: str
    until: datetime | None = None
    asked: datetime | None = None
    fault: Exception | None = None


def portions(
    articles: Sequence[Article], state: SourceState
) -> Iterator[tuple[Sequence[Article], SourceState | None]]:
    """The articles of one look in portions, to be taken in in this order.

    Only the last portion, which may be empty, comes with the source's new state: after a crash in
    between, the source still stands where it was, and nothing it brought is passed over.
    """
    for start in range(0, len(articles) - PORTION, PORTION):
        yield articles[start : start + PORTION], None
    rest = (len(articles) - 1) // PORTION * PORTION if articles else 0
    yield articles[rest:], state


def take_in(  # noqa: PLR0913 - what came of a look, and what is to be done with it
    store: Store,
    articles: Sequence[Article],
    state: SourceState | None,
    knowledge: Knowledge,
    now: datetime,
    *,
    full_text: bool = False,
) -> Taken:
    """Find names in unseen articles and record all that comes of it, in one transaction.

    What the feed itself says is matched at once; if more stands on the articles' pages, these are
    wanted from then on, and `take_page` goes on when one was read.

    Args:
        store: where it is recorded.
        articles: a portion; those that were seen before must be left out already.
        state: what is remembered about the source from now on; None if more portions follow.
        knowledge: what is in force.
        now: aware, in UTC.
        full_text: whether the pages of the articles are to be read too.
    """
    texts = store.pages.texts([article.id for article in articles]) if full_text else {}
    known = [whole(each, texts[each.id]) if each.id in texts else each for each in articles]
    dossiers = _match(store, known, knowledge, now) if known else ()
    with store.together():
        channels = store.record(dossiers, state, now)
        if full_text:
            _want(store, articles, knowledge, now)
    return Taken(dossiers=dossiers, channels=channels)


def take_page(store: Store, wish: Wish, text: str, knowledge: Knowledge, now: datetime) -> Taken:
    """Find names in an article with the text of its page, and record all that comes of it.

    Args:
        store: where it is recorded.
        wish: whose page was read; if the article is not on record any more, nothing is done.
        text: of the page.
        knowledge: what is in force.
        now: aware, in UTC.
    """
    stored = store.stored(wish.article)
    if stored is None:
        return Taken()
    dossiers = _match(store, [whole(stored.article, text)], knowledge, now)
    with store.together():
        channels = store.record(dossiers, None, now)
        store.pages.put(wish.article, text)
    return Taken(dossiers=dossiers, channels=channels)


def look_back(
    store: Store,
    shelved: Sequence[Stored],
    newcomers: Collection[str],
    knowledge: Knowledge,
    now: datetime,
) -> Taken:
    """Find entities that are watched only now in articles seen before, and record what comes of it.

    Their alerts are decided and sent like any other, and say that they are found in retrospect.

    Args:
        store: where it is recorded.
        shelved: articles of the record.
        newcomers: the entities that count, by id; no others are told of again.
        knowledge: what is in force.
        now: aware, in UTC.
    """
    found = {each.article.id: tuple(find(each.article, knowledge.index)) for each in shelved}
    first_seen = {each.article.id: each.first_seen for each in shelved}
    judged = judge(
        [
            (each.article, [m for m in found[each.article.id] if m.entity in newcomers])
            for each in shelved
        ],
        knowledge.rulebook,
        store,
        now=now,
        max_age=knowledge.max_age,
        silences=store.silences.lasting(now),
    )
    dossiers = tuple(
        replace(dossier, mentions=found[dossier.article.id], judged=told)
        for dossier in judged
        if (told := _in_retrospect(dossier.judged, first_seen[dossier.article.id]))
    )
    return Taken(dossiers=dossiers, channels=store.record(dossiers, None, now))


def _in_retrospect(judged: Sequence[Judged], first_seen: datetime) -> tuple[Judged, ...]:
    """Those that are not on record already, marked."""
    return tuple(
        replace(each, alert=replace(each.alert, seen=first_seen))
        for each in judged
        if each.decision.reason is not Reason.KNOWN
    )


def _match(
    store: Store, articles: Sequence[Article], knowledge: Knowledge, now: datetime
) -> tuple[Dossier, ...]:
    """What is found in articles and decided of it; nothing is recorded, and no lock is held."""
    return judge(
        [(article, find(article, knowledge.index)) for article in articles],
        knowledge.rulebook,
        store,
        now=now,
        max_age=knowledge.max_age,
        silences=store.silences.lasting(now),
    )


def _want(store: Store, articles: Sequence[Article], knowledge: Knowledge, now: datetime) -> None:
    """Want the pages of articles that can still raise an alert."""
    linked = [each for each in articles if each.link.startswith(("http://", "https://"))]
    max_age = knowledge.max_age
    old = {
        each.id for each in linked if max_age and each.published and now - each.published > max_age
    }
    store.pages.want([each for each in linked if each.id not in old], now)
    store.pages.want([each for each in linked if each.id in old], now, "it is older than max_age")


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


async def deliver(
    delivery: Delivery, channel: Channel, clock: Callable[[], datetime], jitter: float
) -> Outcome:
    """Try once to send. Whatever goes wrong is an outcome; nothing is raised but cancellation.

    Args:
        delivery: from the store.
        channel: where to.
        clock: the time, aware, in UTC.
        jitter: 0.0 to 1.0, for when to try again.
    """
    try:
        receipt = await channel.send(delivery, clock())
    except DeliveryError as error:
        return _failed(delivery, error, clock(), jitter)
    except Exception as error:  # noqa: BLE001 - one channel's fault is not the others'
        told = DeliveryError(
            f"{channel.name}: watcher failed to send ({type(error).__name__}: {error});"
            " please report this fault",
            channel=channel.name,
        )
        return _failed(delivery, told, clock(), jitter, error)
    return Outcome(delivery=delivery, fate=Fate.SENT, at=clock(), says=receipt)


def note(store: Store, outcome: Outcome) -> None:
    """Record what became of an attempt.

    A delivery that made its channel stop is not given up: it waits with the others until the
    channel is resumed.
    """
    key, at, says = outcome.delivery.key, outcome.at, outcome.says
    counts = outcome.delivery.planned is None
    match outcome.fate:
        case Fate.SENT:
            store.delivered(key, at, says)
        case Fate.POSTPONED:
            until = outcome.until or at
            store.postponed(key, until, at, says, asked=outcome.asked, counts=counts)
        case Fate.SUSPENDED:
            store.postponed(key, at, at, says, counts=counts)
            store.suspend(outcome.delivery.channel, says, at)
        case Fate.DEAD:
            store.dead(key, at, says)
        case _:
            assert_never(outcome.fate)


def _failed(
    delivery: Delivery,
    error: DeliveryError,
    now: datetime,
    jitter: float,
    fault: Exception | None = None,
) -> Outcome:
    verdict = after_failure(delivery.attempts + 1, error, now, jitter, delivery.planned)
    until = asked = None
    match verdict:
        case Retry():
            fate, until, asked = Fate.POSTPONED, verdict.at, verdict.asked
        case GiveUp():
            fate = Fate.SUSPENDED if verdict.suspend else Fate.DEAD
        case _:
            assert_never(verdict)
    return Outcome(
        delivery=delivery,
        fate=fate,
        at=now,
        says=verdict.reason,
        until=until,
        asked=asked,
        fault=fault,
    )
