"""Commands whose help teaches: what they do, how they are called, how they end, what to copy."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from typing import Any

import click

_UNCUT = 1000
"""Letters of a first sentence that are shown; no sentence has so many."""


class _Taught(click.Command):
    """A command with exit codes and examples behind its options.

    Args:
        examples: shown as they are, one a line.
        fine: what exit code 0 says.
        failed: what 1 says.
        wrong: what 2 says.
    """

    def __init__(
        self,
        *args: Any,
        examples: Sequence[str],
        fine: str = "fine",
        failed: str = "something failed",
        wrong: str = "the command or the files are wrong",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.examples = tuple(examples)
        self.codes = (fine, failed, wrong)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; if whoever reads its output has had enough, as `head` has, end well."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            # What is still to be flushed at the end of the process goes nowhere, without a word.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the exit codes, the examples, then what a command has behind them."""
        with formatter.section("Exit codes"):
            formatter.write_dl([(str(code), says) for code, says in enumerate(self.codes)])
        with formatter.section("Examples"):
            for example in self.examples:
                formatter.write(f"{'':>{formatter.current_indent}}{example}\n")
        super().format_epilog(ctx, formatter)


class Verb(_Taught):
    """A command that stands alone.

    Use: `@click.command(cls=Verb, examples=["watcher check"])`.
    """


class Worded(Verb):
    """A command that takes a text, which may begin as an option does: with a hyphen."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take the arguments.

        Raises:
            click.UsageError: they are wrong, or a text would have to stand behind "--".
        """
        given = tuple(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            if not any(map(_is_text, given)):
                raise
            called = ctx.command_path
            message = (
                f'a text that begins with "-" stands behind "--": {called} -- "-…";'
                f" or give it on standard input: {called} -"
            )
            raise click.UsageError(message, ctx) from error


def _is_text(argument: str) -> bool:
    """Whether something that begins as an option does is none."""
    return argument.startswith("---") or (argument.startswith("-") and " " in argument)


class Tree(_Taught, click.Group):
    """A command with others below it, which knows the nearest to one that there is not."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is called.

        Raises:
            click.UsageError: there is none of this name.
        """
        name = args[0]
        if not name.startswith("-") and self.get_command(ctx, name) is None:
            # They come with all that reads files, which --help need not wait for.
            from watcher.alerts import tidy  # noqa: PLC0415
            from watcher.written import there_is_no  # noqa: PLC0415

            message = there_is_no("command", tidy(name), self.list_commands(ctx))
            raise click.UsageError(message, ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what is below it, each with its first sentence; click itself would cut that off."""
        below = {name: self.get_command(ctx, name) for name in self.list_commands(ctx)}
        with formatter.section("Commands"):
            formatter.write_dl(
                [(name, each.get_short_help_str(_UNCUT)) for name, each in below.items() if each]
            )


class Branch(Tree):
    """A command with others below it, which has something to do when called alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, invoke_without_command=True, no_args_is_help=False, **kwargs)
