"""`watcher scan`: the names of a watchlist in texts, marked for people or as lines for programs."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any

import click

from watcher.archive import (
    STDIN,
    Fields,
    Form,
    Options,
    Refused,
    Report,
    Search,
    Work,
    gather,
    is_same,
    lines_form,
    rows_form,
    scan_stream,
    size_of,
)
from watcher.cache import folder_of, open_index
from watcher.cli.batch import Batch, to_file, to_store
from watcher.cli.figures import Figures, open_bar
from watcher.cli.group import FAILED, FINE, VERBS
from watcher.cli.keyboard import is_terminal
from watcher.cli.lists import open_watchlist
from watcher.cli.marked import COLOUR, PLAIN, mark
from watcher.cli.verb import Verb
from watcher.watchlist import Listing, Watchlist
from watcher.written import render

_WAYS = {
    "jsonl": "--jsonl",
    "as_csv": "--csv",
    "output": "--output",
    "into_store": "--into-store",
}
_RULED = {"watchlist": "--watchlist", "min_score": "--min-score"}
_FIELDS = tuple(field.name for field in fields(Fields))


def _read_fields(ctx: click.Context, param: click.Parameter, value: Sequence[str]) -> Fields:
    """What people write for the names of fields: `text=body`, each once."""
    asked = dict(each.partition("=")[::2] for each in value)
    for ours, theirs in asked.items():
        if ours not in _FIELDS or not theirs:
            message = f'write one of {", ".join(_FIELDS)}, "=" and its name, such as text=body'
            raise click.BadParameter(message, ctx, param)
    return Fields(**asked)


@click.command(
    cls=Verb,
    short_help=VERBS["scan"],
    examples=[
        "watcher scan --watchlist rules/commanders.yaml seeds/*.txt",
        "watcher scan --watchlist people.jsonl --jsonl news.jsonl.gz > mentions.jsonl",
        "watcher scan --watchlist people.jsonl --output mentions.csv crawl/ '20*/*.parquet'",
        "watcher scan --into-store -c /etc/watcher archive/",
        "tail -f news.jsonl | watcher scan --watchlist rules --jsonl --processes 1",
    ],
    failed="a file or record could not be read, and the others were searched; or it was stopped",
    wrong="the watchlist or the command cannot be taken",
)
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option(
    "--watchlist",
    type=click.Path(exists=True, path_type=Path),
    help="Whom to look for: a YAML or JSONL watchlist, or a folder of rules.",
)
@click.option(
    "--jsonl",
    is_flag=True,
    help='Write a line a mention; standard input holds {"id","text","title"?} lines.',
)
@click.option("--csv", "as_csv", is_flag=True, help="The same for spreadsheets.")
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write into this file, .jsonl or .csv, once all is done; goes on where it was stopped.",
)
@click.option(
    "--into-store",
    is_flag=True,
    help="Record articles and alerts where the daemon keeps its own; nothing is sent.",
)
@click.option(
    "-c",
    "--config",
    type=click.Path(exists=True, path_type=Path),
    help="With --into-store: the operator's file, or its folder.  [default: watcher.yaml]",
)
@click.option("--titles", is_flag=True, help='In lines: mentions in titles too, with "field".')
@click.option(
    "--field",
    "called",
    multiple=True,
    metavar="OURS=THEIRS",
    callback=_read_fields,
    help="What a field of records is called, such as text=body; may be given more than once.",
)
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
    watchlist: Path | None,
    jsonl: bool,
    as_csv: bool,
    output: Path | None,
    into_store: bool,
    config: Path | None,
    titles: bool,
    called: Fields,
    min_score: float | None,
    processes: int | None,
) -> None:
    """Find the names of a watchlist in texts, in whatever script and spelling.

    Each FILE is plain text, a page (.html), a document a line (.jsonl: "id", "text", "title"),
    each also packed (.gz, .zst), a table (.parquet) or a crawl (.warc, .wet), or a folder or a
    pattern of such files; without FILE, or for "-", standard input is read. Records over 10 MB are
    left out and counted.

    A person is shown the sentences with the names marked, how sure each is, and why. With --jsonl
    each mention is a line: "doc" (the line's id, or the file as given), "entity", "name", "start",
    "end", "quote", "score", "why", where text[start:end] is the quote, in code points.
    """
    _refuse_contradictions(ctx.params)
    if is_terminal() and (not files or "-" in files):
        click.echo("standard input is read, until Ctrl-D", err=True)
    reads_lines = jsonl or as_csv or output is not None or into_store
    batch = Batch(
        files=files or ("-",),
        options=Options(min_score=min_score, titles=titles, fields=called, lines=reads_lines),
        processes=processes or len(os.sched_getaffinity(0)),
    )
    try:
        if watchlist is None:
            report = to_store(batch, _found(config))
            _tell_lines(batch, report)
            ctx.exit(_code(report))
        listing = _open(watchlist)
        if output:
            report = to_file(batch, listing.watchlist, output)
        else:
            form = _form(listing.watchlist, jsonl=jsonl, as_csv=as_csv, titles=titles)
            closing_line = not jsonl and not as_csv
            report = _to_screen(batch, listing.watchlist, form, closing_line=closing_line)
    except KeyboardInterrupt:
        goes_on = "; the same command goes on where it stopped" if output or into_store else ""
        click.echo(f"stopped{goes_on}", err=True)
        ctx.exit(FAILED)
    _tell_lines(batch, report)
    ctx.exit(FAILED if listing.faults else _code(report))


def _refuse_contradictions(given: Mapping[str, Any]) -> None:
    """Say which options do not go together.

    Raises:
        click.UsageError: some do not.
    """
    ways = [option for name, option in _WAYS.items() if given[name]]
    if len(ways) > 1:
        raise click.UsageError(f"{ways[0]} and {ways[1]} each say where to; choose one")
    if given["into_store"]:
        over = [option for name, option in _RULED.items() if given[name] is not None]
        if over:
            raise click.UsageError(f"with --into-store the rules decide; leave out {over[0]}")
    elif given["config"]:
        raise click.UsageError("--config goes with --into-store only")
    elif not given["watchlist"]:
        raise click.UsageError("whom to look for? Name a file or folder with --watchlist")
    _refuse_overwriting(given["output"], (*given["files"], given["watchlist"]))
    if given["titles"] and not given["jsonl"] and not given["output"]:
        click.echo(
            "--titles changes nothing without --jsonl: "
            "people, tables and the store are given titles anyway",
            err=True,
        )


def _refuse_overwriting(output: Path | None, read: Iterable[str | Path | None]) -> None:
    """Keep the output from taking the place of what is read; folders and patterns leave it out.

    Raises:
        click.UsageError: it would.
    """
    if output and any(each and is_same(Path(each), output) for each in read):
        raise click.UsageError(
            f"{output} is to be read, and --output would replace it; name another"
        )


def _open(path: Path) -> Listing:
    """The watchlist; what is wrong with single lines of it is told.

    Raises:
        RuleError: nobody can be looked for.
    """
    listing = open_watchlist(path)
    for fault in listing.faults:
        click.echo(render(fault), err=True)
    return listing


def _form(watchlist: Watchlist, *, jsonl: bool, as_csv: bool, titles: bool) -> Form:
    """How standard output is written."""
    if jsonl:
        return lines_form(titles=titles)
    if as_csv:
        return rows_form()
    # The channels come with all that the network needs, which no other output waits for.
    from watcher.channels import wants_colour  # noqa: PLC0415

    marks = COLOUR if wants_colour(sys.stdout, os.environ) else PLAIN
    return Form("", partial(mark, marks=marks, watchlist=watchlist), titles=True)


def _to_screen(batch: Batch, watchlist: Watchlist, form: Form, *, closing_line: bool) -> Report:
    """Search and write to standard output as it is found."""
    search = Search(
        watchlist=open_index(watchlist, folder_of(os.environ)),
        tell=form.tell,
        min_score=batch.options.min_score,
        titles=form.titles,
    )
    found = gather(batch.files)
    paths = [path for path in found if isinstance(path, str)]
    watched = sys.stderr.isatty() and not sys.stdout.isatty()
    total = size_of(tuple(paths)) if watched else 0
    steps = scan_stream(
        paths, Work(search=search, options=batch.options, processes=batch.processes)
    )
    bar = open_bar(total) if watched else None
    with Figures(total=total, bar=bar, closing=closing_line) as figures, closing(steps):
        for refused in found:
            if isinstance(refused, Refused):
                figures.refuse(refused)
        click.echo(form.head, nl=False)
        for step in steps:
            if step.answer.output:
                click.echo(step.answer.output, nl=False)
            figures.count(step)
    return figures.report


def _tell_lines(batch: Batch, report: Report) -> None:
    """Say how standard input is read, if nothing of it could be."""
    is_read = batch.options.lines and STDIN in batch.files
    if is_read and report.refused and not report.documents:
        click.echo(
            'standard input is read as JSON lines here, {"id": "…", "text": "…"};'
            " name the file of a plain text",
            err=True,
        )


def _found(config: Path | None) -> Path:
    """The operator's file itself, where its folder or nothing was named."""
    path = config or Path("watcher.yaml")
    return path / "watcher.yaml" if path.is_dir() else path


def _code(report: Report) -> int:
    return FAILED if report.refused else FINE
