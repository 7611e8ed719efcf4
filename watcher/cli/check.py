"""`watcher check`: all that is wrong with configuration and rules, before it comes into force."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import click

from watcher.alerts import Failure, compile_rules, isolate, rehearse, tidy, try_names
from watcher.article import Article
from watcher.cli.group import FAILED, FINE, VERBS, WRONG
from watcher.cli.marked import PLAIN, account, passages, show
from watcher.cli.verb import Verb
from watcher.config import CONFIG, Checked, check_all
from watcher.match import BAR, Index, Mention, find
from watcher.watchlist import Rulebook, Watchlist
from watcher.watchlist import resolved as written_out
from watcher.written import Fault, dump, render

_NEARLY = 0.3
"""From this score on, a name that a failing test missed is shown with what speaks against it."""


@click.command(
    cls=Verb,
    short_help=VERBS["check"],
    examples=[
        "watcher check",
        "watcher check rules/commanders.yaml",
        "watcher check --strict desk",
        "watcher check --resolved rules",
        "watcher check --measure",
    ],
    fine="fine; warnings count only with --strict",
    failed="a test inside a rule fails",
    wrong="there are faults, or the command is wrong",
)
@click.argument("path", metavar="[PATH]", required=False, type=click.Path(path_type=Path))
@click.option(
    "-c", "--config", type=click.Path(path_type=Path), help="The same as PATH, as elsewhere."
)
@click.option("--strict", is_flag=True, help="Take warnings for faults.")
@click.option(
    "--resolved",
    is_flag=True,
    help="Write entities and rules out instead: every key, with tags and defaults resolved.",
)
@click.option(
    "--measure",
    is_flag=True,
    help="Warn too of names that alert too often on the articles on record, and idle silences.",
)
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context,
    *,
    path: Path | None,
    config: Path | None,
    strict: bool,
    resolved: bool,
    measure: bool,
) -> None:
    """Tell every fault of configuration and rules, and run the tests inside the rules.

    PATH is a configuration (watcher.yaml here, if none is named) or the folder it stands in, which
    are checked with their rules; or a folder of rules, one file of rules, or a watchlist (.jsonl),
    each checked by itself. Nothing is fetched or sent. Each fault is told with its place, its line,
    and what to write instead; a failing test with its text and the reasons. With --resolved the
    rules are written out as YAML, and what is wrong goes to standard error. With --measure the
    newest articles of the last four weeks are gone through, up to 2,000 of them.
    """
    if path and config:
        raise click.UsageError("PATH and --config each say what to check; name one")
    checked = check_all(path or config or Path(CONFIG), os.environ)
    if resolved:
        ctx.exit(_write_out(checked))
    if checked.sound:
        tried = try_names(checked.entries, checked.sound)
        checked = replace(checked, warnings=(*checked.warnings, *tried))
    if measure:
        checked = replace(checked, warnings=(*checked.warnings, *_measured(checked)))
    for fault in (*checked.faults, *checked.warnings):
        click.echo(render(fault))
    failures = _rehearse(checked.sound)
    click.echo(_summary(checked, failures), err=True)
    if checked.faults or (strict and checked.warnings):
        ctx.exit(WRONG)
    ctx.exit(FAILED if failures else FINE)


def _measured(checked: Checked) -> tuple[Fault, ...]:
    """What the record says of the rules, if there is one and they can be taken."""
    settings, rulebook = checked.settings, checked.rulebook
    if settings is None or rulebook is None:
        click.echo("--measure needs a configuration and rules without faults", err=True)
        return ()
    # The record comes with a database, which nothing else of check waits for.
    from watcher.cli.measured import Files, measured  # noqa: PLC0415
    from watcher.store import DATABASE, Store  # noqa: PLC0415

    database = settings.state / DATABASE
    if not database.is_file():
        click.echo(f'nothing is recorded in {settings.state} yet; start "watcher run"', err=True)
        return ()
    with Store.open(database) as store:
        return measured(Files(settings, rulebook, checked.entries), store, datetime.now(UTC))


def _write_out(checked: Checked) -> int:
    """Print what the rules come to, if they can be taken; the exit code."""
    if checked.rulebook is None:
        for fault in checked.faults:
            click.echo(render(fault), err=True)
        return WRONG
    click.echo(dump(written_out(checked.rulebook, BAR)), nl=False)
    return FINE


def _rehearse(rulebook: Rulebook | None) -> tuple[Failure, ...]:
    """Run the tests inside the rules and tell each that fails."""
    if rulebook is None or not any(rule.tests for rule in rulebook.rules):
        return ()
    index = compile_rules(rulebook)
    failures = rehearse(rulebook, partial(find, watchlist=index))
    for failure in failures:
        click.echo("\n".join([str(failure), *_reasons(failure, rulebook.watchlist, index)]))
    return failures


def _reasons(failure: Failure, watchlist: Watchlist, index: Index) -> Iterable[str]:
    """The test's text with what was found in it, and what was nearly found."""
    article = Article(text=failure.text)
    if failure.mentions:
        for passage in passages(article, failure.mentions):
            yield show(passage, PLAIN, watchlist)
    else:
        yield f"  {tidy(failure.text)}"
        yield "    no name of the watchlist was found"
    found = {mention.entity for mention in failure.mentions}
    for answer in failure.unmet:
        there = f"; there is {isolate(tidy(answer.found))}" if answer.found else ""
        yield f"    not met: {answer.key}: {isolate(tidy(answer.wanted))}{there}"
    for mention in _nearly(article, index, set(failure.missing) - found):
        yield f"    not sure enough: {account(mention, watchlist)}"


def _nearly(article: Article, index: Index, entities: set[str]) -> list[Mention]:
    return [mention for mention in find(article, index, _NEARLY) if mention.entity in entities]


def _summary(checked: Checked, failures: tuple[Failure, ...]) -> str:
    figures = {
        "faults": len(checked.faults),
        "warnings": len(checked.warnings),
        "failing tests": len(failures),
    }
    if checked.rulebook:
        rules = checked.rulebook.rules
        figures = {
            "entities": len(checked.rulebook.watchlist),
            "rules": len(rules),
            "tests": sum(len(rule.tests) for rule in rules),
        } | figures
    return " · ".join(f"{what}: {count}" for what, count in figures.items())
