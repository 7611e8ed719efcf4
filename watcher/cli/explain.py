"""`watcher explain`: why an article did or did not raise an alert, step by step."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import click

from watcher.alerts import (
    AsOf,
    Change,
    Limits,
    Question,
    Recall,
    Road,
    Step,
    flips,
    isolate,
    road_data,
    tell_road,
    tidy,
    walk,
)
from watcher.cli.asked import Asked, find_asked
from watcher.cli.fate import fate
from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_option, shown
from watcher.cli.rules import Rules, called, read_all
from watcher.cli.steps import bold, lines, told_changes, verdict
from watcher.cli.verb import Worded
from watcher.match import find
from watcher.store import DATABASE, Filed, Store, Suspension, Wanted


@dataclass(frozen=True, slots=True)
class _Told:
    """Why of one entity."""

    road: Road
    steps: tuple[Step, ...]
    changes: tuple[Change, ...]
    recorded: tuple[Filed, ...]
    stopped: Mapping[str, Suspension]
    version: str

    def lines(self, *, colour: bool) -> Iterator[str]:
        """For people."""
        yield bold(verdict(self.road), colour=colour)
        article = self.road.question.article
        origin = (isolate(tidy(article.title)), isolate(tidy(article.source)), tidy(article.link))
        if any(origin):
            yield " · ".join(filter(None, origin))
        yield from lines(self.steps, colour=colour)
        for filed in self.recorded:
            yield from self._on_record(filed)
        if self.changes:
            yield bold("any one of these would turn it round:", colour=colour)
            yield from told_changes(self.changes)

    def _on_record(self, filed: Filed) -> Iterator[str]:
        alert = filed.alert
        yield f"on record: {alert.id}"
        yield f"  raised {shown(alert.raised)} UTC by {tidy(alert.rule)}: {filed.decision.reason}"
        if alert.rules_version != self.version:
            yield f"  by the rules {alert.rules_version}; told above by those as they stand now"
        for dispatch in filed.dispatches:
            yield f"  {fate(dispatch, self.stopped)}"
        for ruling in filed.rulings:
            why = f": {isolate(tidy(ruling.why))}" if ruling.why else ""
            yield f"  {ruling.verdict} {shown(ruling.at)} UTC by {tidy(ruling.by)}{why}"
        if filed.dispatches and not filed.rulings:
            yield f'  if it is wrong: watcher dismiss {alert.id} --why "…"'

    def data(self) -> dict[str, object]:
        """For programs."""
        changes = [
            {
                "act": change.act.value,
                "scope": change.scope.value,
                "id": change.id,
                "text": change.text,
                "score": change.score,
            }
            for change in self.changes
        ]
        recorded = [
            {"alert": filed.alert.id, "rule": filed.alert.rule, "reason": filed.decision.reason}
            for filed in self.recorded
        ]
        return road_data(self.road, self.steps) | {"changes": changes, "recorded": recorded}


@click.command(
    cls=Worded,
    short_help=VERBS["explain"],
    examples=[
        "watcher explain alert_3d00f455",
        "watcher explain seeds/001_077868c29130ff6c.txt --entity esmail-qaani",
        'watcher explain "قال سليماني إن الحرب انتهت" --entity qasem-soleimani',
        "watcher explain https://news.example/2024/09/13/1 --entity qasem-soleimani --json",
    ],
    fine="it was explained",
    failed="there is no such thing, or nobody was found and no --entity says about whom",
)
@click.argument("what", metavar="ALERT|ARTICLE|URL|FILE|TEXT")
@config_option
@click.option("--entity", "entity_id", default="", help="Why of this entity (its id or name).")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(ctx: click.Context, *, what: str, config: Path, entity_id: str, as_json: bool) -> None:
    """Say why an article alerts for an entity, or why not, and what would turn that round.

    The first argument is the id of an alert (it may be cut short), the id or address of an article
    on record, a page of the web, a file, or a text; "-" reads standard input. Without --entity the
    entities that are found are explained. The rules are taken as the files stand now; an article on
    record is judged as of the time it came. Nothing is recorded or sent.
    """
    rules = read_all(config)
    entity = called(entity_id, rules.rulebook).id if entity_id else ""
    database = rules.settings.state / DATABASE
    with Store.open(database) if database.is_file() else nullcontext() as store:
        asked = find_asked(what, store, rules.settings)
        if asked is None:
            click.echo(f'there is no alert, article or file "{tidy(what)}"', err=True)
            ctx.exit(FAILED)
        wanted = [entity or asked.entity] if entity or asked.entity else _found(asked, rules)
        told = [_explain(asked, each, rules, store) for each in wanted]
    if not told:
        click.echo("nobody was found in it; say about whom you ask: --entity ID", err=True)
        ctx.exit(FAILED)
    if as_json:
        click.echo(json.dumps([one.data() for one in told], ensure_ascii=False, indent=2))
    else:
        # The channels come with all that the network needs, which no program waits for.
        from watcher.channels import wants_colour  # noqa: PLC0415

        colour = wants_colour(sys.stdout, os.environ)
        click.echo("\n\n".join("\n".join(one.lines(colour=colour)) for one in told))


def _found(asked: Asked, rules: Rules) -> list[str]:
    """The entities that are found in an article, in its order."""
    return list(dict.fromkeys(each.entity for each in find(asked.article, rules.index)))


def _explain(asked: Asked, entity: str, rules: Rules, store: Store | None) -> _Told:
    memory = AsOf(store or Recall(), asked.at, asked.article.id)
    limits = Limits(max_age=rules.settings.max_age, silences=store.silences.all() if store else ())
    question = Question(asked.article, entity, asked.at)
    road = walk(question, rules.rulebook, rules.index, memory, limits)
    wanted = Wanted(article=asked.article.id, entity=entity)
    return _Told(
        road,
        tell_road(road),
        flips(road, rules.index.crowd, memory),
        store.alerts(wanted) if store and asked.recorded else (),
        store.suspensions() if store else {},
        rules.rulebook.version,
    )
