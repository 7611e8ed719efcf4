"""`watcher alerts`: what was raised, and what became of it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from watcher.alerts import Message, alert_data, compose, isolate, plain, shorten, stamp, tidy
from watcher.cli.fate import delivery_data, fate, held, tell_stopped
from watcher.cli.group import FAILED, VERBS
from watcher.cli.precision import precision_data, precision_lines
from watcher.cli.record import (
    config_below,
    config_option,
    find_alert,
    open_record,
    read_moment,
    shown,
)
from watcher.cli.verb import Branch, Verb
from watcher.config import read_config, read_rulebook
from watcher.errors import RuleError, UnknownError
from watcher.store import Filed, History, Ruling, Standing, Store, Suspension, Wanted
from watcher.written import there_is_no

_BEGINNING = 120
"""Code points shown of a sentence in the place of a headline: a line or two of a terminal."""

_EXAMPLES = (
    "watcher alerts --since 2d",
    "watcher alerts --state dead --json",
    "watcher alerts show alert_3d00f455",
    "watcher alerts -c /etc/watcher/watcher.yaml show alert_3d00f455",
)


@click.group(
    cls=Branch,
    short_help=VERBS["alerts"],
    examples=_EXAMPLES,
    failed="there is no such entity or rule",
)
@config_option
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most.")
@click.option("--since", callback=read_moment, help="Raised since then: 6h, 2d, 2026-11-20.")
@click.option("--entity", default="", help="Of this entity (its id).")
@click.option("--rule", default="", help="Of this rule (its id).")
@click.option(
    "--state",
    type=click.Choice([standing.value for standing in Standing]),
    help="Held, or standing so with at least one channel.",
)
@click.option("--stats", is_flag=True, help="How often they were right, by rule and entity.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context,
    *,
    config: Path,
    limit: int,
    since: datetime | None,
    entity: str,
    rule: str,
    state: str | None,
    stats: bool,
    as_json: bool,
) -> None:
    """List the alerts, the newest first: who, how sure, by which rule, and what became of it.

    An alert is sent to each of its channels, waits for them, was given up, or was held, and then
    the list says why. `watcher alerts show ID` tells everything about one. --stats counts them
    instead, with what `watcher dismiss` and `confirm` said of them.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    if stats:
        _count(config, Wanted(since=since, entity=entity, rule=rule, limit=limit), as_json=as_json)
        return
    wanted = Wanted(
        since=since,
        entity=entity,
        rule=rule,
        standing=Standing(state) if state else None,
        limit=limit,
    )
    with open_record(config) as store:
        filed = store.alerts(wanted) if store else ()
        if store and not filed:
            _tell_none(store, wanted, config)
        stopped = tell_stopped(store) if store else {}
    if as_json:
        click.echo(json.dumps([_data(one, stopped) for one in filed], ensure_ascii=False, indent=2))
    for one in () if as_json else filed:
        click.echo("\n".join(_lines(one, stopped)) + "\n")


@command.command(
    cls=Verb,
    examples=[
        "watcher alerts show alert_3d00f455",
        "watcher alerts -c /etc/watcher/watcher.yaml show alert_3d00f455",
    ],
    failed="there is no such alert",
)
@click.argument("alert_id", metavar="ID")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@config_below
@click.pass_context
def show(ctx: click.Context, *, alert_id: str, as_json: bool) -> None:
    """Tell everything about one alert: its words, its reasons, every attempt to send it.

    ID may be cut short as long as it names one alert only.
    """
    config: Path = ctx.obj
    with open_record(config) as store:
        history = find_alert(store, alert_id) if store else None
        stopped = tell_stopped(store) if store and history else {}
    if history is None:
        click.echo(f'there is no alert "{tidy(alert_id)}"; list them: watcher alerts', err=True)
        ctx.exit(FAILED)
    above = ctx.parent.params if ctx.parent else {}
    if as_json or above.get("as_json"):
        click.echo(json.dumps(_whole(history, stopped), ensure_ascii=False, indent=2))
    else:
        click.echo("\n".join(_account(history, stopped)))


def _count(config: Path, wanted: Wanted, *, as_json: bool) -> None:
    """Tell how often alerts were right."""
    with open_record(config) as store:
        tallies = [
            each
            for each in (store.verdicts.precision(wanted.since) if store else ())
            if wanted.entity in {"", each.entity} and wanted.rule in {"", each.rule}
        ][: wanted.limit]
        if store and not tallies:
            _tell_none(store, wanted, config)
    if as_json:
        told = [precision_data(tally) for tally in tallies]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
    elif tallies:
        click.echo("\n".join(precision_lines(tallies)))


