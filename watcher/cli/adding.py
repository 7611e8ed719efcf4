"""`watcher feeds add`, `import` and `export`: feeds into the operator's file, and out of it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterable
from pathlib import Path

import click

from watcher.alerts import amount, isolate, shorten, tidy
from watcher.cli.group import FAILED
from watcher.cli.record import config_below
from watcher.cli.run import world
from watcher.cli.verb import Verb
from watcher.config import add_sources, paste
from watcher.feeds import Outline, read_opml, write_opml
from watcher.service import list_feeds, list_sources, seek_feed

_TITLE = 60  # letters of a feed's own title that become its name


@click.command(
    cls=Verb,
    examples=[
        "watcher feeds add https://example.org",
        "watcher feeds add https://example.org/rss.xml --name Example",
        "watcher feeds add --print https://example.org",
    ],
    fine="it is there",
    failed="there is no feed, or it is watched already",
)
@click.argument("url")
@click.option("--name", default="", help="What to call it.  [default: its own title]")
@click.option("--every", default="", help="How often to look, such as 15m.  [default: 15m]")
@click.option("--print", "only_print", is_flag=True, help="Print what to paste; change nothing.")
@config_below
@click.pass_context
def add(ctx: click.Context, *, url: str, name: str, every: str, only_print: bool) -> None:
    """Find the feed at URL, or of the page there, and write it into the operator's file.

    The page itself says where its feed is, or it is where most programs put it. Comments and layout
    of the file stay as they are. A running daemon takes it over as any other change of the file.
    """
    config: Path = ctx.obj
    address = url if "://" in url else f"https://{url}"
    found = asyncio.run(seek_feed(config, address, world()))
    known = list_sources(config, os.environ)
    click.echo(
        f"{found.url}: {isolate(tidy(found.title))}, {amount(found.entries, 'article')}", err=True
    )
    if found.url in known:
        click.echo(f'it is watched already, as "{tidy(known[found.url])}"', err=True)
        ctx.exit(FAILED)
    title = shorten(tidy(found.title), _TITLE)
    item = {"feed": found.url, "name": name or ("" if title in known.values() else title)}
    item = {key: value for key, value in {**item, "every": every}.items() if value}
    _write(config, [item], only_print=only_print)


@click.command(
    "import",
    cls=Verb,
    examples=["watcher feeds import feeds.opml", "watcher feeds import --print x.opml"],
    fine="all that could be read are there",
    failed="the file cannot be read or is no such list, or it holds nothing new",
)
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--print", "only_print", is_flag=True, help="Print what to paste; change nothing.")
@config_below
@click.pass_context
def take(ctx: click.Context, *, file: Path, only_print: bool) -> None:
    """Write the feeds of an OPML file into the operator's file, but for those that are watched.

    A long list is better kept as it is, as a source of its own: `- opml: FILE`.
    """
    config: Path = ctx.obj
    opml = read_opml(file)
    for fault in opml.faults:
        click.echo(f"{file}: {tidy(fault)}", err=True)
    known = list_sources(config, os.environ)
    fresh = [feed for feed in opml.feeds if feed.url not in known]
    click.echo(f"new: {len(fresh)} of {amount(len(opml.feeds), 'feed')}", err=True)
    if not fresh:
        ctx.exit(FAILED)
    _write(config, list(_items(fresh, set(known.values()))), only_print=only_print)


@click.command(
    cls=Verb,
    examples=["watcher feeds export > feeds.opml"],
    failed="a list of feeds cannot be read",
)
@config_below
@click.pass_context
def export(ctx: click.Context) -> None:
    """Print all feeds as OPML, those of lists of feeds too, for any other reader."""
    feeds = list_feeds(ctx.obj, os.environ)
    click.echo(write_opml(Outline(feed.url, feed.name) for feed in feeds), nl=False)


def _items(feeds: Iterable[Outline], taken: set[str]) -> Iterable[dict[str, str]]:
    """Feeds as sources; a name that another has is left out, and the address serves as one."""
    for feed in feeds:
        name = shorten(tidy(feed.name), _TITLE)
        if name and name not in taken:
            taken.add(name)
            yield {"feed": feed.url, "name": name}
        else:
            yield {"feed": feed.url}


def _write(config: Path, items: list[dict[str, str]], *, only_print: bool) -> None:
    if only_print:
        click.echo(paste(items))
        return
    add_sources(config, items, os.environ)
    click.echo(f"{config}: {len(items)} added", err=True)
