"""What an answer's status, or a failed exchange, says of whoever was asked."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from http import HTTPStatus

from watcher.errors import FeedError
from watcher.net import Answer, NetworkError, Trouble, retry_after
from watcher.source import Health

NOT_MODIFIED = 304
HEALTH = {
    Trouble.REFUSED: Health.REFUSED,
    Trouble.UNRESOLVED: Health.UNREACHABLE,
    Trouble.UNREACHABLE: Health.UNREACHABLE,
    Trouble.TLS: Health.UNREACHABLE,
    Trouble.RESET: Health.UNREACHABLE,
    Trouble.TIMEOUT: Health.SLOW,
}  # every other trouble is the feed's own fault
STATUS = {
    401: (Health.BLOCKED, "it asks for a password"),
    402: (Health.BLOCKED, "it asks for money"),
    403: (Health.BLOCKED, "it does not let us in"),
    404: (Health.GONE, "nothing is there; has it moved?"),
    407: (Health.BLOCKED, "a proxy asks for a password"),
    408: (Health.SLOW, "it gave up waiting for our question"),
    410: (Health.GONE, "it was taken down; look for a new address"),
    429: (Health.SLOW, "it asks us to come less often"),
    451: (Health.BLOCKED, "it is withheld by law"),
    503: (Health.SLOW, "it is busy"),
    504: (Health.SLOW, "the server behind it takes too long"),
    520: (Health.FAULTY, "Cloudflare does not understand the server behind it"),
    521: (Health.UNREACHABLE, "Cloudflare cannot reach the server behind it"),
    522: (Health.UNREACHABLE, "Cloudflare cannot reach the server behind it"),
    523: (Health.UNREACHABLE, "Cloudflare cannot reach the server behind it"),
    524: (Health.SLOW, "the server behind Cloudflare takes too long"),
    525: (Health.UNREACHABLE, "Cloudflare has no TLS with the server behind it"),
    526: (Health.UNREACHABLE, "Cloudflare does not trust the server behind it"),
    530: (Health.UNREACHABLE, "Cloudflare does not find the server behind it"),
}


def blame(error: NetworkError) -> FeedError:
    """A failed exchange as a source's own failure."""
    return FeedError(str(error), state=HEALTH.get(error.trouble, Health.FAULTY))


def judge(answer: Answer, asked: Mapping[str, str], now: datetime) -> None:
    """Raise what an answer's status means, unless it is what was asked for.

    Args:
        answer: any.
        asked: the validators that were sent; without any, 304 is no answer.
        now: aware, in UTC.

    Raises:
        FeedError: with the health the status speaks of, and how long to wait if it says so.
    """
    status = answer.status
    if status == NOT_MODIFIED and asked:
        return
    if 200 <= status < 300:
        return
    if status == NOT_MODIFIED:
        raise FeedError("304 although the whole feed was asked for", state=Health.FAULTY)
    health, meaning = STATUS.get(status, (Health.FAULTY, _phrase(status)))
    if answer.headers.get("cf-mitigated", "") == "challenge":
        health, meaning = Health.BLOCKED, "Cloudflare asks for a browser"
    wait = retry_after(answer.headers, now)
    asks = "" if not wait else f"; it asks us to wait {_span(wait)}"
    raise FeedError(f"{status}: {meaning}{asks}", state=health, retry_after=wait)


def _phrase(status: int) -> str:
    """The words that HTTP has for a status."""
    try:
        return HTTPStatus(status).phrase.lower()
    except ValueError:
        return "a status that HTTP does not know"


def _span(wait: timedelta) -> str:
    """A wait in the largest unit that shows it, such as "2 min"."""
    seconds = wait.total_seconds()
    for size, unit in ((3600, "h"), (60, "min")):
        if seconds >= 2 * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds:.0f} s"
