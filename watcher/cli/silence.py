"""`watcher silence`: hear nothing of somebody for a time, and say why."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from watcher.alerts import Silence, Target, amount, isolate, stamp, tidy
from watcher.cli.fate import silenced
from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_below, config_option, open_record, read_date, shown
from watcher.cli.verb import Branch, Verb
from watcher.cli.who import who
from watcher.config import read_config, read_rulebook
from watcher.errors import RuleError, UnknownError
from watcher.service import list_sources
from watcher.store import Store
from watcher.watchlist import read_items
from watcher.written import Duration, there_is_no

_EXAMPLES = (
    "watcher silence",
    'watcher silence add qasem-soleimani --until 2d --why "a film about him is out"',
    "watcher silence remove 3",
)


@click.group(
    cls=Branch,
    short_help=VERBS["silence"],
    examples=_EXAMPLES,
    failed="the record cannot be read",
)
@config_option
@click.option("--all", "every", is_flag=True, help="Those that are over too.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(ctx: click.Context, *, config: Path, every: bool, as_json: bool) -> None:
    """List the silences: what is held back, until when, why, and who said so.

    What a silence names raises alerts as ever; they are recorded with the silence as their reason,
    and nobody is told. Each ends by itself. A running daemon follows at its next article.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    now = datetime.now(UTC)
    with open_record(config) as store:
        silences = (store.silences.all() if every else store.silences.lasting(now)) if store else ()
        held = store.silences.held() if store else {}
    if store and not silences:
        click.echo("nothing is silenced", err=True)
    if as_json:
        told = [_data(each, held.get(each.number, 0)) for each in silences]
        click.echo(json.dumps(told, ensure_ascii=False, indent=2))
        return
    for each in silences:
        click.echo("\n".join(_lines(each, held.get(each.number, 0), now)))


def read_end(ctx: click.Context, param: click.Parameter, value: str) -> datetime:
    """What people write for an end: a length of time (`2d`), or a date with or without a time.

    In UTC unless it says else. The callback of an option.

    Raises:
        click.BadParameter: it is no time, or it has passed.
    """
    now = datetime.now(UTC)
    try:
        length: timedelta = TypeAdapter(Duration).validate_python(value)
        end = now + length
    except (ValidationError, OverflowError):
        end = read_date(ctx, param, value)
    if end <= now:
        raise click.BadParameter(f'"{value}" has passed; write an end such as 2d', ctx, param)
    return end


@command.command(
    cls=Verb,
    examples=[
        'watcher silence add qasem-soleimani --until 2d --why "a film about him is out"',
        'watcher silence add Example --until 2026-12-01 --why "the feed repeats its archive"',
    ],
    failed="there is no such entity, rule or feed, or nothing is recorded yet",
)
@click.argument("name", metavar="ENTITY|RULE|FEED")
@click.option(
    "--until",
    required=True,
    callback=read_end,
    help="Its end: 6h, 2d, 2026-12-01, 2026-12-01T10:00.",
)
@click.option("--why", required=True, help="The reason, for whoever asks later.")
@click.option(
    "--as",
    "target",
    type=click.Choice([target.value for target in Target]),
    help="What the name is of, if it is of several.",
)
@config_below
@click.pass_context
def add(ctx: click.Context, *, name: str, until: datetime, why: str, target: str | None) -> None:
    """Hold back the alerts of an entity or a rule (by id) or of a source (by name) for a time.

    An end and a reason are required: what is switched off for good belongs into the rules.
    """
    config: Path = ctx.obj
    reason = tidy(why).strip()
    if not reason:
        raise click.BadParameter("the reason is empty; write why", param_hint="--why")
    now = datetime.now(UTC)
    with open_record(config) as store:
        if store is None:
            ctx.exit(FAILED)
        about = _find(_known(config, store), name, Target(target) if target else None)
        lasting = store.silences.lasting(now)
        same = [each for each in lasting if (each.target, each.subject) == (about, name)]
        if same:
            longest = max(same, key=lambda each: each.until)
            click.echo(f"it is silent already: {_beside(longest, until)}", err=True)
        silence = Silence(target=about, subject=name, until=until, why=reason, by=who(), made=now)
        number = store.silences.add(silence)
    click.echo(
        f"silence {number}: the {about} {isolate(tidy(name))} until {shown(until)} UTC;"
        f' "watcher silence remove {number}" ends it',
        err=True,
    )


