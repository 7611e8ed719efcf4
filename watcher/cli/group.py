"""The command `watcher`: its verbs, read from their files only when used, and its exit codes.

A verb's file is imported when the verb is called, so `watcher compare` never waits for the web.
"""

from __future__ import annotations

import errno
from importlib import import_module

import click

from watcher import __version__
from watcher.cli.verb import Tree
from watcher.errors import ConfigError, RuleError, WatcherError

VERBS = {
    "init": "Write a working starter: a configuration, rules, sample articles.",
    "run": "Watch the sources and send alerts, until stopped.",
    "check": "Tell every fault of configuration and rules, and run the rules' tests.",
    "schema": "Print what the files may hold, as JSON Schema for editors or as a page.",
    "scan": "Find the names of a watchlist in texts.",
    "compare": "Say how alike two names are, and why.",
    "try": "Show what the rules find in a text, live as they are saved.",
    "explain": "Say why an article did or did not raise an alert, step by step.",
    "backtest": "Say what rules would have sent over the articles on record.",
    "import": "Make a watchlist of an official list; show what changed since the last import.",
    "send-test": "Send one sample alert through a channel.",
    "alerts": "List what was raised and what became of it.",
    "dismiss": "Say that an alert was wrong; propose what keeps it from coming again.",
    "confirm": "Say that an alert was right; propose its spelling as an alias.",
    "silence": "Hear nothing of an entity, a rule or a feed for a time.",
    "history": "Tell when the rules changed, and what changed.",
    "outbox": "List what waits, failed or was given up; send it again, or drop it.",
    "feeds": "List the sources and how they are doing; find and add a feed, try one.",
    "doctor": "Say whether all is well, and what to do where it is not.",
    "backup": "Copy the record, whole and checked, while the daemon runs.",
}
"""Each verb with its line in `watcher --help`, in the order in which people meet them."""

MODULES = {"import": "importing", "try": "trying"}
"""The files of verbs whose names Python keeps for itself."""

FIRST = ("watcher init desk", "cd desk", "watcher run")
"""From nothing to the first alert."""

FINE, FAILED, WRONG = 0, 1, 2
"""Exit codes: fine; something failed; the command or the files are wrong."""

_MARKS = dict.fromkeys(map(ord, "\u2066\u2067\u2068\u2069"))
"""The isolates of direction that stand around names from right to left in what we print."""

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
"""What the system says of a disk that takes no more, whoever writes to it."""


class Verbs(Tree):
    """The group that knows its verbs by name, and turns our errors into messages and codes."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what was written without the marks of direction that pasting brings along."""
        return super().parse_args(ctx, [each.translate(_MARKS) for each in args])

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the verbs, in the order of `VERBS`."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb, or None if there is none of this name; its file is imported here."""
        del ctx
        if cmd_name not in VERBS:
            return None
        module = import_module(f"watcher.cli.{MODULES.get(cmd_name, cmd_name.replace('-', '_'))}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs without importing any."""
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(list(VERBS.items()))

    def invoke(self, ctx: click.Context) -> object:
        """Run the verb; what it raises on purpose becomes a message and an exit code."""
        try:
            return super().invoke(ctx)
        except WatcherError as error:
            click.echo(str(error), err=True)
            ctx.exit(WRONG if isinstance(error, ConfigError | RuleError) else FAILED)
        except OSError as error:
            if error.errno not in _FULL:
                raise
            where = error.filename or "the output"
            click.echo(f"{where}: cannot be written: {error.strerror}; make room", err=True)
            ctx.exit(FAILED)


@click.group(cls=Verbs, examples=FIRST, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, "-V", "--version", prog_name="watcher")
def main() -> None:
    """Find the names on your watchlist in the news, however they are spelled.

    Data goes to standard output, talk to standard error.
    """
