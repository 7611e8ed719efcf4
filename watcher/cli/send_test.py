"""`watcher send-test`: one sample alert through a real channel."""

from __future__ import annotations

import asyncio
from pathlib import Path

import click

from watcher.cli.group import VERBS
from watcher.cli.record import config_option
from watcher.cli.run import world
from watcher.cli.verb import Verb
from watcher.service import send_sample


@click.command(
    cls=Verb,
    short_help=VERBS["send-test"],
    examples=["watcher send-test desk", "watcher send-test soc -c /etc/watcher/watcher.yaml"],
    fine="it arrived",
    failed="it was refused, did not arrive, lacks its secret, or there is no such channel",
)
@click.argument("channel")
@config_option
def command(*, channel: str, config: Path) -> None:
    """Send one sample alert through CHANNEL, as the daemon would, and say what was answered.

    The alert is invented and says so. Nothing is recorded, nothing is tried twice.
    """
    receipt = asyncio.run(send_sample(channel, config, world()))
    click.echo(f"{channel}: {receipt}", err=True)
