"""`watcher feeds`: the sources, and how they are doing; add one, look at one closely."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import click

from watcher.alerts import isolate, stamp, tidy
from watcher.cli.adding import add, export, take
from watcher.cli.gauges import write_gauges
from watcher.cli.group import VERBS
from watcher.cli.polling import poll
from watcher.cli.record import config_option, open_record, shown
from watcher.cli.verb import Branch
from watcher.service import list_sources
from watcher.source import Health, SourceState
from watcher.store import PageTally

_USUAL = frozenset({"", "utf-8 (declared)", "utf-8 (valid UTF-8)"})
"""What is decided of most feeds, and need not be told."""

_WELL = frozenset({Health.NEW, Health.OK})


@click.group(
    cls=Branch,
    short_help=VERBS["feeds"],
    examples=[
        "watcher feeds --trouble",
        "watcher feeds add https://example.org",
        "watcher feeds -c /etc/watcher poll Example",
    ],
    failed="the record cannot be read",
)
@config_option
@click.option("--trouble", is_flag=True, help="Only those that are not well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
@click.option("--metrics", is_flag=True, help="Print what Prometheus reads.")
@click.pass_context
def command(
    ctx: click.Context, *, config: Path, trouble: bool, as_json: bool, metrics: bool
) -> None:
    """List the sources: how each is doing, since when and why, when it was read, when it is due.

    Those of the operator's file come first, in its order, then those that have left it. Times are
    in UTC.
    """
    ctx.obj = config
    if ctx.invoked_subcommand:
        return
    with open_record(config) as store:
        stored = store.source_states() if store else {}
        pages = store.pages.tallies() if store else {}
    rows = [
        row
        for row in _rows(list_sources(config, os.environ), stored, pages)
        if not trouble or row.health not in _WELL
    ]
    if metrics:
        watched = ((row.name, row.state) for row in rows if row.listed)
        click.echo("\n".join(write_gauges(watched)))
    elif as_json:
        click.echo(json.dumps([_data(row) for row in rows], ensure_ascii=False, indent=2))
    else:
        _tell(rows, trouble=trouble)


for each in (add, take, export, poll):
    command.add_command(each)


@dataclass(frozen=True, slots=True)
class _Row:
    """A source: what the operator's file says of it, and what is remembered.

    Attributes:
        key: its address or path.
        name: what people call it.
        state: None if it was never looked at.
        pages: how the pages of its articles stand; None if it never wanted any.
        listed: whether it stands in the operator's file.
    """

    key: str
    name: str
    state: SourceState | None
    pages: PageTally | None = None
    listed: bool = True

    @property
    def health(self) -> Health:
        """How it is doing."""
        return self.state.health if self.state else Health.NEW


def _rows(
    names: Mapping[str, str], stored: Mapping[str, SourceState], pages: Mapping[str, PageTally]
) -> Iterator[_Row]:
    for key, name in names.items():
        yield _Row(key, name, stored.get(key), pages.get(name))
    for key, state in stored.items():
        if key not in names:
            yield _Row(key, state.name, state, pages.get(state.name), listed=False)


def _tell(rows: Sequence[_Row], *, trouble: bool) -> None:
    for row in rows:
        click.echo("\n".join(_lines(row)))
    if not rows:
        click.echo("no source is in trouble" if trouble else "there are no sources", err=True)


def _lines(row: _Row) -> Iterator[str]:
    state = row.state
    since = f" since {shown(state.since)}" if state and state.since else ""
    gone = "" if row.listed else " · no longer watched"
    yield f"{isolate(tidy(row.name))} · {row.health}{since}{gone}"
    if state:
        yield from _memory(state, listed=row.listed)
    if row.pages:
        yield f"  {_pages(row.pages)}"
    yield f"  {tidy(row.key)}"


def _memory(state: SourceState, *, listed: bool) -> Iterator[str]:
    """What is remembered of a source, in lines."""
    if state.reason:
        times = "" if state.failures < 2 else f" ({state.failures} times in a row)"
        yield f"  {tidy(state.reason)}{times}"
    why = f" ({tidy(state.because)})" if state.because else ""
    due = f", due {shown(state.due)}{why}" if listed else ""
    yield f"  read {shown(state.last_ok)}, new {shown(state.last_new)}{due}"
    if state.decided not in _USUAL:
        yield f"  read as {tidy(state.decided)}"
    if state.moved_to:
        yield f"  says that it has moved for good, to {tidy(state.moved_to)}"


def _pages(tally: PageTally) -> str:
    """How the pages of a source's articles stand."""
    parts = [f"pages: {tally.read} read"]
    parts += [f"{tally.wanted} to come"] if tally.wanted else []
    parts += [f"{tally.left} left"] if tally.left else []
    reason = f"; last: {tidy(tally.reason)}" if tally.reason else ""
    return ", ".join(parts) + reason


def _data(row: _Row) -> dict[str, object]:
    told: dict[str, object] = {"key": row.key, "name": row.name, "watched": row.listed}
    state = row.state
    if state is None:
        return told | {"health": Health.NEW.value}
    return told | {
        "health": state.health.value,
        "reason": state.reason,
        "since": _stamp(state.since),
        "failures": state.failures,
        "last_look": _stamp(state.last_look),
        "last_ok": _stamp(state.last_ok),
        "last_new": _stamp(state.last_new),
        "due": _stamp(state.due),
        "because": state.because,
        "decided": state.decided or None,
        "moved_to": state.moved_to or None,
        "pages": asdict(row.pages) if row.pages else None,
    }


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None
