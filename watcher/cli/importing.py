"""`watcher import`: an official list from its publisher's own files to a watchlist."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.alerts import tidy
from watcher.archive import is_same
from watcher.cli.group import FAILED, FINE, VERBS
from watcher.cli.renewed import renewed_data, renewed_lines
from watcher.cli.verb import Verb
from watcher.config import check_address
from watcher.errors import ConfigError
from watcher.net import Guard
from watcher.service import Intake, import_list, persons
from watcher.watchlist.official import Change, Publisher


@click.command(
    "import",
    cls=Verb,
    short_help=VERBS["import"],
    examples=[
        "watcher import ofac sdn.csv alt.csv sdn_comments.csv",
        "watcher import un https://scsanctions.un.org/resources/xml/en/consolidated.xml",
        "watcher import uk UK-Sanctions-List.csv -o lists/uk.jsonl --jsonl > changes.jsonl",
    ],
    failed="the list was refused and the last one stays, or single entries could not be read",
    wrong="the command is wrong",
)
@click.argument(
    "publisher", metavar="LIST", type=click.Choice([publisher.value for publisher in Publisher])
)
@click.argument("sources", metavar="SOURCE...", nargs=-1, required=True)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The watchlist to write, and to compare with. [default: LIST.jsonl]",
)
@click.option("--dry-run", is_flag=True, help="Say what would change; write nothing.")
@click.option("--force", is_flag=True, help="Take a list although it has shrunk to less than half.")
@click.option("--jsonl", is_flag=True, help="Print every change as a JSON object, one a line.")
@click.option(
    "--allow-private",
    metavar="HOST:PORT",
    multiple=True,
    help="A private address that may be reached.",
)
@click.pass_context
def command(  # noqa: PLR0913 - one for each option
    ctx: click.Context,
    *,
    publisher: str,
    sources: tuple[str, ...],
    output: Path | None,
    dry_run: bool,
    force: bool,
    jsonl: bool,
    allow_private: tuple[str, ...],
) -> None:
    """Make a watchlist of an official list, and show what changed since the last import.

    LIST is ofac, un, eu, uk or opensanctions; each SOURCE is one of its publisher's files, or the
    address of one. Names, weak aliases and programmes (as tags) are taken; vessels and aircraft are
    left out and counted. A list that is damaged, cut short or suddenly less than half as long is
    refused, and the last one stays.
    """
    _check(sources)
    path = output or Path(f"{publisher}.jsonl")
    if path.suffix in {".yaml", ".yml"}:
        raise ConfigError(f'{path}: a list is written as JSON lines; name it "{path.stem}.jsonl"')
    if any(is_same(Path(source), path) for source in sources):
        raise ConfigError(f"{path}: is what the list is made from; name another file with --output")
    intake = asyncio.run(
        import_list(
            Publisher(publisher),
            sources,
            path,
            lambda: datetime.now(UTC),
            guard=_guard(allow_private),
            force=force,
            keep=not dry_run,
        )
    )
    changes = intake.diff.changes
    for line in map(_object, changes) if jsonl else renewed_lines(changes):
        click.echo(line)
    for line in _account(intake, path, kept=not dry_run):
        click.echo(line, err=True)
    ctx.exit(FAILED if intake.tally.unread else FINE)


def _check(sources: tuple[str, ...]) -> None:
    for source in sources:
        if source == "-":
            raise ConfigError(
                "-: a list is not read from standard input, for it is read more than once;"
                " save it, and name the file"
            )
        try:
            check_address(source)
        except ValueError as error:
            raise ConfigError(f"{tidy(source)}: {error}") from error


def _guard(allow_private: tuple[str, ...]) -> Guard:
    try:
        return Guard(allow_private, opening="give: --allow-private {}")
    except ValueError as error:
        raise ConfigError(f"--allow-private: {error}") from error


def _object(change: Change) -> str:
    return json.dumps(renewed_data(change), ensure_ascii=False)


def _account(intake: Intake, path: Path, *, kept: bool) -> Iterator[str]:
    """What the list is now, and what of it could not be taken."""
    about, tally = intake.about, intake.tally
    published = f", published {about.published}" if about.published else ""
    wrote = "" if kept else " (nothing was written)"
    yield f"{path}: {persons(about.entities)}{published}{wrote}"
    if tally.left_out:
        kinds = ", ".join(f"{what} {number:,}" for what, number in tally.left_out.most_common())
        yield f"left out: {kinds}"
    yield from (f"note: {advice}" for advice in tally.advice)
    yield from map(tidy, tally.faults)
    if tally.unread > len(tally.faults):
        yield f"… and {tally.unread - len(tally.faults):,} more entries that could not be read"