def _beside(other: Silence, until: datetime) -> str:
    """What a silence adds to one that lasts."""
    if until == other.until:
        return f"{silenced(other)}; both count, and both end then"
    adds = "this one prolongs it" if until > other.until else "this one ends sooner"
    return f"{silenced(other)}; both count, {adds}"


@command.command(cls=Verb, examples=["watcher silence remove 3"], failed="no such silence lasts")
@click.argument("number", metavar="ID")
@config_below
@click.pass_context
def remove(ctx: click.Context, *, number: str) -> None:
    """End a silence before its time. What it held stays held, and says by which silence."""
    config: Path = ctx.obj
    with open_record(config) as store:
        ended = store is not None and _end(store, number, datetime.now(UTC))
    if not ended:
        click.echo(f"no silence {tidy(number)} lasts; list them: watcher silence", err=True)
        ctx.exit(FAILED)
    click.echo(f"silence {number} has ended", err=True)


def _end(store: Store, number: str, now: datetime) -> bool:
    """End a silence by what somebody takes for its number; whether there was one to end."""
    lasting = {str(each.number): each.number for each in store.silences.lasting(now)}
    return number in lasting and store.silences.end(lasting[number], now, who())


def _known(config: Path, store: Store) -> dict[Target, Collection[str]]:
    """What can be silenced: what the files say now, or, if they are faulty, what is in force."""
    settings = read_config(config, os.environ)
    try:
        rulebook = read_rulebook(settings)
        entities = {entity.id for entity in rulebook.watchlist.entities}
        rules = {rule.id for rule in rulebook.rules}
    except RuleError:
        reign = store.reigns.in_force()
        items = read_items(reign.files) if reign else {}
        entities = {item.name for item in items if item.what == "entity"}
        rules = {item.name for item in items if item.what == "rule"}
    feeds = set(list_sources(config, os.environ).values())
    return {Target.ENTITY: entities, Target.RULE: rules, Target.FEED: feeds}


def _find(known: Mapping[Target, Collection[str]], name: str, target: Target | None) -> Target:
    """What a name is of.

    Raises:
        UnknownError: of nothing.
        click.BadParameter: of several things.
    """
    wanted = {target: known[target]} if target else known
    found = [each for each, names in wanted.items() if name in names]
    if len(found) > 1:
        several = " and ".join(f"{'an' if each is Target.ENTITY else 'a'} {each}" for each in found)
        raise click.BadParameter(
            f'"{tidy(name)}" is {several}; say which: --as {found[0]}', param_hint="NAME"
        )
    if not found:
        choices = {choice for names in wanted.values() for choice in names}
        raise UnknownError(there_is_no(target or "entity, rule or feed", tidy(name), choices))
    return found[0]


def _lines(silence: Silence, held: int, now: datetime) -> Iterator[str]:
    """A silence in two lines: what, until when and by whom; why, and what it held."""
    over = "" if silence.lasts(now) else ", over"
    yield (
        f"{silence.number}  {silence.target} {isolate(tidy(silence.subject))}"
        f" until {shown(silence.until)} UTC{over}"
    )
    said = f"{isolate(tidy(silence.why))} ({tidy(silence.by)}, {shown(silence.made)} UTC)"
    ended = (
        f"; ended by {tidy(silence.ended_by)} {shown(silence.ended)} UTC" if silence.ended else ""
    )
    yield f"   {said}; held {amount(held, 'alert')}{ended}"


def _data(silence: Silence, held: int) -> dict[str, object]:
    """A silence for programs."""
    return {
        "silence": silence.number,
        "target": silence.target.value,
        "subject": silence.subject,
        "until": stamp(silence.until),
        "why": silence.why,
        "by": silence.by,
        "made": stamp(silence.made),
        "ended": stamp(silence.ended) if silence.ended else None,
        "ended_by": silence.ended_by,
        "held": held,
    }
