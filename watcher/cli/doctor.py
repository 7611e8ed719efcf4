"""`watcher doctor`: whether all is well, on one screen."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.alerts import tidy
from watcher.channels import wants_colour
from watcher.cli.group import FAILED, VERBS, WRONG
from watcher.cli.record import config_option
from watcher.cli.verb import Verb
from watcher.service import FILES, Finding, Grade, examine

_COLOURS = {Grade.OK: "green", Grade.WARN: "yellow", Grade.BAD: "red"}


@click.command(
    cls=Verb,
    short_help=VERBS["doctor"],
    examples=["watcher doctor", "watcher doctor --strict --json -c /etc/watcher/watcher.yaml"],
    fine="nothing is bad; warnings count only with --strict",
    failed="something is bad",
    wrong="the command or the files are wrong; what can be looked at all the same is told",
)
@config_option
@click.option("--strict", is_flag=True, help="Take warnings for bad.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(ctx: click.Context, *, config: Path, strict: bool, as_json: bool) -> None:
    """Say whether all is well, a line each, and what to do where it is not.

    Looked at are the files and their tests, the daemon, the disk, the database (all of it is read),
    the clock, the sources, each channel with its secrets and what waits there, and the notices.
    Nothing is fetched, sent or changed.
    """
    found = examine(config, os.environ, datetime.now(UTC))
    if as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=2))
    else:
        width = max(len(one.topic) for one in found)
        colour = wants_colour(sys.stdout, os.environ)
        for one in found:
            click.echo(_lines(one, width, colour=colour), color=colour)
    counts = Counter(one.grade for one in found)
    click.echo(_summary(counts), err=True)
    if any(one.topic == FILES and one.grade is Grade.BAD for one in found):
        ctx.exit(WRONG)
    if counts[Grade.BAD] or (strict and counts[Grade.WARN]):
        ctx.exit(FAILED)


def _lines(finding: Finding, width: int, *, colour: bool) -> str:
    """A finding in one line, and what to do in another."""
    word = f"{finding.grade:4}"
    marked = click.style(word, fg=_COLOURS[finding.grade], bold=True) if colour else word
    line = f"{marked}  {finding.topic:{width}}  {tidy(finding.says)}"
    return f"{line}\n{'':{width + 8}}{tidy(finding.advice)}" if finding.advice else line


def _summary(counts: Counter[Grade]) -> str:
    if not counts[Grade.BAD] and not counts[Grade.WARN]:
        return "all is well"
    return f"bad: {counts[Grade.BAD]} · to look at: {counts[Grade.WARN]} · ok: {counts[Grade.OK]}"
