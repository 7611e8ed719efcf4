"""`watcher scan`: the names of a watchlist in texts, marked for people or as lines for programs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from watcher.channels import wants_colour
from watcher.cli.documents import Document, read_documents
from watcher.cli.group import FAILED, FINE, VERBS
from watcher.cli.lines import BadLine
from watcher.cli.lists import open_watchlist
from watcher.cli.marked import COLOUR, PLAIN
from watcher.cli.pool import share
from watcher.cli.search import Found, Scanner
from watcher.cli.verb import Verb
from watcher.match import compile_index
from watcher.written import render

ALONE = 200_000
"""Code points searched before other processes are called in: starting them costs about as much.
Until then each answer is there as soon as its document is."""

PIECE = 50_000
"""Code points handed to a process at once: enough to outweigh the handing over, few enough that
all are busy to the end."""


@click.command(
    cls=Verb,
    short_help=VERBS["scan"],
    examples=[
        "watcher scan --watchlist rules/commanders.yaml seeds/*.txt",
        "watcher scan --watchlist people.jsonl --jsonl news.jsonl.gz > mentions.jsonl",
        "tail -f news.jsonl | watcher scan --watchlist rules --jsonl --processes 1",
    ],
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--watchlist",
    required=True,
    type=click.Path(exists=True, path_type=Path),
    help="Whom to look for: a YAML or JSONL watchlist, or a folder of rules.",
)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Write a line a mention; standard input holds {"id","text","title"?} lines.',
)
@click.option("--titles", is_flag=True, help='With --jsonl: mentions in titles too, with "field".')
@click.option(
    "--min-score",
    type=click.FloatRange(0, 1),
    help="Show mentions from this score upwards, whatever bar the entities have.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    help="How many to search with; changes the speed, never the output.  [default: all cores]",
)
@click.pass_context
def command(  # noqa: PLR0913 - one argument an option
    ctx: click.Context,
    *,
    files: tuple[str, ...],
    watchlist: Path,
    jsonl: bool,
    titles: bool,
    min_score: float | None,
    processes: int | None,
) -> None:
    """Find the names of a watchlist in texts, in whatever script and spelling.

    Each FILE is plain text, a page (.html) or a document a line (.jsonl: "id", "text", "title"),
    also packed (.gz); without FILE, or for "-", standard input is read.

    A person is shown the sentences with the names marked, how sure each is, and why. With --jsonl
    each mention is a line: "doc" (the line's id, or the file as given), "entity", "name", "start",
    "end", "quote", "score", "why", where text[start:end] is the quote, in code points.

    Exit code 1 if a file or line could not be read; the others are searched. 2 if the watchlist
    cannot be taken.
    """
    if titles and not jsonl:
        click.echo(
            "--titles changes nothing without --jsonl: people are shown titles too", err=True
        )
    listing = open_watchlist(watchlist)
    for fault in listing.faults:
        click.echo(render(fault), err=True)
    scanner = Scanner(
        watchlist=listing.watchlist,
        index=compile_index(listing.watchlist),
        min_score=min_score,
        jsonl=jsonl,
        titles=titles,
        marks=COLOUR if wants_colour(sys.stdout, os.environ) else PLAIN,
    )
    tally = Tally(quiet=jsonl)
    documents = tally.readable(read_documents(files or ("-",), lines=jsonl))
    for found in search_all(scanner, documents, processes or len(os.sched_getaffinity(0))):
        tally.count(found)
        if found.output:
            click.echo(found.output)
    tally.close()
    ctx.exit(FAILED if tally.unreadable or listing.faults else FINE)


def search_all(scanner: Scanner, documents: Iterable[Document], processes: int) -> Iterator[Found]:
    """Search every document, in order: the first here, a long rest in several processes."""
    waiting = iter(documents)
    seen = 0
    for document in waiting:
        yield scanner.search_one(document)
        seen += len(document.article.text)
        if processes > 1 and seen >= ALONE:
            break
    for piece in share(scanner.search, _pieces(waiting), processes):
        yield from piece


class Tally:
    """What is told on standard error: what could not be read, how far it is, what came of it."""

    def __init__(self, *, quiet: bool) -> None:
        self.unreadable = 0
        self._closing = not quiet
        self._live = sys.stderr.isatty() and not sys.stdout.isatty()
        self._shown = 0.0
        self._documents = self._mentions = 0
        self._entities: set[str] = set()

    def readable(self, documents: Iterable[Document | BadLine]) -> Iterator[Document]:
        """The documents; what could not be read is told and counted."""
        for document in documents:
            if isinstance(document, BadLine):
                self.unreadable += 1
                click.echo(str(document), err=True)
            else:
                yield document

    def count(self, found: Found) -> None:
        """Add what a document gave; five times a second a person sees the figures grow."""
        self._documents += 1
        self._mentions += found.mentions
        self._entities |= found.entities
        now = time.monotonic()
        if self._live and now - self._shown > 0.2:
            self._shown = now
            click.echo(f"\r{self._figures()}", nl=False, err=True)

    def close(self) -> None:
        """Tell the figures: to a person always, beside lines for a program only on a terminal."""
        if self._live:
            click.echo("\r", nl=False, err=True)
        if self._live or self._closing:
            click.echo(self._figures(), err=True)

    def _figures(self) -> str:
        return (
            f"documents: {self._documents} · mentions: {self._mentions}"
            f" · entities: {len(self._entities)}"
        )


def _pieces(documents: Iterable[Document]) -> Iterator[list[Document]]:
    piece: list[Document] = []
    size = 0
    for document in documents:
        piece.append(document)
        size += len(document.article.text)
        if size >= PIECE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece
