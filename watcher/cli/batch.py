"""A long scan, into a file or into the daemon's store: once stopped, it goes on from there."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.archive import (
    Answer,
    Options,
    Parts,
    Refused,
    Report,
    Search,
    Unit,
    Work,
    form_of,
    gather,
    open_parts,
    scan_parts,
    settings_of,
    size_of,
    units,
)
from watcher.cache import folder_of, open_index
from watcher.cli.figures import Figures, open_bar
from watcher.watchlist import Watchlist


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What a long scan reads, and how.

    Attributes:
        files: as people name them.
        options: of the reading.
        processes: how many may be used.
    """

    files: Sequence[str]
    options: Options
    processes: int


def to_file(batch: Batch, watchlist: Watchlist, output: Path) -> Report:
    """Search for a watchlist and write all mentions into a file, which appears when it is whole.

    Raises:
        WatcherError: the output cannot be written.
    """
    form = form_of(output, titles=batch.options.titles)
    folder = output.with_name(f"{output.name}.parts")
    found = gather(batch.files, leave=(output, folder))
    search = Search(
        watchlist=open_index(watchlist, folder_of(os.environ)),
        tell=form.tell,
        min_score=batch.options.min_score,
        titles=form.titles,
    )
    settings = settings_of(watchlist.version, batch.options, output.suffix.lower())
    with open_parts(folder, settings) as parts:
        several, report = _finish(batch, found, parts, search, lambda _: None)
        parts.join(several, output, form.head)
        parts.remove()
    return report


def to_store(batch: Batch, config: Path) -> Report:
    """Search for whom the rules of an operator's file watch, and record articles and alerts.

    Raises:
        ConfigError: the files cannot be taken.
        StoreError: it cannot be recorded.
    """
    # The daemon's floors take a second to come, and no other scan needs them.
    from watcher.past import take_in_past  # noqa: PLC0415
    from watcher.service.plan import read_plan  # noqa: PLC0415
    from watcher.store import DATABASE, Store  # noqa: PLC0415

    plan = read_plan(config, os.environ)
    rulebook = plan.knowledge.rulebook
    search = Search(watchlist=plan.knowledge.index, tell=None, titles=True)
    settings = settings_of(rulebook.version, batch.options, "store")
    new = known = 0
    with (
        open_parts(plan.settings.state / "scan", settings) as parts,
        Store.open(plan.settings.state / DATABASE) as store,
    ):

        def keep(answer: Answer) -> None:
            nonlocal new, known
            archived = take_in_past(store, answer.kept, rulebook, datetime.now(UTC))
            new += archived.new
            known += archived.known

        _, report = _finish(batch, gather(batch.files), parts, search, keep)
        parts.remove()
    before = f" · on record already: {known}" if known else ""
    click.echo(f"alerts recorded, none sent: {new}{before}", err=True)
    return report


def _finish(
    batch: Batch,
    found: Sequence[str | Refused],
    parts: Parts,
    search: Search,
    keep: Callable[[Answer], None],
) -> tuple[Sequence[Unit], Report]:
    """Do what is not done yet; all parts in order, and what came of them."""
    several = tuple(units(path for path in found if isinstance(path, str)))
    done = {unit: report for unit in several if (report := parts.done(unit))}
    todo = [unit for unit in several if unit not in done]
    if done:
        files = sum(map(len, done))
        click.echo(f"going on behind {files} of {sum(map(len, several))} files", err=True)
    total = sum(map(size_of, todo))
    bar = open_bar(total) if sys.stderr.isatty() else None
    with Figures(total=total, bar=bar) as figures:
        for path in found:
            if isinstance(path, Refused):
                figures.refuse(path)
        for report in done.values():
            figures.add(report)
        work = Work(search=search, options=batch.options, processes=batch.processes)
        steps = scan_parts(todo, parts, work, keep)
        with closing(steps):
            for step in steps:
                figures.count(step)
    return several, figures.report
