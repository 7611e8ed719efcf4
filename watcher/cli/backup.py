"""`watcher backup`: a whole and checked copy of the record, beside the running daemon."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from watcher.cli.group import FAILED, VERBS
from watcher.cli.record import config_option, open_record
from watcher.cli.verb import Verb


@click.command(
    cls=Verb,
    short_help=VERBS["backup"],
    examples=[
        "watcher backup watcher-backup.db",
        "watcher backup /var/backups -c /etc/watcher/watcher.yaml",
    ],
    fine="the copy is there and sound",
    failed="it is not",
)
@click.argument("to", metavar="TO", type=click.Path(path_type=Path))
@config_option
@click.pass_context
def command(ctx: click.Context, *, to: Path, config: Path) -> None:
    """Copy the record as it stands into the new file TO, while the daemon goes on.

    In a folder, the copy is named by the time in UTC. It is looked through before it gets its name,
    and no file is ever overwritten. Its path is printed. To restore it, stop the daemon, put the
    copy in the place of watcher.db, and remove watcher.db-wal and watcher.db-shm.
    """
    target = to / f"watcher-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.db" if to.is_dir() else to
    with open_record(config) as store:
        if store is None:
            ctx.exit(FAILED)
        store.backup(target.absolute())
    click.echo(target)
    click.echo(f"{target.stat().st_size / 1e6:,.1f} MB, looked through", err=True)
