"""`watcher confirm`: an alert was right; what to keep of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

from watcher.alerts import Alert, Lesson, learn_right, tidy
from watcher.article import Article
from watcher.cli.group import VERBS
from watcher.cli.ruling import ENDS, Case, asks, give
from watcher.cli.verb import Verb
from watcher.store import Verdict
from watcher.watchlist import Rulebook


@click.command(
    cls=Verb,
    short_help=VERBS["confirm"],
    examples=["watcher confirm alert_3d00f455", "watcher confirm 3d00f455 --apply"],
    **ENDS,
)
@click.option("--why", default="", help="What to remember about it.")
@asks
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context, *, config: Path, alert_id: str, why: str, apply: bool, as_json: bool
) -> None:
    """Record that an alert was right, and propose its spelling as an alias, and a test.

    They are printed as YAML to paste; --apply writes them where they belong: comments and layout
    stay, and the rules are checked and their tests run before anything is replaced. ALERT may be
    cut short.
    """
    case = Case(
        verdict=Verdict.CONFIRMED,
        why=tidy(why).strip(),
        learn=_learn,
        apply=apply,
        as_json=as_json,
    )
    give(ctx, config, alert_id, case)


def _learn(
    alert: Alert, article: Article, rulebook: Rulebook, _right: Sequence[Alert]
) -> Lesson | None:
    """What a right alert teaches, whatever others do."""
    return learn_right(alert, article, rulebook)
