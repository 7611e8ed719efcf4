"""`watcher feeds poll`: one look at one feed, told in full."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import click

from watcher.alerts import isolate, tidy
from watcher.cli.group import FAILED
from watcher.cli.record import config_below, shown
from watcher.cli.run import world
from watcher.cli.verb import Verb
from watcher.service import Polled, poll_feed
from watcher.source import Health


@click.command(
    cls=Verb,
    examples=["watcher feeds poll Example", "watcher feeds poll https://example.org/rss.xml"],
    fine="the feed was read",
    failed="it could not be, or there is no such feed",
)
@click.argument("name")
@config_below
@click.pass_context
def poll(ctx: click.Context, *, name: str) -> None:
    """Look at one feed as the daemon would, and tell everything; nothing is recorded.

    NAME is that of a feed, or its address; one that is not watched will do. Shown are each question
    and answer with all headers, what was decided of the answer, and when it would be due and why.
    """
    polled = asyncio.run(poll_feed(ctx.obj, name, world()))
    click.echo("\n".join(_lines(polled)))
    if polled.after.failures:
        ctx.exit(FAILED)


def _lines(polled: Polled) -> Iterator[str]:
    before, after, fetched = polled.before, polled.after, polled.fetched
    yield isolate(tidy(polled.name)) if polled.name else "(not watched)"
    yield f"  {tidy(before.key)}"
    yield f"  last looked at {shown(before.last_look)}, in full {shown(before.last_full)}"
    for hop in polled.hops:
        yield ""
        yield from (f"> {tidy(line)}" for line in hop.asked)
        yield from (f"< {tidy(line)}" for line in hop.answered)
    yield ""
    if fetched.note != after.reason:
        yield f"decided: {tidy(fetched.note)}"
    if after.health is not Health.OK:
        yield f"health: {tidy(after.complaint)}"
    if after.last_ok != before.last_ok:
        yield _counted(polled)
    if after.moved_to:
        yield f"moved for good: to {tidy(after.moved_to)}, since {shown(after.moved_since)}"
    yield f"next due: {shown(after.due)} ({after.because})"
    yield "nothing was recorded"


def _counted(polled: Polled) -> str:
    """How many articles a look that went well brought."""
    before = polled.before
    if polled.after.digest == before.digest:
        return f"articles: 0 new or changed, for the feed is as it was at {shown(before.last_full)}"
    return f"articles: {len(polled.fetched.articles)}, of which {polled.new} new or changed"
