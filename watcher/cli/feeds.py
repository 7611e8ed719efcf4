"""`watcher feeds`: the sources, and how they are doing."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import click

from watcher.alerts import isolate, stamp, tidy
from watcher.cli.group import VERBS
from watcher.cli.record import config_option, open_record, shown
from watcher.cli.verb import Verb
from watcher.service import list_sources
from watcher.source import Health, SourceState

_WELL = frozenset({Health.NEW, Health.OK})


@click.command(
    cls=Verb,
    short_help=VERBS["feeds"],
    examples=["watcher feeds", "watcher feeds --trouble", "watcher feeds -c /etc/watcher --json"],
)
@config_option
@click.option("--trouble", is_flag=True, help="Only those that are not well.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON array.")
def command(*, config: Path, trouble: bool, as_json: bool) -> None:
    """List the sources: how each is doing, since when and why, when it was read, when it is due.

    Those of the operator's file come first, in its order, then those that have left it. Times are
    in UTC.
    """
    with open_record(config) as store:
        stored = store.source_states() if store else {}
    rows = [
        row
        for row in _rows(list_sources(config, os.environ), stored)
        if not trouble or row.health not in _WELL
    ]
    if as_json:
        click.echo(json.dumps([_data(row) for row in rows], ensure_ascii=False, indent=2))
        return
    for row in rows:
        click.echo("\n".join(_lines(row)))
    if not rows:
        click.echo("no source is in trouble" if trouble else "there are no sources", err=True)


@dataclass(frozen=True, slots=True)
class _Row:
    """A source: what the operator's file says of it, and what is remembered.

    Attributes:
        key: its address or path.
        name: what people call it.
        state: None if it was never looked at.
        listed: whether it stands in the operator's file.
    """

    key: str
    name: str
    state: SourceState | None
    listed: bool = True

    @property
    def health(self) -> Health:
        """How it is doing."""
        return self.state.health if self.state else Health.NEW


def _rows(names: Mapping[str, str], stored: Mapping[str, SourceState]) -> Iterator[_Row]:
    for key, name in names.items():
        yield _Row(key, name, stored.get(key))
    for key, state in stored.items():
        if key not in names:
            yield _Row(key, state.name, state, listed=False)


def _lines(row: _Row) -> Iterator[str]:
    state = row.state
    since = f" since {shown(state.since)}" if state and state.since else ""
    gone = "" if row.listed else " · no longer watched"
    yield f"{isolate(tidy(row.name))} · {row.health}{since}{gone}"
    if state and state.reason:
        times = "" if state.failures < 2 else f" ({state.failures} times in a row)"
        yield f"  {tidy(state.reason)}{times}"
    if state:
        due = f", due {shown(state.due)}" if row.listed else ""
        yield f"  read {shown(state.last_ok)}, new {shown(state.last_new)}{due}"
    yield f"  {tidy(row.key)}"


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
    }


def _stamp(at: datetime | None) -> str | None:
    return stamp(at) if at else None
