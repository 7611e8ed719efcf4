"""One look at a feed of the web: a polite conditional request, and whatever comes of it as a value.

Both validators are sent byte for byte and kept from a 304 too. Some servers answer 304 although
their feed changed, so once a day the whole feed is asked for; others know no 304, so a whole answer
that is the last one again is not read again. A feed that says it moved for good is believed when it
has said so for a day.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256

from watcher import __version__
from watcher.errors import FeedError
from watcher.feeds.entry import Entry, Parsed, believable, to_articles
from watcher.feeds.look import Fetched, Partly, give_up, put_off, settle
from watcher.feeds.pace import Hint, Pace, freshness
from watcher.feeds.parser import Parser
from watcher.feeds.rhythm import Rhythm
from watcher.feeds.verdict import NOT_MODIFIED, blame, judge
from watcher.net import Answer, Client, Gate, Limits, NetworkError, Trouble, exchange
from watcher.source import Health, SourceState

FULL_EVERY = timedelta(days=1)
MOVED_AFTER = timedelta(days=1)
LIMITS = Limits(salvage=True)
PARTIAL = 206
ACCEPT = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml;q=0.9, "
    "application/xml;q=0.8, text/xml;q=0.8, */*;q=0.1"
)


async def look_at_feed(  # noqa: PLR0913 - everything that touches the world is an argument
    url: str,
    name: str,
    rhythm: Rhythm,
    state: SourceState,
    *,
    client: Client,
    gate: Gate,
    parser: Parser,
    clock: Callable[[], datetime],
    jitter: float,
    charset: str = "",
) -> Fetched:
    """Look at a feed once.

    Args:
        url: its address, as the operator wrote it.
        name: what people call it; becomes the articles' source.
        rhythm: how long between two looks when all is well.
        state: what is remembered of it; `first_state` if nothing.
        client: from `open_client`.
        gate: shared by all feeds, for manners per host.
        parser: shared by all feeds.
        clock: the time, aware, in UTC; asked again behind the wait for the host's turn, which may
            be long.
        jitter: 0 to 1, by chance.
        charset: the encoding that the operator says the feed has; "" to find it out.

    Returns:
        Also a failed look is returned, with the reason in its state; nothing is raised for what a
        feed, a host or the network does.
    """
    state = state if state.name == name else replace(state, name=name)
    begun = clock()
    target = address(url, state, begun)
    asked = _validators(state, begun)
    if rest := gate.resting(target):
        return put_off(state, begun, rest, jitter)
    try:
        async with parser.load() as load:
            async with gate.turn(target) as turn:
                if rest := gate.resting(target):  # asked for by another feed while this one waited
                    return put_off(state, clock(), rest, jitter)
                answer = await exchange(
                    client,
                    "GET",
                    target,
                    headers={"accept": ACCEPT, **asked},
                    limits=LIMITS,
                    turn=turn,
                    load=load,
                )
            _heed(answer, asked, gate, clock())
            digest = _digest(answer, charset)
            is_known = digest in {"", state.digest}
            parsed = None if is_known else await _parse(answer, parser, charset)
            answer = replace(answer, body=b"")  # it is as large as the feed
    except NetworkError as error:
        return _fail(
            state, url, target, give_up(state, clock(), rhythm.shortest, jitter, blame(error))
        )
    except FeedError as error:
        return _fail(state, url, target, give_up(state, clock(), rhythm.shortest, jitter, error))
    now = clock()
    known = _remember(_follow(state, url, target, answer, now), answer, now)
    if parsed is not None:
        known = replace(
            known, digest=digest, ttl=parsed.ttl, rests=parsed.rests, decided=parsed.note
        )
    pace = Pace(rhythm, jitter, _hint(answer, known, now))
    due, because = pace.plan(known, now)
    well = settle(known, now, due, because, partly=_partly(state, parsed, answer))
    entries = () if parsed is None else _dated(parsed.entries, now)
    articles = to_articles(entries, state.key, name)
    return Fetched(articles, well, _note(answer, parsed, len(articles)), pace)


def address(url: str, state: SourceState, now: datetime) -> str:
    """The address to ask: the one it moved to, once it has said so for a day."""
    is_settled = state.moved_since is not None and now - state.moved_since >= MOVED_AFTER
    return state.moved_to if is_settled and state.moved_to else url


def _validators(state: SourceState, now: datetime) -> dict[str, str]:
    """The headers that make a request conditional; none when a whole answer is due."""
    if state.last_full is None or now - state.last_full >= FULL_EVERY:
        return {}
    found = {"if-none-match": state.etag, "if-modified-since": state.modified}
    return {name: value for name, value in found.items() if value}


def _heed(answer: Answer, asked: Mapping[str, str], gate: Gate, now: datetime) -> None:
    """Raise what an answer's status means; if its host asks for rest, all its feeds give it."""
    try:
        judge(answer, asked, now)
    except FeedError as error:
        if error.retry_after:
            gate.rest(answer.url, error.retry_after)
        raise


