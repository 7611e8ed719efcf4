"""`watcher dismiss`: an alert was wrong; what keeps it from coming again."""

from __future__ import annotations

from pathlib import Path

import click

from watcher.alerts import learn_wrong, tidy
from watcher.cli.group import VERBS
from watcher.cli.ruling import ENDS, Case, asks, give
from watcher.cli.verb import Verb
from watcher.store import Verdict


@click.command(
    cls=Verb,
    short_help=VERBS["dismiss"],
    examples=[
        'watcher dismiss alert_3d00f455 --why "a football player"',
        'watcher dismiss 3d00f455 --why "a football player" --apply',
    ],
    **ENDS,
)
@click.option("--why", required=True, help="The reason, for whoever asks later.")
@asks
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context, *, config: Path, alert_id: str, why: str, apply: bool, as_json: bool
) -> None:
    """Record that an alert was wrong, and propose what keeps it from coming again.

    Proposed are the name of somebody else (`not:`) and a test, as YAML to paste. Both have been
    tried: with them this article does not alert, and the entity's own names are still found.
    --apply writes them where they belong: comments and layout stay, and the rules are checked and
    their tests run before anything is replaced. ALERT may be cut short.
    """
    reason = tidy(why).strip()
    if not reason:
        raise click.BadParameter("the reason is empty; write why", param_hint="--why")
    case = Case(
        verdict=Verdict.DISMISSED,
        why=reason,
        learn=learn_wrong,
        apply=apply,
        as_json=as_json,
    )
    give(ctx, config, alert_id, case)
