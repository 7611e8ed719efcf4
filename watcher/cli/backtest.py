"""`watcher backtest`: what rules would have sent over the articles of the past."""

from __future__ import annotations

import json
import os
import sys
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click

from watcher.alerts import Side, backtest, compile_rules, tidy
from watcher.article import Article
from watcher.cli.balance import Balance, Outcome, outcomes
from watcher.cli.group import FAILED, VERBS
from watcher.cli.progress import progress
from watcher.cli.record import config_option, open_record, read_moment, shown
from watcher.cli.rules import Rules, read_all
from watcher.cli.verb import Verb
from watcher.config import read_former
from watcher.errors import ConfigError, UnknownError
from watcher.store import Store
from watcher.watchlist import Rulebook
from watcher.written import there_is_no

_PAST = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """Which alerts of which time.

    Attributes:
        since: of articles first seen then or later.
        until: and before this.
        entity: of this entity; "" for all.
        rule: of this rule; "" for all.
    """

    since: datetime
    until: datetime
    entity: str = ""
    rule: str = ""

    def admits(self, outcome: Outcome) -> bool:
        """Whether an alert is asked for."""
        alert = outcome.judged.alert
        return (
            alert.raised >= self.since
            and self.entity in ("", alert.entity)
            and self.rule in ("", alert.rule)
        )


@click.command(
    cls=Verb,
    short_help=VERBS["backtest"],
    examples=[
        "watcher backtest --since 7d",
        "watcher backtest --diff",
        "watcher backtest drafts/rules --diff --entity qasem-soleimani",
        "watcher backtest --since 2026-10-01 --until 2026-11-01 --jsonl > alerts.jsonl",
    ],
    failed="it was stopped, or there is no such entity or rule, or nothing to compare with",
)
@click.argument("path", metavar="[PATH]", required=False, type=click.Path(path_type=Path))
@config_option
@click.option("--since", callback=read_moment, help="From articles seen then on.  [default: 30d]")
@click.option("--until", callback=read_moment, help="To articles seen before then.")
@click.option("--diff", is_flag=True, help="What the rules add and drop against those in force.")
@click.option("--entity", default="", help="Of this entity only (its id).")
@click.option("--rule", default="", help="Of this rule only (its id).")
@click.option(
    "--limit", default=20, show_default=True, type=click.IntRange(0), help="Alerts shown at most."
)
@click.option("--jsonl", is_flag=True, help="Print a line an alert, held ones too, as JSON.")
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context,
    *,
    path: Path | None,
    config: Path,
    since: datetime | None,
    until: datetime | None,
    diff: bool,
    entity: str,
    rule: str,
    limit: int,
    jsonl: bool,
) -> None:
    """Say what rules would have sent over the articles on record: by day, by entity, by sentence.

    PATH is a folder or a file of rules to try in the place of those of the operator's file. Each
    article is judged as the daemon would have judged it when it came: cool-down counts in the time
    of the articles. With --diff only what the rules add (+) and drop (−) is shown, against those
    that the daemon works with. Silences are left out. Nothing is recorded or sent, and the daemon
    may run meanwhile.
    """
    now = datetime.now(UTC)
    asked = _Asked(since=since or now - _PAST, until=until or now, entity=entity, rule=rule)
    if asked.since >= min(asked.until, now):
        late = "--until" if asked.until <= now else "now"
        message = f"it begins at {shown(asked.since)} UTC, which is not before {late}"
        raise click.BadParameter(message, ctx, param_hint="--since")
    rules = read_all(config, path)
    with open_record(config) as store:
        if store is None:
            return
        former = _in_force(store, rules) if diff else None
        books = [rules.rulebook, *([former] if former else [])]
        _check("entity", entity, [each.id for book in books for each in book.watchlist])
        _check("rule", rule, [each.id for book in books for each in book.rules])
        balance = Balance(asked.since, asked.until, diff=diff)
        stopped = _run(store, _sides(rules, former), asked, balance, jsonl=jsonl)
    if former and former.version == rules.rulebook.version:
        click.echo("these are the rules in force; edit them, or name others", err=True)
    click.echo(str(balance), err=jsonl)
    if not jsonl:
        from watcher.channels import wants_colour  # noqa: PLC0415 - comes with the whole network

        colour = wants_colour(sys.stdout, os.environ)
        for line in balance.lines(limit, colour=colour):
            click.echo(line)
    ctx.exit(FAILED if stopped else 0)


def _run(store: Store, sides: list[Side], asked: _Asked, balance: Balance, *, jsonl: bool) -> bool:
    """Go through the articles; whether that was stopped before the end.

    Articles from before the time asked about are gone through first, as many as may silence one.
    """
    rules = [rule for side in sides for rule in side.rulebook.rules]
    begin = asked.since - 2 * max((rule.cool_down for rule in rules), default=timedelta(0))
    came: deque[datetime] = deque()

    def articles() -> Iterator[tuple[Article, datetime]]:
        for stored in store.shelf(begin, asked.until):
            came.append(stored.first_seen)
            yield stored.article, stored.first_seen

    try:
        with progress(store.count(begin, asked.until)) as bar:
            for dossiers in backtest(articles(), sides):
                balance.articles += came.popleft() >= asked.since
                for outcome in filter(asked.admits, outcomes(dossiers)):
                    balance.add(outcome)
                    if jsonl:
                        told = outcome.data(diff=balance.diff)
                        click.echo(json.dumps(told, ensure_ascii=False))
                bar.step(f"{balance.articles:,} articles · {len(balance.sent):,} alerts")
    except KeyboardInterrupt:
        click.echo("stopped; so far:", err=True)
        return True
    return False


def _in_force(store: Store, rules: Rules) -> Rulebook:
    """The rules that the daemon works with.

    Raises:
        ConfigError: it has not said yet.
        RuleError: they cannot be read any more.
    """
    reign = store.reigns.in_force()
    if reign is None or not reign.files:
        raise ConfigError(
            "the daemon has not noted any rules to compare with; start it once: watcher run"
        )
    return read_former(reign.files, rules.settings)


def _sides(rules: Rules, former: Rulebook | None) -> list[Side]:
    """The rules that are tried, and those in force; they share the search where they can."""
    max_age = rules.settings.max_age
    sides = [Side(rules.rulebook, rules.index, max_age)]
    if former:
        same = _asks(former) == _asks(rules.rulebook)
        index = rules.index if same else compile_rules(former)
        sides.append(Side(former, index, max_age))
    return sides


def _asks(rulebook: Rulebook) -> object:
    """What a search depends on: whom it is for, and how sure it must be."""
    bars = {
        (rule.entities, rule.min_score) for rule in rulebook.rules if rule.min_score is not None
    }
    return rulebook.watchlist.version, bars


def _check(option: str, asked: str, known: Collection[str]) -> None:
    """Say that nobody knows an entity or a rule.

    Raises:
        UnknownError: so it is.
    """
    if asked and asked not in known:
        raise UnknownError(there_is_no(option, tidy(asked), known))