def _tell_none(store: Store, wanted: Wanted, config: Path) -> None:
    """Say that the list is empty.

    Raises:
        UnknownError: neither the record nor the rules know such an entity or rule.
    """
    with suppress(RuleError):
        rulebook = read_rulebook(read_config(config, os.environ))
        entities = [entity.id for entity in rulebook.watchlist.entities]
        rules = [rule.id for rule in rulebook.rules]
        for what, asked, known in (
            ("entity", Wanted(entity=wanted.entity, limit=1), entities),
            ("rule", Wanted(rule=wanted.rule, limit=1), rules),
        ):
            name = asked.entity or asked.rule
            if name and name not in known and not store.alerts(asked):
                raise UnknownError(there_is_no(what, tidy(name), known))
    narrowed = wanted != Wanted(limit=wanted.limit)
    click.echo("no alerts match" if narrowed else "there is no alert yet", err=True)


def _lines(filed: Filed, stopped: Mapping[str, Suspension]) -> Iterator[str]:
    """An alert in a few lines: who, where it stands, what became of it, its id."""
    message = compose(filed.alert)
    yield f"{shown(filed.alert.raised)}  {message.headline}"
    for line in (isolate(message.title or _beginning(message)), message.origin, message.link):
        if line:
            yield f"  {line}"
    said = [ruling.verdict.value for ruling in filed.rulings[-1:]]
    yield f"  {'; '.join((*said, *_fates(filed, stopped)))}"
    yield f"  {filed.alert.id}"


def _beginning(message: Message) -> str:
    """How the first sentence begins that tells of the entity."""
    first = message.excerpts[0]
    return shorten(f"{first.before}{first.match}{first.after}", _BEGINNING)


def _fates(filed: Filed, stopped: Mapping[str, Suspension]) -> list[str]:
    """What became of an alert, channel by channel."""
    if not filed.decision.reason.sends:
        return [held(filed.decision.reason, filed.silence)]
    return [fate(dispatch, stopped) for dispatch in filed.dispatches] or ["sent to nobody"]


def _account(history: History, stopped: Mapping[str, Suspension]) -> Iterator[str]:
    filed = history.filed
    yield plain(compose(filed.alert))
    yield ""
    yield f"raised {shown(filed.alert.raised)} UTC: {filed.decision.reason}"
    if filed.decision.earlier:
        yield f"  measured against {filed.decision.earlier}"
    versions = "" if history.versions == 1 else f", seen in {history.versions} versions"
    yield f"article first seen {shown(history.first_seen)} UTC{versions}"
    yield f"watchlist {filed.alert.list_version}, rules {filed.alert.rules_version}"
    if edition := filed.alert.edition:
        published = f" of {edition.published}" if edition.published else ""
        yield f"on the list {edition.name}{published}, version {edition.version}"
    for ruling in filed.rulings:
        why = f": {isolate(tidy(ruling.why))}" if ruling.why else ""
        yield f"{ruling.verdict} {shown(ruling.at)} UTC by {tidy(ruling.by)}{why}"
    for became, dispatch in zip(_fates(filed, stopped), filed.dispatches, strict=False):
        yield f"{became} · {dispatch.key}"
        for attempt in dispatch.tries:
            yield f"  {shown(attempt.at)} UTC {attempt.outcome}: {tidy(attempt.answer)}"
    if not filed.dispatches:
        yield from _fates(filed, stopped)


def _data(filed: Filed, stopped: Mapping[str, Suspension]) -> dict[str, object]:
    """An alert as webhooks get it, with what became of it."""
    return alert_data(filed.alert) | {
        "raised": stamp(filed.alert.raised),
        "reason": filed.decision.reason.value,
        "earlier": filed.decision.earlier,
        "silence": filed.decision.silence or None,
        "verdicts": [_ruling_data(ruling) for ruling in filed.rulings],
        "deliveries": [delivery_data(dispatch, stopped) for dispatch in filed.dispatches],
    }


def _ruling_data(ruling: Ruling) -> dict[str, object]:
    return {
        "verdict": ruling.verdict.value,
        "why": ruling.why,
        "by": ruling.by,
        "at": stamp(ruling.at),
    }


def _whole(history: History, stopped: Mapping[str, Suspension]) -> dict[str, object]:
    return _data(history.filed, stopped) | {
        "text": history.article.text,
        "first_seen": stamp(history.first_seen),
        "last_changed": stamp(history.last_changed),
        "versions": history.versions,
    }