def _digest(answer: Answer, charset: str) -> str:
    """What tells a whole answer from another that would be read otherwise; "" of a 304."""
    if answer.status == NOT_MODIFIED:
        return ""
    kind = answer.headers.get("content-type", "")
    told = sha256(f"{__version__}\n{kind}\n{charset}\n{answer.url}\n{answer.cut}\n".encode())
    told.update(answer.body)
    return told.hexdigest()


def _hint(answer: Answer, state: SourceState, now: datetime) -> Hint | None:
    """The longest of the feed's own hints; what it said in full still counts after a 304."""
    ttl = None if state.ttl is None else Hint(state.ttl, "ttl")
    found = [hint for hint in (ttl, freshness(answer.headers, now)) if hint is not None]
    return max(found, key=lambda hint: hint.span, default=None)


async def _parse(answer: Answer, parser: Parser, charset: str) -> Parsed:
    """The feed in an answer; of half an answer without an article, why it is half a one."""
    kind = answer.headers.get("content-type", "")
    try:
        parsed = await parser.parse(answer.body, kind, answer.url, charset)
    except FeedError:
        if answer.cut is None:
            raise
        raise answer.cut.anew() from None
    if answer.cut is not None and not parsed.entries:
        raise answer.cut.anew()
    return parsed


def _dated(entries: Sequence[Entry], now: datetime) -> tuple[Entry, ...]:
    """The entries, those without a date that claim to be of a day to come."""
    return tuple(replace(entry, published=believable(entry.published, now)) for entry in entries)


def _partly(state: SourceState, parsed: Parsed | None, answer: Answer) -> Partly | None:
    """Why not all can be read; of what did not change as much can be read as before."""
    if parsed is None:
        return Partly(state.reason, state.health) if state.is_partial else None
    if answer.cut is not None:
        count = len(parsed.entries)
        read = f"only its beginning can be read ({_articles(count)})"
        is_late = answer.cut.trouble is Trouble.TIMEOUT
        return Partly(f"{read}: {answer.cut}", Health.SLOW if is_late else Health.GARBLED)
    many = "many characters cannot be read"
    return Partly(f"{many}: {parsed.note}") if parsed.is_garbled else None


def _follow(
    state: SourceState, url: str, target: str, answer: Answer, now: datetime
) -> SourceState:
    """Note where the feed says it moved for good, and since when it has said the same."""
    moved = answer.moved_to
    if moved == state.moved_to or (not moved and target != url):
        return state
    return replace(state, moved_to=moved, moved_since=now if moved else None)


def _remember(state: SourceState, answer: Answer, now: datetime) -> SourceState:
    """Keep the validators; a 304 repeats only those that changed."""
    if answer.status == NOT_MODIFIED:
        return replace(
            state,
            etag=answer.headers.get("etag", state.etag),
            modified=answer.headers.get("last-modified", state.modified),
        )
    is_whole = answer.cut is None and answer.status != PARTIAL
    return replace(
        state,
        etag=answer.headers.get("etag", "") if is_whole else "",
        modified=answer.headers.get("last-modified", "") if is_whole else "",
        last_full=now,
    )


def _fail(state: SourceState, url: str, target: str, failed: Fetched) -> Fetched:
    """A failed look; where a feed moved to is forgotten when it fails there."""
    if target == url or not state.moved_to:
        return failed
    return replace(failed, state=replace(failed.state, moved_to="", moved_since=None))


def _note(answer: Answer, parsed: Parsed | None, count: int) -> str:
    """What happened, in words for a log."""
    moved = f", redirected to {answer.url}" if answer.redirects else ""
    if parsed is None:
        return f"{answer.status}, not changed{moved}"
    return f"{answer.status}, {_articles(count)}, {parsed.note}{moved}"


def _articles(count: int) -> str:
    return f"{count} article{'s' * (count != 1)}"
