"""`watcher outbox`: what is on its way to the channels, and what can be done about it."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import click

from watcher.alerts import Alert, Digest, amount, compose, tidy
from watcher.cli.fate import delivery_data, fate, tell_stopped
from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_below, config_option, open_record
from watcher.cli.verb import Branch, Verb
from watcher.config import read_config
from watcher.errors import UnknownError
from watcher.service import tell_letters
from watcher.store import Dispatch, Standing, Store, Suspension
from watcher.written import there_is_no

_EXAMPLES = (
    "watcher outbox --state failed",
    "watcher outbox retry msg_3d00f455",
    "watcher outbox -c /etc/watcher/watcher.yaml retry --channel desk",
)


class State(StrEnum):
    """What can be asked for."""

    WAITING = "waiting"
    FAILED = "failed"
    DEAD = "dead"
    DROPPED = "dropped"
    DELIVERED = "delivered"


_STANDINGS = {
    None: (Standing.WAITING, Standing.DEAD),
    State.WAITING: (Standing.WAITING,),
    State.FAILED: (Standing.WAITING,),
    State.DEAD: (Standing.DEAD,),
    State.DROPPED: (Standing.DROPPED,),
    State.DELIVERED: (Standing.DELIVERED,),
}


@click.group(
    cls=Branch,
    short_help=VERBS["outbox"],
    examples=_EXAMPLES,
    failed="there is no such channel",
)
@config_option
@click.option("--channel", default="", help="Only what goes to this channel.")
@click.option(
    "--state",
    type=click.Choice([state.value for state in State]),
    help="Only what stands so; failed is what waits after a try.  [default: waiting and dead]",
)
@click.option("--limit", default=50, show_default=True, type=click.IntRange(1), help="At most.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.pass_context
def command(  # noqa: PLR0913 - each option is one argument
    ctx: click.Context,
    *,
    config: Path,
    channel: str,
    state: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List what waits or was given up, in the order of sending, with the last answer to each.

    What has ended, if only that is asked for, comes the last one first. A digest is one line with
    its alerts behind it. Retry and drop work beside a running daemon, which notices within seconds.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    wanted = State(state) if state else None
    with open_record(config) as store:
        _check_channel(store, channel, config)
        stopped = tell_stopped(store) if store else {}
        found = list(_find(store, channel, wanted, limit)) if store else []
    if store and not found:
        click.echo("there is nothing of that kind in the outbox", err=True)
    if as_json:
        click.echo(
            json.dumps([_data(*one, stopped) for one in found], ensure_ascii=False, indent=2)
        )
        return
    for dispatch, lines in found:
        click.echo(f"{dispatch.key}  {fate(dispatch, stopped)}")
        click.echo("".join(f"  {line}\n" for line in lines), nl=False)


def _change(example: str, reach: str) -> Callable[[Callable[..., None]], click.Command]:
    """A command that changes deliveries, by their IDs or all of a channel.

    Args:
        example: how it is called for one.
        reach: which ones `--channel` means.
    """

    def make(act: Callable[..., None]) -> click.Command:
        whole = f"watcher outbox -c /etc/watcher/watcher.yaml {act.__name__} --channel desk"
        act = config_below(click.pass_context(act))
        act = click.option("--channel", default="", help=f"All that {reach} there.")(act)
        act = click.argument("ids", metavar="[ID]...", nargs=-1)(act)
        failed = "nothing was changed, or there is no such delivery, alert or channel"
        return command.command(cls=Verb, examples=[example, whole], failed=failed)(act)

    return make


@_change("watcher outbox retry msg_3d00f455", "waits in line, was given up or dropped")
def retry(ctx: click.Context, *, ids: tuple[str, ...], channel: str) -> None:
    """Send deliveries again at once, with all their tries before them.

    ID is that of a delivery or of an alert, and may be cut short. A suspended channel is resumed.
    What has arrived is never sent again; what waits for its hour is sent before it by ID only. What
    goes to a channel that cannot be opened waits all the same, which is said.
    """

    def act(store: Store, keys: Collection[str]) -> int:
        for name in _channels(store, keys) | ({channel} - {""}):
            store.resume(name)
        tell_stopped(store)
        return store.retry(_now(), keys=tuple(keys), channel=channel)

    _act(ctx, ids, channel, act, "to be sent again")


@_change("watcher outbox drop alert_7056b216", "waits or was given up")
def drop(ctx: click.Context, *, ids: tuple[str, ...], channel: str) -> None:
    """Throw deliveries away: they are not sent, and stay in the record as dropped.

    ID is that of a delivery or of an alert, and may be cut short. `retry` takes them back.
    """

    def act(store: Store, keys: Collection[str]) -> int:
        return store.drop(_now(), keys=tuple(keys), channel=channel)

    _act(ctx, ids, channel, act, "dropped")


def _act(
    ctx: click.Context,
    ids: Collection[str],
    channel: str,
    act: Callable[[Store, Collection[str]], int],
    became: str,
) -> None:
    """Change deliveries, and tell how many; the exit code is 1 if there were none."""
    if bool(ids) == bool(channel):
        raise click.UsageError('name deliveries by their IDs, or a channel: "--channel NAME"')
    config: Path = ctx.obj
    changed = 0
    with open_record(config) as store:
        _check_channel(store, channel, config)
        if store is not None:
            keys = [key for start in ids for key in _keys(store, start)]
            changed = act(store, keys)
            tell_letters(store, read_config(config, os.environ).admin, _now())
    click.echo(f"{changed} {became}", err=True)
    if not changed:
        ctx.exit(FAILED)


def _check_channel(store: Store | None, channel: str, config: Path) -> None:
    """Make sure that a channel that was named is one, of the operator's file or of the record.

    Raises:
        UnknownError: it is none; the message names those there are.
    """
    recorded = [tally.channel for tally in store.tallies()] if store else []
    known = {*read_config(config, os.environ).channels, *recorded}
    if channel and channel not in known:
        raise UnknownError(there_is_no("channel", tidy(channel), known))


def _keys(store: Store, start: str) -> tuple[str, ...]:
    """The delivery whose key begins so, or all deliveries of the alert whose id does.

    Raises:
        UnknownError: none does.
        click.BadParameter: several do.
    """
    found = store.keys_called(start) or store.keys_called(f"msg_{start}")
    alerts = store.called(start) or store.called(f"alert_{start}")
    if not found and not alerts:
        raise UnknownError(
            f'there is no delivery or alert "{tidy(start)}"; list them: watcher outbox'
        )
    if len(found) + len(alerts) > 1:
        raise click.BadParameter(
            f'"{tidy(start)}" begins several IDs; write more of it', param_hint="ID"
        )
    if found:
        return found
    history = store.alert(alerts[0])
    return tuple(dispatch.key for dispatch in history.filed.dispatches) if history else ()


def _channels(store: Store, keys: Collection[str]) -> set[str]:
    """The channels that these deliveries go to."""
    rows = (store.dispatch(key) for key in keys)
    return {row.channel for row in rows if row}


def _find(
    store: Store, channel: str, state: State | None, limit: int
) -> Iterator[tuple[Dispatch, list[str]]]:
    """The deliveries asked for, each with what it carries in a few lines."""
    tried = state is State.FAILED
    rows = store.outbox(channel=channel, standings=_STANDINGS[state], tried=tried, limit=limit)
    for dispatch in rows:
        yield dispatch, list(_carried(store, dispatch))


def _carried(store: Store, dispatch: Dispatch) -> Iterator[str]:
    carried = store.content(dispatch.key)
    if isinstance(carried, Alert):
        yield _line(carried)
    elif isinstance(carried, Digest):
        yield amount(len(carried.alerts), "alert")
        yield from map(_line, carried.alerts)
    else:
        yield carried.headline if carried else ""


def _line(alert: Alert) -> str:
    message = compose(alert)
    return " · ".join(filter(None, (message.headline, message.title, alert.id)))


def _data(
    dispatch: Dispatch, lines: list[str], stopped: Mapping[str, Suspension]
) -> dict[str, object]:
    return delivery_data(dispatch, stopped) | {
        "alert": dispatch.alert or None,
        "notice": dispatch.notice or None,
        "carries": lines,
    }


def _now() -> datetime:
    return datetime.now(UTC)
