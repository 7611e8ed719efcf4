"""The record as the commands that look at it open it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import click
from pydantic import TypeAdapter, ValidationError

from watcher.config import CONFIG, read_config
from watcher.store import DATABASE, History, Store
from watcher.written import Duration

F = TypeVar("F", bound=Callable[..., Any])


def config_option(command: F) -> F:
    """The option that names the operator's file, the same for every command."""
    option = click.option(
        "-c",
        "--config",
        default=CONFIG,
        show_default=True,
        type=click.Path(path_type=Path),
        callback=_find_config,
        help="The operator's file, or its folder.",
    )
    return option(command)


def config_below(command: F) -> F:
    """The same option behind a command below another, which has it too: the last one named counts.

    The file is `ctx.obj`, as the command above has put it there.
    """
    option = click.option(
        "-c",
        "--config",
        type=click.Path(path_type=Path),
        callback=_take_config,
        expose_value=False,
        help=f"The operator's file, or its folder.  [default: {CONFIG}]",
    )
    return option(command)


def _take_config(ctx: click.Context, param: click.Parameter, path: Path | None) -> None:
    if path is not None:
        ctx.obj = _find_config(ctx, param, path)


def _find_config(ctx: click.Context, param: click.Parameter, path: Path) -> Path:
    """The operator's file itself where its folder was named."""
    del ctx, param
    return path / CONFIG if path.is_dir() else path


@contextmanager
def open_record(config: Path) -> Iterator[Store | None]:
    """The store of an operator's file; None if nothing was ever recorded, which is said.

    Raises:
        ConfigError: the file cannot be taken.
        StoreError: the store cannot be read.
    """
    database = read_config(config, os.environ).state / DATABASE
    if not database.is_file():
        click.echo(f'nothing is recorded in {database.parent} yet; start "watcher run"', err=True)
        yield None
        return
    with Store.open(database) as store:
        yield store


def find_alert(store: Store, start: str) -> History | None:
    """The one alert whose id begins so, with or without the word before the figures.

    Raises:
        click.BadParameter: several do.
    """
    found = store.called(start) or store.called(f"alert_{start}")
    if len(found) > 1:
        raise click.BadParameter(
            f'"{start}" begins the ids of several alerts; write more of it', param_hint="ID"
        )
    return store.alert(found[0]) if found else None


def read_moment(ctx: click.Context, param: click.Parameter, value: str | None) -> datetime | None:
    """What people write for a time: so long ago (`6h`), or a date with or without a time of day.

    In UTC unless it says else. The callback of an option.

    Raises:
        click.BadParameter: it is no time.
    """
    if value is None:
        return None
    try:
        ago: timedelta = TypeAdapter(Duration).validate_python(value)
        return datetime.now(UTC) - ago
    except (ValidationError, OverflowError):
        pass  # not a length of time: a date, then
    return read_date(ctx, param, value)


def read_date(ctx: click.Context, param: click.Parameter, value: str) -> datetime:
    """A date with or without a time of day, in UTC unless it says else.

    Raises:
        click.BadParameter: it is no time.
    """
    try:
        read = datetime.fromisoformat(value)
        return read.astimezone(UTC) if read.tzinfo else read.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:  # in UTC it may lie outside all years
        message = f'"{value}" is no time; write 6h, 2d or 2026-12-01'
        raise click.BadParameter(message, ctx, param) from error


def shown(at: datetime | None) -> str:
    """A time for people, to the second, in UTC; "never" for None."""
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S}" if at else "never"
