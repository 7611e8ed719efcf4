"""What `watcher dismiss` and `confirm` share: the verdict, and what it teaches the rules."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import click

from watcher.alerts import Alert, Lesson, tidy
from watcher.article import Article
from watcher.cli.group import FAILED
from watcher.cli.record import config_option, find_alert, open_record
from watcher.cli.who import who
from watcher.config import Settings, read_config, read_rulebook
from watcher.errors import RuleError
from watcher.service import Addition, additions, teach
from watcher.store import History, Ruling, Store, Verdict, Wanted
from watcher.watchlist import Rulebook
from watcher.written import show_lines

ENDS = {
    "failed": "there is no such alert, or with --apply nothing to write",
    "wrong": "with --apply it was not written, and why; or the command or the files are wrong",
}
"""The exit codes of both verbs."""

F = TypeVar("F", bound=Callable[..., object])
Learn = Callable[[Alert, Article, Rulebook, Sequence[Alert]], Lesson | None]

_RIGHT = 200
"""So many of an entity's newest alerts are looked through for those that were right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A verdict that is given.

    Attributes:
        verdict: whether the alert was right.
        why: the reason; "" for none.
        learn: says what it teaches, beside alerts of the entity that were right.
        apply: write that into the rules.
        as_json: tell it to a program.
    """

    verdict: Verdict
    why: str
    learn: Learn
    apply: bool
    as_json: bool


def asks(command: F) -> F:
    """What both verbs are asked besides the reason: which alert, of which record, and what for."""
    wrapped = click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")(command)
    wrapped = click.option(
        "--apply", "apply", is_flag=True, help="Write it into the files of rules."
    )(wrapped)
    return config_option(click.argument("alert_id", metavar="ALERT")(wrapped))


def give(ctx: click.Context, config: Path, called: str, case: Case) -> None:
    """Record the verdict on an alert, and propose or write what it teaches.

    Raises:
        ConfigError: the operator's file cannot be taken.
        RuleError: it shall be written into the rules, and cannot be.
    """
    settings = read_config(config, os.environ)
    history, right = _record(ctx, config, called, case)
    alert = history.filed.alert
    click.echo(f"{alert.id} is {case.verdict}", err=True)
    try:
        rulebook = read_rulebook(settings)
    except RuleError as error:
        if case.apply:
            raise
        click.echo(
            f'nothing is proposed while the rules have faults: "watcher check"\n{error}', err=True
        )
        if case.as_json:
            click.echo("[]")
        ctx.exit()
    lesson = case.learn(alert, history.article, rulebook, right)
    _tell(alert, lesson)
    wanted = additions(lesson, rulebook) if lesson else ()
    if case.apply:
        _apply(wanted, settings, rulebook)
    if case.as_json:
        click.echo(json.dumps([_data(each) for each in wanted], ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_lines(wanted)), nl=bool(wanted))
    if case.apply and not wanted:
        ctx.exit(FAILED)


def _record(
    ctx: click.Context, config: Path, called: str, case: Case
) -> tuple[History, tuple[Alert, ...]]:
    """Record the verdict; what is known of the alert, and the entity's alerts that were right."""
    with open_record(config) as store:
        history = find_alert(store, called) if store else None
        if store is None or history is None:
            click.echo(f'there is no alert "{tidy(called)}"; list them: watcher alerts', err=True)
            ctx.exit(FAILED)
        store.verdicts.add(
            Ruling(
                alert=history.filed.alert.id,
                verdict=case.verdict,
                why=case.why,
                by=who(),
                at=datetime.now(UTC),
            )
        )
        return history, _right(store, history.filed.alert.entity)


def _right(store: Store, entity: str) -> tuple[Alert, ...]:
    """The newest alerts of an entity of which people said that they were right."""
    filed = store.alerts(Wanted(entity=entity, limit=_RIGHT))
    judged = (each for each in filed if each.rulings)
    return tuple(each.alert for each in judged if each.rulings[-1].verdict is Verdict.CONFIRMED)


def _tell(alert: Alert, lesson: Lesson | None) -> None:
    """Say what there is to know about the proposal."""
    if lesson is None:
        gone = f'the rules no longer hold "{tidy(alert.rule)}" or "{tidy(alert.entity)}"'
        click.echo(f"{gone}, so nothing is proposed", err=True)
    elif lesson.entity.origin and not lesson.excludes:
        click.echo(f'"{lesson.entity.id}" is of the list {lesson.entity.origin}', err=True)
    for says in lesson.says if lesson else ():
        click.echo(says, err=True)


def _apply(wanted: tuple[Addition, ...], settings: Settings, rulebook: Rulebook) -> None:
    if not wanted:
        click.echo("so there is nothing to write", err=True)
        return
    for file in teach(wanted, settings, rulebook):
        click.echo(f"{tidy(file)}: written; a running daemon takes it over", err=True)


def _lines(wanted: tuple[Addition, ...]) -> Iterator[str]:
    """The additions as YAML to paste, each behind the place it belongs to."""
    for each in wanted:
        whose = f", {each.whose}" if each.whose else ""
        yield f"# {tidy(each.file)}:{each.line}{tidy(whose)}"
        yield from show_lines(each.spot.key, each.items)


def _data(addition: Addition) -> dict[str, object]:
    """An addition for programs."""
    return {
        "file": addition.file,
        "line": addition.line,
        "path": list(addition.spot.path),
        "key": addition.spot.key,
        "items": list(addition.items),
        "yaml": "\n".join(show_lines(addition.spot.key, addition.items)),
    }
