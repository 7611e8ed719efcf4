"""`watcher run`: the daemon, one round by hand, or a rehearsal."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.cli.group import FAILED, FINE, VERBS
from watcher.cli.record import config_option
from watcher.cli.verb import Verb
from watcher.service import Report, World, run_dry, run_once, serve


@click.command(
    cls=Verb,
    short_help=VERBS["run"],
    examples=[
        "watcher run",
        "watcher run -c /etc/watcher/watcher.yaml",
        "watcher run --once --dry-run",
    ],
    failed="something failed; with --once: a source, a channel, or alerts wait for their next try",
    wrong="the files are wrong, or another watcher is at work on the same state folder",
)
@config_option
@click.option("--once", is_flag=True, help="Look at what is due, send what waits, and end.")
@click.option(
    "--dry-run",
    is_flag=True,
    help="One round that shows what it would send; nothing is recorded or sent.",
)
@click.pass_context
def command(ctx: click.Context, *, config: Path, once: bool, dry_run: bool) -> None:
    """Watch the sources and send alerts, until stopped.

    Alerts of a terminal channel go to standard output, the log to standard error: text on a
    terminal, one JSON object a line elsewhere. SIGTERM or Ctrl-C ends within ten seconds, and what
    is unsent is sent at the next start. Files that are saved meanwhile are taken over, at once on
    SIGHUP; if anything is wrong in them, the old ones stay and the log says why.
    """
    if once or dry_run:
        _give_back_signals()
        go = run_dry if dry_run else run_once
        ctx.exit(_tell(asyncio.run(go(config, world()))))
    ctx.exit(asyncio.run(serve(config, world())))


def world() -> World:
    """The world as it is."""
    return World(
        environ=os.environ,
        stdout=sys.stdout,
        stderr=sys.stderr,
        clock=lambda: datetime.now(UTC),
        chance=random.random,
    )


def _give_back_signals() -> None:
    """Let signals end a round as they end any command: what it was told to do is not done then."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)


def _tell(report: Report) -> int:
    click.echo(str(report), err=True)
    return FAILED if report.failed else FINE
