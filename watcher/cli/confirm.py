"""`watcher confirm`: an alert was right; what to keep of it."""

from __future__ import annotations

from pathlib import Path

import click

from watcher.alerts import learn_right, tidy
from watcher.cli.group import VERBS
from watcher.cli.record import config_option
from watcher.cli.ruling import Case, give
from watcher.cli.verb import Verb
from watcher.store import Verdict


@click.command(
    cls=Verb,
    short_help=VERBS["confirm"],
    examples=["watcher confirm alert_3d00f455", "watcher confirm 3d00f455 --apply"],
    failed="there is no such alert, or with --apply nothing to write",
    wrong="with --apply it was not written, and why; or the command or the files are wrong",
)
@config_option
@click.argument("alert_id", metavar="ALERT")
@click.option("--why", default="", help="What to remember about it.")
@click.option("--apply", "is_applied", is_flag=True, help="Write it into the files of rules.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context, *, config: Path, alert_id: str, why: str, is_applied: bool, as_json: bool
) -> None:
    """Record that an alert was right, and propose its spelling as an alias, and a test.

    They are printed as YAML to paste; --apply writes them where they belong: comments and layout
    stay, and the rules are checked and their tests run before anything is replaced. ALERT may be
    cut short.
    """
    case = Case(
        verdict=Verdict.CONFIRMED,
        why=tidy(why).strip(),
        learn=learn_right,
        apply=is_applied,
        as_json=as_json,
    )
    give(ctx, config, alert_id, case)
