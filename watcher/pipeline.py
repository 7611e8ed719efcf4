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

from watcher.alerts import Delivery, Dossier, Judged, Reason, judge
from watcher.article import Article
from watcher.channels import Channel, GiveUp, Retry, after_failure
from watcher.errors import DeliveryError
from watcher.feeds import whole
from watcher.match import Index, find
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
